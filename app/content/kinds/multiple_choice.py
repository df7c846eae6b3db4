"""As many as fit; the first rule that holds says which reflection answers."""

from app.content.kinds.kind import Chosen, Kind, Problems
from app.content.model import Item
from app.errors import Incomplete, Invalid


def parse_some(item: Item, values: list[str]) -> Chosen:
    """Take every choice that was ticked, in the item's own order."""
    if not values:
        raise Incomplete("choose-some")
    if not set(values) <= set(item.choice_ids):
        raise Invalid("unknown-choice")
    return tuple(each for each in item.choice_ids if each in values)


def reflection_by_rule(item: Item, chosen: Chosen) -> str:
    """Answer by the first rule whose condition holds."""
    return next(rule.id for rule in item.reflections if rule.when is None or rule.when.holds(chosen))


def reflection_per_rule(item: Item) -> tuple[str, ...]:
    """Name one reflection for each rule."""
    return tuple(rule.id for rule in item.reflections)


def rule_problems(item: Item) -> Problems:
    """Find rules that name unknown choices, or that leave somebody without an answer."""
    if not item.reflections or item.reflections[-1].when is not None:
        yield ("reflections",), "the last rule must have no `when`, so that every choice finds its answer"
    for index, rule in enumerate(item.reflections[:-1]):
        if rule.when is None:
            yield ("reflections", index), "a rule without `when` takes everything; move it to the end"
    for index, rule in enumerate(item.reflections):
        for unknown in sorted(rule.named - set(item.choice_ids)):
            yield ("reflections", index), f"there is no choice `{unknown}` in this item"


KIND = Kind(
    "multiple-choice",
    parse_some,
    reflection_by_rule,
    reflection_per_rule,
    rule_problems,
    choices=range(3, 11),
    has_rules=True,
)
