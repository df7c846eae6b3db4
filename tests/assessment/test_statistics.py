"""Counts, the classes that they are put into, and how classes are said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assessment.statistics import LOWEST, WIDTH, Figure, release, rounded_down, tally

few = settings(max_examples=40, deadline=None)
COUNTS = st.lists(st.integers(0, 120), min_size=1, max_size=8)


def test_choices_are_counted_with_how_many_made_them_and_none_is_left_out() -> None:
    assert tally("abc", [(("a", "b"), 3), (("b",), 2), ((), 7)]) == {"a": 3, "b": 5, "c": 0}


@few
@given(counts=COUNTS, people=st.integers(10, 1000))
def test_every_count_lies_in_its_class_and_no_class_is_narrow(counts: list[int], people: int) -> None:
    known = {str(place): min(count, people) for place, count in enumerate(counts)}
    figures = release(known, people, at_least=10, one_each=False)
    assert figures
    for choice, figure in figures.items():
        assert figure.low <= known[choice] <= figure.high <= figure.people == people
        assert figure.high - figure.low + 1 >= max(WIDTH, 0 if figure.is_lowest else people // 20)
        assert (figure.low, figure.high) == (0, LOWEST) or figure.low > LOWEST


@few
@given(counts=COUNTS, people=st.integers(10, 1000))
def test_shares_go_in_steps_of_five_and_never_reach_the_ends(counts: list[int], people: int) -> None:
    known = {str(place): min(count, people) for place, count in enumerate(counts)}
    for figure in (release(known, people, at_least=10, one_each=False) or {}).values():
        assert figure.share in range(5, 100, 5)


@few
@given(counts=st.lists(st.integers(0, 40), min_size=2, max_size=6).filter(lambda each: sum(each) >= 10), data=st.data())
def test_the_order_of_the_choices_changes_nothing(counts: list[int], data: st.DataObject) -> None:
    known = dict(enumerate(counts))
    mixed = dict(data.draw(st.permutations(list(known.items()))))
    first, second = (release(each, sum(counts), at_least=10, one_each=True) for each in (known, mixed))
    assert first == second


@few
@given(counts=st.lists(st.integers(0, 60), min_size=2, max_size=6).filter(lambda each: sum(each) >= 10))
def test_choices_that_as_many_made_are_told_in_the_same_words_and_more_is_never_told_as_less(counts: list[int]) -> None:
    figures = release(dict(enumerate(counts)), sum(counts), at_least=10, one_each=True) or {}
    for mine, figure in figures.items():
        for other, beside in figures.items():
            assert counts[mine] > counts[other] or figure.low <= beside.low


def test_a_class_knows_whether_it_is_at_an_end_and_what_its_share_is() -> None:
    lowest, middle, highest = Figure(0, 4, 20), Figure(5, 9, 20), Figure(15, 20, 20)
    assert [each.is_lowest for each in (lowest, middle, highest)] == [True, False, False]
    assert [each.is_highest for each in (lowest, middle, highest)] == [False, False, True]
    assert [each.share for each in (lowest, middle, highest)] == [10, 35, 90]
    assert [each.least for each in (lowest, middle, highest)] == [0, 25, 75]


@pytest.mark.parametrize(
    ("figure", "is_extreme"),
    [
        (Figure(0, 4, 39), False),
        (Figure(0, 4, 40), True),
        (Figure(5, 9, 90), True),
        (Figure(5, 10, 10), False),
        (Figure(15, 20, 20), False),
        (Figure(16, 20, 20), True),
        (Figure(80, 100, 100), True),
    ],
)
def test_only_what_is_within_a_tenth_of_nobody_or_a_fifth_of_everyone_is_extreme(
    figure: Figure, is_extreme: bool
) -> None:
    assert figure.is_extreme is is_extreme


@pytest.mark.parametrize(
    ("people", "said"),
    [(0, 0), (9, 0), (10, 10), (199, 190), (200, 200), (249, 200), (999, 950), (1000, 1000), (12_345, 12_300)],
)
def test_numbers_of_people_are_said_coarsely(people: int, said: int) -> None:
    assert rounded_down(people) == said
