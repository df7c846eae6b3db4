"""Where somebody is in a quiz, and what comes next."""

import pytest
from hypothesis import given, settings

from app.assessment.navigation import (
    Progress,
    Responses,
    first_open_number,
    get_item,
    known_responses,
    laid_cells,
    next_number,
    progress,
)
from app.errors import NotFound
from tests.assessment.quizzes import QUIZ, responding

LAST = len(QUIZ.items)
few = settings(max_examples=40, deadline=None)


def test_items_are_counted_from_one() -> None:
    assert [get_item(QUIZ, number).id for number in range(1, LAST + 1)] == [item.id for item in QUIZ.items]
    assert [QUIZ.number_of(item.id) for item in QUIZ.items] == list(range(1, LAST + 1))


@pytest.mark.parametrize("number", [-1, 0, LAST + 1, 1000])
def test_there_is_no_item_before_the_first_or_after_the_last(number: int) -> None:
    with pytest.raises(NotFound):
        get_item(QUIZ, number)


def test_after_the_last_item_comes_the_outcome() -> None:
    assert [next_number(QUIZ, number) for number in range(1, LAST + 1)] == [*range(2, LAST + 1), None]


def test_a_passed_item_is_not_open_and_a_skipped_one_is() -> None:
    assert first_open_number(QUIZ, {}) == 1
    assert first_open_number(QUIZ, {"bench": None, "queue": ("agree",)}) == 2
    assert first_open_number(QUIZ, {item.id: None for item in QUIZ.items}) is None


@few
@given(responses=responding(QUIZ))
def test_every_item_is_laid_passed_or_open(responses: Responses) -> None:
    counted = progress(QUIZ, responses)
    assert counted.laid == sum(chosen is not None for chosen in responses.values())
    assert counted.passed == sum(chosen is None for chosen in responses.values())
    assert counted.laid + counted.passed + counted.open == LAST
    assert (first_open_number(QUIZ, responses) is None) is (counted.open == 0)


@few
@given(responses=responding(QUIZ))
def test_the_first_open_item_has_no_response_and_all_before_it_have(responses: Responses) -> None:
    number = first_open_number(QUIZ, responses) or LAST + 1
    assert all(item.id in responses for item in QUIZ.items[: number - 1])
    assert all(item.id not in responses for item in QUIZ.items[number - 1 : number])


@few
@given(responses=responding(QUIZ))
def test_what_was_chosen_of_this_quiz_is_all_known(responses: Responses) -> None:
    assert known_responses(QUIZ, responses) == responses


@pytest.mark.parametrize(
    ("item", "chosen"),
    [("bench", ("run",)), ("door", ("a", "b", "d")), ("table", ("x", "w")), ("thought", ("agree",)), ("gone", ("a",))],
)
def test_what_a_newer_version_no_longer_has_is_open_again(item: str, chosen: tuple[str, ...]) -> None:
    responses = {"queue": ("agree",), item: chosen}
    assert known_responses(QUIZ, responses) == {"queue": ("agree",)}
    assert known_responses(QUIZ, {item: None}) == ({} if item == "gone" else {item: None})


def test_a_cloth_has_a_row_for_each_theme_and_a_column_for_each_dimension() -> None:
    laid = [[[item.id for item in cell] for cell in row] for row in QUIZ.cells]
    assert laid == [[["bench", "door", "thought"], ["queue"]], [["count"], ["table"]]]


def test_what_was_chosen_is_laid_and_what_was_passed_stays_open() -> None:
    responses = {"bench": ("ask",), "door": None, "queue": ("agree",), "table": ("x",)}
    assert laid_cells(QUIZ, responses) == (((True, False), (True, False)), ((False, False), (True, False)))
    assert laid_cells(QUIZ, {**responses, "door": ("a", "b", "c")})[0][0] == (True, True)


@few
@given(responses=responding(QUIZ))
def test_a_cloth_tells_what_was_thought_about_and_never_what_was_chosen(responses: Responses) -> None:
    other = {
        item.id: responses[item.id] and (item.choice_ids or ("thought",))[-1:]
        for item in QUIZ.items
        if item.id in responses
    }
    assert laid_cells(QUIZ, other) == laid_cells(QUIZ, responses)
    assert progress(QUIZ, other) == progress(QUIZ, responses)


def test_progress_counts_nothing_that_is_not_in_the_quiz() -> None:
    assert progress(QUIZ, {"gone": ("a",), "bench": ("ask",)}) == Progress(1, 0, LAST - 1)
