"""Languages are data: `translations/languages.yaml` and the house rules in `translations/style/`."""

import re
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict

from app.content.documents import Document, Problem
from app.content.model import Language, Strict


class LanguageEntry(Strict):
    """A language of the interface: its code in addresses, its locale, its own name, its review state."""

    code: Language
    locale: str
    name: str
    state: Literal["source", "unreviewed", "reviewed"]


class _Languages(Strict):
    languages: tuple[LanguageEntry, ...]


class Avoid(Strict):
    """Something that is not written, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    pattern: re.Pattern[str]
    why: str


class Lengths(Strict):
    """The most (for a reflection also the least) words of each part of an item."""

    prompt: int
    choice: int
    reflection_min: int
    reflection_max: int
    action: int
    plain_sentence: int


class Style(Strict):
    """House rules of one language."""

    words: Lengths
    avoid: tuple[Avoid, ...] = ()
    plain_avoid: tuple[Avoid, ...] = ()


def read_languages(folder: Path) -> tuple[LanguageEntry, ...]:
    """Read the languages of the interface; raises ValueError with every problem where the file is broken."""
    document = Document(folder / "languages.yaml", "translations/languages.yaml")
    languages = document.parse(_Languages, document.data)
    if languages is None:
        raise ValueError("\n".join(str(each) for each in document.problems))
    return languages.languages


def read_styles(folder: Path) -> tuple[dict[str, Style], list[Problem]]:
    """Read the house rules of every language that has some, and what is to be mended in them."""
    styles: dict[str, Style] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("style/*.yaml")):
        document = Document(path, f"translations/style/{path.name}")
        style = document.parse(Style, document.data)
        problems += document.problems
        if style is not None:
            styles[path.stem] = style
    return styles, problems
