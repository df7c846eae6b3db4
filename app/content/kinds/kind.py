"""What every kind of item can do; a kind is one value of this type."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.content.model import Item
from app.errors import Incomplete, Invalid

Chosen = tuple[str, ...]
Problems = Iterator[tuple[tuple[str | int, ...], str]]


def no_problems(item: Item) -> Problems:
    """Find nothing to mend."""
    yield from ()


def all_chosen(item: Item, chosen: Chosen) -> Chosen:
    """Take everything that was chosen."""
    return chosen


def first_chosen(item: Item, chosen: Chosen) -> Chosen:
    """Take what was put first."""
    return chosen[:1]


@dataclass(frozen=True)
class Kind:
    """A kind of item, as a table of pure functions.

    `parse` turns what a form sent into the chosen ids, or raises `Incomplete` or `Invalid`; `reflection` names the
    reflection that answers them; `reflections` lists every reflection that needs words; `counted` says which choices
    a tally counts; `problems` finds what to mend in an item's structure.
    """

    name: str
    parse: Callable[[Item, list[str]], Chosen]
    reflection: Callable[[Item, Chosen], str]
    reflections: Callable[[Item], tuple[str, ...]]
    problems: Callable[[Item], Problems] = no_problems
    counted: Callable[[Item, Chosen], Chosen] = all_chosen
    choices: range = range(2, 7)
    fixed_choices: tuple[str, ...] = ()
    lenses: range = range(1, 3)
    has_near: bool = False
    has_rules: bool = False

    def holds(self, item: Item, choice: str) -> bool:
        """Tell whether this can have been chosen in an item; without choices, its reflections are what is met."""
        return choice in (item.choice_ids or self.reflections(item))


def parse_one(item: Item, values: list[str]) -> Chosen:
    """Take the one choice that was made."""
    if not values:
        raise Incomplete("choose-one")
    if len(values) > 1 or values[0] not in item.choice_ids:
        raise Invalid("unknown-choice")
    return (values[0],)


def reflection_of_first(item: Item, chosen: Chosen) -> str:
    """Answer the choice that was made, or put first."""
    return chosen[0]


def reflection_per_choice(item: Item) -> tuple[str, ...]:
    """Name one reflection for each choice."""
    return item.choice_ids
