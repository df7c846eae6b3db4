"""What somebody's choices say back: lenses, ideas, and nothing that counts or compares."""

from collections import Counter
from dataclasses import dataclass
from random import Random

from app.assessment.navigation import Responses
from app.content.kinds import KINDS
from app.content.model import Item, Quiz


def reflection_id(item: Item, chosen: tuple[str, ...]) -> str:
    """Name the reflection that answers what was chosen."""
    return KINDS[item.kind].reflection(item, chosen)


def lenses_of(item: Item, chosen: tuple[str, ...]) -> frozenset[str]:
    """Name the lenses that the choices of one item were seen through."""
    counted = KINDS[item.kind].counted(item, chosen)
    return frozenset(lens for choice in item.choices if choice.id in counted for lens in choice.lenses)


@dataclass(frozen=True)
class OpenLens:
    """A lens that was hardly used, and the number of an item where another choice uses it."""

    lens: str
    number: int


@dataclass(frozen=True)
class Lenses:
    """The lenses somebody often chose through, and two that lead back to an item."""

    used: tuple[str, ...]
    hardly: tuple[OpenLens, ...]


def lenses(quiz: Quiz, responses: Responses) -> Lenses:
    """Read the lenses of somebody's choices: at most two that stand out, at most two that hardly occur."""
    counts = Counter(dict.fromkeys(quiz.lenses, 0))
    for item in quiz.items:
        counts.update(lenses_of(item, responses.get(item.id) or ()))
    by_use = sorted(quiz.lenses, key=lambda lens: -counts[lens])
    used = tuple(lens for lens in by_use[:2] if counts[lens] > 0)
    least = min((counts[lens] for lens in used), default=0)
    rest = [lens for lens in reversed(by_use) if counts[lens] < least]
    found = [OpenLens(lens, number) for lens in rest if (number := _way_back(quiz, responses, lens))]
    return Lenses(used, _at_different_items(found)[:2])


def _way_back(quiz: Quiz, responses: Responses, lens: str) -> int | None:
    """Find an item that was met, and where a choice that was not made uses the lens."""
    for number, item in enumerate(quiz.items, 1):
        chosen = responses.get(item.id)
        can_use = any(lens in choice.lenses for choice in item.choices)
        if chosen and can_use and lens not in lenses_of(item, chosen):
            return number
    return None


def _at_different_items(found: list[OpenLens]) -> tuple[OpenLens, ...]:
    seen: dict[int, OpenLens] = {}
    for each in found:
        seen.setdefault(each.number, each)
    return tuple(seen.values())


def ideas(quiz: Quiz, responses: Responses, seed: int) -> tuple[Item, ...]:
    """Choose one item per theme whose action is worth keeping, among those that were met; the seed decides."""
    random = Random(seed)
    chosen = []
    for theme in quiz.themes:
        met = [item for item in quiz.items if item.theme == theme.id and responses.get(item.id)]
        if met:
            chosen.append(random.choice(met))
    return tuple(chosen)
