"""Something to write for oneself. It stays on the device: all that is stored is that the item was thought about."""

from app.content.kinds.kind import Chosen, Kind
from app.content.model import Item
from app.errors import Invalid

THOUGHT = "thought"


def parse_thought(item: Item, values: list[str]) -> Chosen:
    """Take that the item was thought about, and refuse any text."""
    if values not in ([], [THOUGHT]):
        raise Invalid("unknown-choice")
    return (THOUGHT,)


def the_thought(item: Item, chosen: Chosen) -> str:
    """Answer with the one reflection there is."""
    return THOUGHT


def one_reflection(item: Item) -> tuple[str, ...]:
    """Name the one reflection there is."""
    return (THOUGHT,)


KIND = Kind("reflection", parse_thought, the_thought, one_reflection, choices=range(0, 1), lenses=range(1))
