"""Where somebody is in a quiz, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.content.kinds import KINDS
from app.content.model import Item, Quiz
from app.errors import NotFound

# What somebody chose, by item id; None where the item was passed.
Responses = Mapping[str, tuple[str, ...] | None]


@dataclass(frozen=True)
class Progress:
    """How many places are laid, passed and still open."""

    laid: int
    passed: int
    open: int


def known_responses(quiz: Quiz, responses: Responses) -> Responses:
    """Leave out what was chosen of choices that a newer version of the quiz no longer has."""
    return {item.id: responses[item.id] for item in quiz.items if _is_known(item, responses)}


def _is_known(item: Item, responses: Responses) -> bool:
    if item.id not in responses:
        return False
    chosen = responses[item.id]
    return chosen is None or all(KINDS[item.kind].holds(item, each) for each in chosen)


def get_item(quiz: Quiz, number: int) -> Item:
    """Find the item with this number, counted from 1; raises NotFound."""
    if not 1 <= number <= len(quiz.items):
        raise NotFound("item")
    return quiz.items[number - 1]


def next_number(quiz: Quiz, number: int) -> int | None:
    """Count on by one; None after the last item, where the outcome comes next."""
    return number + 1 if number < len(quiz.items) else None


def first_open_number(quiz: Quiz, responses: Responses) -> int | None:
    """Find the first item without a response; None where every item was chosen in or passed."""
    return next((number for number, item in enumerate(quiz.items, 1) if item.id not in responses), None)


def progress(quiz: Quiz, responses: Responses) -> Progress:
    """Count what is laid, passed and open."""
    known = [responses[item.id] for item in quiz.items if item.id in responses]
    laid = sum(chosen is not None for chosen in known)
    return Progress(laid, len(known) - laid, len(quiz.items) - len(known))


def laid_cells(quiz: Quiz, responses: Responses) -> tuple[tuple[tuple[bool, bool], ...], ...]:
    """Say for each cell which of its two places are laid; a place without an item stays open."""
    return tuple(tuple(_pair(items, responses) for items in row) for row in quiz.cells)


def _pair(items: tuple[Item, ...], responses: Responses) -> tuple[bool, bool]:
    laid = [responses.get(item.id) is not None for item in items[:2]]
    first, second = (*laid, False, False)[:2]
    return first, second
