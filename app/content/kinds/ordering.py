"""What comes first for you: every choice gets a place."""

from app.content.kinds.kind import Chosen, Kind, first_chosen, reflection_of_first, reflection_per_choice
from app.content.model import Item
from app.errors import Incomplete, Invalid


def parse_order(item: Item, values: list[str]) -> Chosen:
    """Take the choices in the order of their places; each stands in one place."""
    given = [value for value in values if value]
    if not set(given) <= set(item.choice_ids):
        raise Invalid("unknown-choice")
    if len(given) < len(item.choices) or len(set(given)) < len(given):
        raise Incomplete("order-all")
    return tuple(given)


KIND = Kind(
    "ordering",
    parse_order,
    reflection_of_first,
    reflection_per_choice,
    counted=first_chosen,
    choices=range(3, 6),
)
