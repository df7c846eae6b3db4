"""Which words a reader sees: in her language, plain or as written; in the source language where hers has none yet."""

from dataclasses import dataclass

from app.content.loader import Bundle
from app.content.words import GeneralWords, ItemWords, Wording


@dataclass(frozen=True)
class Shown:
    """An item's words as they are shown, and the language that they are in."""

    language: str
    words: Wording
    item: ItemWords


@dataclass(frozen=True)
class ShownGeneral:
    """A quiz's general words as they are shown, and the language that they are in."""

    language: str
    words: GeneralWords


def item_wording(bundle: Bundle, item_id: str, language: str, *, plain: bool = False) -> Shown:
    """Choose the words of an item: the reader's language where it is there and fresh, else the source language."""
    words = bundle.languages.get(language)
    usable = words is not None and item_id in words.items and item_id not in words.stale
    shown_in = language if usable else bundle.quiz.source_language
    item = bundle.languages[shown_in].items[item_id]
    return Shown(shown_in, item.plain if plain else item, item)


def general_wording(bundle: Bundle, language: str) -> ShownGeneral:
    """Choose the general words of a quiz in the same way."""
    words = bundle.languages.get(language)
    if words is not None and words.general is not None and not words.is_general_stale:
        return ShownGeneral(language, words.general)
    source = bundle.source.general
    if source is None:
        raise ValueError("a compiled bundle has its source words")
    return ShownGeneral(bundle.quiz.source_language, source)
