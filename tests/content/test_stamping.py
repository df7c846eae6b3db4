"""A stamp says «this was made from the source as it is now», and touches nothing else."""

import re
from pathlib import Path

import pytest

from app.content.loader import LanguageWords
from app.content.stamping import stamp_language
from app.errors import DomainError, Invalid, NotFound
from tests.content.folders import change, copied, reread

HASH = re.compile(r"^\s*source: .*\n", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A quiz of two items, bench and table, in English and French. The English of the bench has changed since."""
    return copied("stale-item", tmp_path / "quizzes")


def french(folder: Path) -> LanguageWords:
    return reread(folder).bundles[folder.name].languages["fr"]


def words_of(folder: Path) -> Path:
    return folder / "fr" / "text.yaml"


def test_after_stamping_nothing_is_stale(folder: Path) -> None:
    assert french(folder).stale == {"bench"}
    assert stamp_language(folder, "fr") == ["bench", "table", "general"]
    assert not french(folder).stale
    assert not french(folder).is_general_stale
    assert not reread(folder).problems


def test_a_language_that_was_never_stamped_is_stamped_whole(tmp_path: Path) -> None:
    folder = copied("unstamped", tmp_path / "quizzes")
    assert french(folder).stale == {"bench"}
    assert french(folder).is_general_stale
    stamp_language(folder, "fr")
    assert (french(folder).stale, french(folder).is_general_stale) == (frozenset(), False)


def test_only_the_lines_of_hashes_change(folder: Path) -> None:
    path = words_of(folder)
    change(path, "items:\n", "items:\n  # the bench in the park\n\n")
    change(path, "  table:\n", "  # and the table   \n  table:\n")
    before = path.read_text("utf-8")
    stamp_language(folder, "fr")
    after = path.read_text("utf-8")
    assert HASH.sub("", after) == HASH.sub("", before)
    assert len(HASH.findall(after)) == 3
    assert after != before


def test_stamping_twice_is_stamping_once(folder: Path) -> None:
    stamp_language(folder, "fr")
    once = words_of(folder).read_bytes()
    stamp_language(folder, "fr")
    assert words_of(folder).read_bytes() == once


def test_one_item_is_stamped_and_the_others_stay_stale(folder: Path) -> None:
    path = folder / "en/text.yaml"
    path.write_text(path.read_text("utf-8").replace("Greet one person.", "Greet two people."), "utf-8")
    assert french(folder).stale == {"bench", "table"}
    assert stamp_language(folder, "fr", ("table",)) == ["table"]
    assert french(folder).stale == {"bench"}


@pytest.mark.parametrize("items", [("bench", "table"), ("table", "bench"), ("bench", "bench", "table")])
def test_items_are_stamped_in_whatever_order_they_are_named(folder: Path, items: tuple[str, ...]) -> None:
    path = words_of(folder)
    path.write_text(unstamped(path.read_text("utf-8")), "utf-8")
    assert set(stamp_language(folder, "fr", items)) == {"bench", "table"}
    assert not reread(folder).problems
    assert not french(folder).stale


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ("Who sat next to you last?", "Who sat next to you first?", {"bench"}),
        ("Who sat beside you last?", "Who stood beside you last?", {"table"}),
        ("title: A bench", "title: A long bench", set()),
    ],
)
def test_one_english_word_makes_exactly_what_holds_it_stale(folder: Path, old: str, new: str, stale: set[str]) -> None:
    stamp_language(folder, "fr")
    change(folder / "en/text.yaml", old, new)
    assert french(folder).stale == stale
    assert french(folder).is_general_stale is not bool(stale)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("review: {state: unreviewed}", "review: {state: reviewed, by: Amina, date: 2026-11-23}"),
        ("items:", "# ours\nitems:"),
    ],
)
def test_neither_a_review_nor_a_comment_in_the_source_makes_anything_stale(folder: Path, old: str, new: str) -> None:
    stamp_language(folder, "fr")
    change(folder / "en/text.yaml", old, new)
    assert not french(folder).stale
    assert not french(folder).is_general_stale


def unstamped(text: str) -> str:
    return HASH.sub("", text)


LAYOUTS = {
    "four spaces": lambda text: re.sub(r"^( +)", r"\1\1", text, flags=re.MULTILINE),
    "four spaces, not stamped": lambda text: re.sub(r"^( +)", r"\1\1", unstamped(text), flags=re.MULTILINE),
    "a document that is begun": lambda text: "# French\n---\n" + unstamped(text),
    "hashes in quotes": lambda text: re.sub(r"source: (\w+)", r"source: '\1'", text),
    "hashes with a comment": lambda text: re.sub(r"source: (\w+)", r"source: \1  # mine", text),
    "hashes at the end": lambda text: re.sub(
        r"    (source: \w+\n)((?:    .*\n)+)", r"\2# a comment at the margin\n    \1", text
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_stamp_finds_its_way_in_other_layouts(folder: Path, layout: str) -> None:
    path = words_of(folder)
    path.write_text(LAYOUTS[layout](path.read_text("utf-8")), "utf-8")
    assert not reread(folder).problems
    stamp_language(folder, "fr")
    assert not reread(folder).problems
    assert (french(folder).stale, french(folder).is_general_stale) == (frozenset(), False)


def test_an_item_on_one_line_is_refused_and_the_file_stays_as_it_was(folder: Path) -> None:
    path = words_of(folder)
    plain = "{prompt: Qui, reflections: {thought: Vous}, action: Saluez}"
    general = path.read_text("utf-8").split("items:\n")[0]
    item = f"  bench: {{prompt: Qui, reflections: {{thought: Vous}}, action: Saluez, plain: {plain}}}\n"
    path.write_text(f"{general}items:\n{item}", "utf-8")
    before = path.read_bytes()
    with pytest.raises(Invalid, match="bench"):
        stamp_language(folder, "fr")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("language", "items"), [("xx", ()), ("fr", ("nowhere",)), ("fr", ("bench", "nowhere")), ("xx", ("bench",))]
)
def test_what_is_not_there_is_not_stamped(folder: Path, language: str, items: tuple[str, ...]) -> None:
    before = words_of(folder).read_bytes()
    with pytest.raises(NotFound):
        stamp_language(folder, language, items)
    assert words_of(folder).read_bytes() == before


def test_nothing_is_stamped_from_a_broken_source(folder: Path) -> None:
    change(folder / "en/text.yaml", "title: A bench\n", "")
    with pytest.raises(DomainError, match="flask content check says more"):
        stamp_language(folder, "fr")
