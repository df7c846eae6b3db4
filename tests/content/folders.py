"""The tiny bundles in `tests/bundles`: one for each thing that content can do, one for each mistake."""

import shutil
from functools import cache
from pathlib import Path

from hypothesis import settings

from app.content.languages import Style, read_styles
from app.content.loader import Bundle, Reading, read_bundles
from app.content.model import Item

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "translations"
BUNDLES = ROOT / "tests" / "bundles"
GOOD = tuple(sorted(path.name for path in (BUNDLES / "good").iterdir()))
BROKEN = tuple(sorted(path.name for path in (BUNDLES / "broken").iterdir()))

# No deadline: a slow machine is no fault of the content.
few = settings(max_examples=40, deadline=None)


@cache
def styles() -> dict[str, Style]:
    """The house rules that the product ships."""
    found, problems = read_styles(TRANSLATIONS)
    assert not problems
    return found


@cache
def reading(kind: str) -> Reading:
    """Read all good bundles, or all broken ones, once."""
    return read_bundles([BUNDLES / kind], styles())


def told(kind: str, name: str) -> list[str]:
    """List what was told of one bundle."""
    return [str(each) for each in reading(kind).problems if each.file.startswith(f"{kind}/{name}/")]


def bundle(name: str) -> Bundle:
    """Take a good bundle."""
    return reading("good").bundles[name]


def item_of_kind(kind: str) -> Item:
    """Take the item of the bundle that shows a kind."""
    return bundle(f"kind-{kind}").quiz.items[0]


def copied(name: str, folder: Path) -> Path:
    """Copy a good bundle, to change it."""
    return Path(shutil.copytree(BUNDLES / "good" / name, folder / name))


def change(path: Path, old: str, new: str) -> None:
    """Replace what stands in a file once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), "utf-8")


def reread(folder: Path) -> Reading:
    """Read the one bundle of a folder of its own."""
    return read_bundles([folder.parent], styles())
