"""Bundles on disk become frozen bundles in memory, and every problem of every one of them is told at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.content.documents import Document, Problem
from app.content.languages import Style
from app.content.lint import general_findings, item_findings
from app.content.model import Item, Quiz
from app.content.validation import general_word_findings, item_word_findings, quiz_findings
from app.content.words import GeneralWords, ItemWords, fingerprint


@dataclass(frozen=True)
class LanguageWords:
    """What one language says of a quiz. `stale` names the items whose source has changed since."""

    general: GeneralWords | None
    items: dict[str, ItemWords]
    stale: frozenset[str] = frozenset()
    is_general_stale: bool = False


@dataclass(frozen=True)
class Bundle:
    """A quiz and its words in each of its languages; the source language is complete."""

    quiz: Quiz
    languages: dict[str, LanguageWords]

    @property
    def source(self) -> LanguageWords:
        """The words that all others are made from."""
        return self.languages[self.quiz.source_language]


@dataclass
class Reading:
    """What came of reading some bundles: those that can be used, and what is to be mended."""

    bundles: dict[str, Bundle] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """Problems that keep a bundle from being used."""
        return [problem for problem in self.problems if problem.is_error]


def read_bundles(folders: Iterable[Path], styles: dict[str, Style]) -> Reading:
    """Read every bundle below each folder (`<folder>/<bundle>/bundle.yaml`)."""
    reading = Reading()
    for folder in folders:
        for path in sorted(folder.glob("*/bundle.yaml")):
            _read_bundle(path.parent, styles, reading)
    reading.problems.sort()
    return reading


def _read_bundle(folder: Path, styles: dict[str, Style], reading: Reading) -> None:
    shown_as = f"{folder.parent.name}/{folder.name}"
    quiz = _read_quiz(folder, shown_as, reading)
    if quiz is None:
        return
    source = _read_source(folder, shown_as, quiz, styles, reading)
    if source is None:
        return
    languages = {quiz.source_language: source}
    for path in sorted(folder.glob("*/text.yaml")):
        code = path.parent.name
        if code != quiz.source_language:
            document = Document(path, f"{shown_as}/{code}/text.yaml")
            words = _read_language(document, quiz, styles.get(code))
            languages[code] = _compared(words, source, quiz)
            reading.problems += _as_notes(document.problems, quiz.source_language)
    reading.bundles[quiz.id] = Bundle(quiz, languages)


def _read_quiz(folder: Path, shown_as: str, reading: Reading) -> Quiz | None:
    structure = Document(folder / "bundle.yaml", f"{shown_as}/bundle.yaml")
    quiz = structure.parse(Quiz, structure.data) if structure.data else None
    if quiz is not None:
        structure.report_all((), quiz_findings(quiz, folder.name))
    reading.problems += structure.problems
    return None if structure.problems else quiz


def _read_source(
    folder: Path, shown_as: str, quiz: Quiz, styles: dict[str, Style], reading: Reading
) -> LanguageWords | None:
    code = quiz.source_language
    document = Document(folder / code / "text.yaml", f"{shown_as}/{code}/text.yaml")
    words = _read_language(document, quiz, styles.get(code))
    listed = document.data.get("items", {}) if document.data else {}
    if not document.problems or listed:
        written = listed if isinstance(listed, dict) else {}
        missing = sorted(item.id for item in quiz.items if item.id not in written)
        document.report_all(("items",), [((), f"`{each}` has no words yet; write them") for each in missing])
    reading.problems += document.problems
    return None if document.problems else words


def _as_notes(problems: list[Problem], source_language: str) -> list[Problem]:
    told = f"; shown in `{source_language}` until then"
    return [Problem(each.file, each.line, each.path, each.message + told, is_error=False) for each in problems]


def _read_language(document: Document, quiz: Quiz, style: Style | None) -> LanguageWords:
    if document.problems and not document.data:
        return LanguageWords(None, {})
    data = dict(document.data)
    listed = data.pop("items", {})
    general = _read_general(document, data, quiz, style)
    return LanguageWords(general, _read_items(document, listed if isinstance(listed, dict) else {}, quiz, style))


def _read_items(document: Document, listed: dict[str, object], quiz: Quiz, style: Style | None) -> dict[str, ItemWords]:
    structure = {item.id: item for item in quiz.items}
    items: dict[str, ItemWords] = {}
    for item_id, data in listed.items():
        if item_id not in structure:
            document.report(("items", item_id), "there is no such item in bundle.yaml; look for a slip of the pen")
        elif words := _read_item(document, structure[item_id], data, style):
            items[item_id] = words
    return items


def _read_general(document: Document, data: object, quiz: Quiz, style: Style | None) -> GeneralWords | None:
    general = document.parse(GeneralWords, data)
    if general is None:
        return None
    findings = list(general_word_findings(general, quiz))
    if style is not None:
        findings += general_findings(general, style)
    document.report_all((), findings)
    return None if findings else general


def _read_item(document: Document, item: Item, data: object, style: Style | None) -> ItemWords | None:
    place = ("items", item.id)
    words = document.parse(ItemWords, data, place)
    if words is None:
        return None
    findings = list(item_word_findings(words, item))
    if style is not None:
        findings += item_findings(words, style)
    document.report_all(place, findings)
    return None if findings else words


def _compared(words: LanguageWords, source: LanguageWords, quiz: Quiz) -> LanguageWords:
    """Mark what was made from an older source, or from none that was recorded."""
    stale = {
        item.id
        for item in quiz.items
        if item.id in words.items and words.items[item.id].source != fingerprint(source.items[item.id])
    }
    general_is_stale = bool(words.general and source.general and words.general.source != fingerprint(source.general))
    return LanguageWords(words.general, words.items, frozenset(stale), general_is_stale)
