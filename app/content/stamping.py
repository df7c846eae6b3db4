"""Write into a translation the hashes of the source that it was made from."""

import re
from pathlib import Path

from app.content.documents import Document
from app.content.loader import LanguageWords, read_bundles
from app.content.words import GeneralWords, ItemWords, fingerprint
from app.errors import NotFound

_SOURCE = re.compile(r"^(\s*)source: [0-9a-f]{8}\s*$")


def stamp_language(folder: Path, language: str, items: tuple[str, ...] = ()) -> list[str]:
    """Stamp the given items of a language, or all of it and its general words; says what was stamped.

    Only `source:` lines are written, so comments and layout stay as they are. Raises NotFound for what is not there.
    """
    path = folder / language / "text.yaml"
    source = _get_source(folder, path)
    document = Document(path, str(path))
    there = tuple(item for item in document.data.get("items", {}) if item in source.items)
    unknown = sorted(set(items) - set(there))
    if unknown:
        raise NotFound(f"there is no item {', '.join(unknown)} in {path}")
    lines = path.read_text("utf-8").splitlines()
    wanted = items or there
    for item in sorted(wanted, key=there.index, reverse=True):
        _stamp(lines, document.line(("items", item)), 4, source.items[item])
    if not items and source.general is not None:
        _stamp(lines, 0, 0, source.general)
        wanted = (*wanted, "general")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return list(wanted)


def _get_source(folder: Path, path: Path) -> LanguageWords:
    bundle = read_bundles([folder.parent], {}).bundles.get(folder.name)
    if bundle is None or not path.exists():
        raise NotFound(f"{path} is not there, or its source is broken; flask content check says more")
    return bundle.source


def _stamp(lines: list[str], after: int, indent: int, source: ItemWords | GeneralWords) -> None:
    """Put the hash into the block that begins after a line: in place of the one it has, or as its first line."""
    written = f"{' ' * indent}source: {fingerprint(source)}"
    for number in range(after, len(lines)):
        found = _SOURCE.match(lines[number])
        if found and len(found.group(1)) == indent:
            lines[number] = written
            return
        if lines[number].strip() and _indent(lines[number]) < indent:
            break
    lines.insert(after, written)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
