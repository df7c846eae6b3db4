"""A guess first, then the real figure with its source."""

from app.content.kinds.kind import Chosen, Kind, Problems, parse_one
from app.content.model import Item


def reflection_by_distance(item: Item, chosen: Chosen) -> str:
    """Answer by where the guess lies: below, near or above the real figure."""
    guess, real = (item.choice_ids.index(each) for each in (chosen[0], item.near or ""))
    if guess == real:
        return "near"
    return "below" if guess < real else "above"


def three_reflections(item: Item) -> tuple[str, ...]:
    """Name the reflections of every estimate."""
    return ("below", "near", "above")


def near_problems(item: Item) -> Problems:
    """Find an estimate that does not say where the real figure lies."""
    if item.near not in item.choice_ids:
        yield ("near",), "say here which choice is nearest to the real figure"


KIND = Kind(
    "estimate",
    parse_one,
    reflection_by_distance,
    three_reflections,
    near_problems,
    choices=range(4, 10),
    lenses=range(1),
    has_near=True,
)
