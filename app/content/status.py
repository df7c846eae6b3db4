"""How far each language of a bundle has come."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.content.loader import Bundle


@dataclass(frozen=True)
class LanguageStatus:
    """One language of one quiz: how many items it has, which are stale, which are missing."""

    quiz: str
    language: str
    review: str
    translated: int
    stale: tuple[str, ...]
    missing: tuple[str, ...]

    def __str__(self) -> str:
        """Write one line, and what is to be done."""
        text = f"{self.quiz} {self.language}: {self.translated} items, {self.review}"
        if self.stale:
            text += f"; stale: {', '.join(self.stale)}"
        if self.missing:
            text += f"; missing: {', '.join(self.missing)}"
        return text

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is stale or missing."""
        return not self.stale and not self.missing


def language_status(bundle: Bundle) -> Iterator[LanguageStatus]:
    """Go through the languages of a quiz. «general» stands for the words that belong to no item."""
    for code, words in sorted(bundle.languages.items()):
        stale = ("general",) * words.is_general_stale + tuple(sorted(words.stale))
        missing = ("general",) * (words.general is None)
        missing += tuple(item.id for item in bundle.quiz.items if item.id not in words.items)
        review = words.general.review.state if words.general else "unreviewed"
        yield LanguageStatus(bundle.quiz.id, code, review, len(words.items), stale, missing)
