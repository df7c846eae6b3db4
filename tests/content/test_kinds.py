"""Every kind: what a form may send, what it comes to, and which reflection answers."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.kinds import KINDS
from app.content.kinds.reflection import THOUGHT
from app.content.model import Item, When
from app.errors import Incomplete, Invalid
from tests.content.folders import bundle, few, item_of_kind

ONE = ("single-choice", "scenario", "agreement", "frequency", "estimate")


def valid_choices(item: Item) -> list[tuple[str, ...]]:
    """Everything that can be chosen in an item, worked out apart from its kind."""
    ids = item.choice_ids
    if item.kind == "multiple-choice":
        return [some for size in range(1, len(ids) + 1) for some in combinations(ids, size)]
    if item.kind == "ordering":
        return list(permutations(ids))
    return [(each,) for each in ids] or [(THOUGHT,)]


@few
@given(kind=st.sampled_from(sorted(KINDS)), data=st.data())
def test_whatever_a_form_sends_is_a_choice_that_can_be_made_or_a_domain_error(kind: str, data: st.DataObject) -> None:
    item = item_of_kind(kind)
    near_misses = st.sampled_from([*item.choice_ids, THOUGHT, "", "nobody"])
    values = data.draw(st.lists(near_misses | st.text(max_size=8), max_size=7))
    try:
        chosen = KINDS[kind].parse(item, list(values))
    except (Invalid, Incomplete):
        assert tuple(values) not in valid_choices(item)
    else:
        assert chosen in valid_choices(item)
        assert set(chosen) <= {*values, THOUGHT}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_choice_that_can_be_made_is_stored_as_it_was_made_and_finds_its_reflection(kind: str) -> None:
    item, words = item_of_kind(kind), bundle(f"kind-{kind}").source.items["bench"]
    for chosen in valid_choices(item):
        assert KINDS[kind].parse(item, list(chosen)) == chosen
        answer = KINDS[kind].reflection(item, chosen)
        assert answer in KINDS[kind].reflections(item)
        assert words.reflections[answer]
        assert set(KINDS[kind].counted(item, chosen)) <= set(chosen)


@pytest.mark.parametrize("kind", ONE)
def test_of_a_single_choice_nothing_is_missing_two_or_unknown(kind: str) -> None:
    item = item_of_kind(kind)
    first, second, *_ = item.choice_ids
    with pytest.raises(Incomplete, match="choose-one"):
        KINDS[kind].parse(item, [])
    for values in ([first, second], [first, first], ["nobody"], [first.upper()], [""]):
        with pytest.raises(Invalid):
            KINDS[kind].parse(item, values)


@pytest.mark.parametrize("kind", [kind for kind in ONE if kind != "estimate"])
def test_a_single_choice_is_answered_by_the_reflection_of_its_own_name(kind: str) -> None:
    item = item_of_kind(kind)
    assert KINDS[kind].reflections(item) == item.choice_ids
    assert [KINDS[kind].reflection(item, (each,)) for each in item.choice_ids] == list(item.choice_ids)


def test_a_multiple_choice_is_stored_in_the_order_of_the_item_and_each_once() -> None:
    item = item_of_kind("multiple-choice")
    assert KINDS["multiple-choice"].parse(item, ["greet", "ask", "ask"]) == ("ask", "greet")
    with pytest.raises(Incomplete, match="choose-some"):
        KINDS["multiple-choice"].parse(item, [])


@pytest.mark.parametrize(
    ("name", "chosen", "answer"),
    [
        ("when-at-least", ("ask",), "otherwise"),
        ("when-at-least", ("ask", "wait"), "many"),
        ("when-at-most", ("ask",), "few"),
        ("when-at-most", ("ask", "wait"), "otherwise"),
        ("when-includes", ("ask", "wait", "greet"), "both"),
        ("when-includes", ("ask", "greet"), "otherwise"),
        ("when-without", ("wait", "greet"), "silent"),
        ("when-without", ("ask", "greet"), "otherwise"),
        ("when-all-of-it", ("wait", "greet"), "exactly-this"),
        ("when-all-of-it", ("wait",), "with-waiting"),
        ("when-all-of-it", ("ask", "wait"), "with-waiting"),
        ("when-all-of-it", ("ask", "greet"), "otherwise"),
    ],
)
def test_the_first_rule_that_fits_answers(name: str, chosen: tuple[str, ...], answer: str) -> None:
    item = bundle(name).quiz.items[0]
    assert KINDS["multiple-choice"].reflection(item, chosen) == answer


def test_a_condition_without_parts_always_holds() -> None:
    assert When().holds(())
    assert When().holds(("ask",))


def test_an_order_needs_every_choice_once_and_counts_what_is_first() -> None:
    item, kind = item_of_kind("ordering"), KINDS["ordering"]
    assert kind.parse(item, ["greet", "ask", "wait"]) == ("greet", "ask", "wait")
    assert kind.reflection(item, ("greet", "ask", "wait")) == "greet"
    assert kind.counted(item, ("greet", "ask", "wait")) == ("greet",)
    for values in ([], ["ask"], ["ask", "", "wait"], ["ask", "ask", "wait"]):
        with pytest.raises(Incomplete, match="order-all"):
            kind.parse(item, values)
    with pytest.raises(Invalid):
        kind.parse(item, ["ask", "wait", "nobody"])


def test_a_guess_is_answered_by_where_it_lies() -> None:
    item, kind = item_of_kind("estimate"), KINDS["estimate"]
    answers = [kind.reflection(item, (each,)) for each in item.choice_ids]
    assert answers == ["below", "below", "near", "above"]


def test_what_is_written_for_oneself_is_never_taken() -> None:
    item, kind = item_of_kind("reflection"), KINDS["reflection"]
    assert kind.parse(item, []) == kind.parse(item, [THOUGHT]) == (THOUGHT,)
    for values in (["my neighbour Otto"], [THOUGHT, "and more"], [""]):
        with pytest.raises(Invalid):
            kind.parse(item, values)
