"""What somebody's choices say back: lenses and ideas, without a count or a comparison."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assessment.feedback import Lenses, OpenLens, ideas, lenses, lenses_of, reflection_id
from app.assessment.navigation import Responses
from app.content.kinds import KINDS
from tests.assessment.quizzes import LENSES, QUIZ, responding

ITEMS = {item.id: item for item in QUIZ.items}
few = settings(max_examples=40, deadline=None)


def used_times(responses: Responses) -> dict[str, int]:
    """Count in how many items each lens was used, apart from the product's own count."""
    counts = dict.fromkeys(LENSES, 0)
    for name, chosen in responses.items():
        item = ITEMS[name]
        counted = (chosen or ())[:1] if item.kind == "ordering" else chosen or ()
        for lens in {lens for choice in item.choices if choice.id in counted for lens in choice.lenses}:
            counts[lens] += 1
    return counts


def test_an_order_is_seen_through_the_lens_of_what_was_put_first() -> None:
    assert lenses_of(ITEMS["door"], ("c", "a", "b")) == {"voice"}


def test_several_choices_of_one_item_use_a_lens_once() -> None:
    assert lenses_of(ITEMS["table"], ("x", "y", "z")) == {"rule", "care"}
    assert lenses(QUIZ, {"table": ("y", "z"), "bench": ("wait",), "door": ("a", "b", "c")}).used == ("rule", "care")


@pytest.mark.parametrize("name", ["count", "thought"])
def test_a_guess_and_a_thought_are_seen_through_no_lens(name: str) -> None:
    chosen = ("a",) if name == "count" else ("thought",)
    assert lenses(QUIZ, {name: chosen}) == Lenses((), ())


def test_who_chose_nothing_is_told_nothing() -> None:
    nothing = Lenses((), ())
    assert lenses(QUIZ, {}) == lenses(QUIZ, dict.fromkeys(ITEMS)) == nothing


@few
@given(responses=responding(QUIZ))
def test_used_lenses_were_used_most_and_are_two_at_most(responses: Responses) -> None:
    counts, said = used_times(responses), lenses(QUIZ, responses)
    assert len(said.used) == min(2, sum(count > 0 for count in counts.values()))
    assert all(counts[lens] >= counts[other] > -1 for lens in said.used for other in set(LENSES) - set(said.used))


@few
@given(responses=responding(QUIZ))
def test_a_lens_is_never_said_to_be_used_often_and_hardly(responses: Responses) -> None:
    said = lenses(QUIZ, responses)
    hardly = [each.lens for each in said.hardly]
    assert not set(hardly) & set(said.used)
    assert len(hardly) == len(set(hardly)) <= 2


@few
@given(responses=responding(QUIZ))
def test_a_lens_that_was_used_as_often_as_another_is_not_said_to_be_used_hardly(responses: Responses) -> None:
    counts, said = used_times(responses), lenses(QUIZ, responses)
    assert all(counts[each.lens] < counts[lens] for each in said.hardly for lens in said.used)


def test_of_three_lenses_that_were_used_alike_none_is_said_to_be_used_hardly() -> None:
    responses = {"table": ("x",), "door": ("b", "a", "c"), "queue": ("agree",)}
    assert used_times(responses) == {"rule": 1, "care": 1, "voice": 1, "caution": 0}
    assert lenses(QUIZ, responses) == Lenses(("rule", "care"), ())


def test_an_order_leads_back_to_each_choice_that_was_not_put_first() -> None:
    assert lenses(QUIZ, {"door": ("a", "b", "c")}) == Lenses(("rule",), (OpenLens("voice", 2),))


@few
@given(responses=responding(QUIZ))
def test_a_lens_hardly_used_leads_to_an_item_that_was_met_where_another_choice_uses_it(responses: Responses) -> None:
    said = lenses(QUIZ, responses)
    for each in said.hardly:
        item = QUIZ.items[each.number - 1]
        chosen = responses[item.id]
        assert chosen
        assert each.lens not in lenses_of(item, chosen)
        others = [choice for choice in item.choices if choice.id not in chosen or item.kind == "ordering"]
        assert any(each.lens in choice.lenses for choice in others)
    assert len({each.number for each in said.hardly}) == len(said.hardly)


@few
@given(responses=responding(QUIZ), data=st.data(), seed=st.integers(0, 2**31))
def test_the_order_in_which_somebody_answered_changes_nothing(
    responses: Responses, data: st.DataObject, seed: int
) -> None:
    other = dict(data.draw(st.permutations(list(responses.items()))))
    assert lenses(QUIZ, other) == lenses(QUIZ, responses)
    assert ideas(QUIZ, other, seed) == ideas(QUIZ, responses, seed)


def test_a_lens_hardly_used_leads_to_the_first_item_that_fits() -> None:
    responses = {"bench": ("ask",), "door": ("a", "b", "c"), "table": ("x",)}
    assert lenses(QUIZ, responses) == Lenses(("rule", "care"), (OpenLens("caution", 1), OpenLens("voice", 2)))


@few
@given(responses=responding(QUIZ), seed=st.integers(0, 2**31))
def test_ideas_come_from_items_that_were_met_one_for_each_theme(responses: Responses, seed: int) -> None:
    kept = ideas(QUIZ, responses, seed)
    met = [theme.id for theme in QUIZ.themes if any(responses.get(i.id) for i in QUIZ.items if i.theme == theme.id)]
    assert [item.theme for item in kept] == met
    assert all(responses[item.id] for item in kept)
    assert kept == ideas(QUIZ, responses, seed)


@few
@given(responses=responding(QUIZ), seed=st.integers(0, 2**31))
def test_ideas_depend_on_what_was_met_and_not_on_what_was_chosen(responses: Responses, seed: int) -> None:
    other = {name: chosen and (ITEMS[name].choice_ids or ("thought",))[:1] for name, chosen in responses.items()}
    assert ideas(QUIZ, other, seed) == ideas(QUIZ, responses, seed)


def test_another_attempt_may_be_given_other_ideas() -> None:
    responses = {"bench": ("ask",), "door": ("a", "b", "c"), "queue": ("agree",)}
    assert len({ideas(QUIZ, responses, seed) for seed in range(20)}) > 1


@few
@given(responses=responding(QUIZ))
def test_every_response_finds_a_reflection_of_its_item(responses: Responses) -> None:
    for name, chosen in responses.items():
        if chosen is not None:
            item = ITEMS[name]
            assert reflection_id(item, chosen) in KINDS[item.kind].reflections(item)
