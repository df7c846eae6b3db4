"""Write into a translation the hashes of the source that it was made from."""

from pathlib import Path

from app.content.documents import Document
from app.content.loader import LanguageWords, read_bundles
from app.content.words import fingerprint
from app.errors import Invalid, NotFound


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
    wanted = items or there
    lines = path.read_text("utf-8").splitlines()
    hashes: dict[tuple[str, ...], str] = {("items", item): fingerprint(source.items[item]) for item in wanted}
    if not items and source.general is not None:
        hashes[()] = fingerprint(source.general)
        wanted = (*wanted, "general")
    places = [(_place(document, place), value) for place, value in hashes.items()]
    for (number, is_there), value in sorted(places, reverse=True):
        _stamp(lines, number, value, is_there=is_there)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return list(wanted)


def _get_source(folder: Path, path: Path) -> LanguageWords:
    bundle = read_bundles([folder.parent], {}).bundles.get(folder.name)
    if bundle is None or not path.exists():
        raise NotFound(f"{path} is not there, or its source is broken; flask content check says more")
    return bundle.source


def _place(document: Document, place: tuple[str, ...]) -> tuple[int, bool]:
    """Find the line (from 0) of a unit's hash, and whether it is there; else the line before which it belongs."""
    data = document.data
    for key in place:
        data = data[key]
    first = min(document.line((*place, key)) for key in data)
    if place and first == document.line(place):
        raise Invalid(f"{place[-1]} stands on one line; give each of its keys a line of its own, then stamp it")
    return (document.line((*place, "source")) if "source" in data else first) - 1, "source" in data


def _stamp(lines: list[str], number: int, value: str, *, is_there: bool) -> None:
    indent = " " * (len(lines[number]) - len(lines[number].lstrip()))
    lines[number : number + is_there] = [f"{indent}source: {value}"]
