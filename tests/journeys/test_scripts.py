"""What scripts add: a thought that stays on the device, an order moved by buttons or by dragging."""

from collections.abc import Callable

import pytest

from tests.conftest import TEST
from tests.journeys.browsing import ITEMS, PHONE, Visit, first_of
from tests.journeys.stored import own_responses
from tests.journeys.walking import GO_ON

ORDERING = first_of("ordering")
ORDER = list(ITEMS[ORDERING - 1].choice_ids)
THOUGHT = first_of("reflection")
KEPT = f"{TEST}/{ITEMS[THOUGHT - 1].id}"
SECRET = "Zwetschgenkuchen"
DELETE = "form[action*=delete] button"
STORED = "(name) => localStorage.getItem(name)"


def write(visit: Visit) -> None:
    """Write something for oneself, and go on."""
    visit.send(1)
    visit.open(visit.quiz(str(THOUGHT)))
    visit.page.fill("#own", SECRET)
    visit.tap(GO_ON)


def test_a_thought_stays_on_this_device_and_is_there_again(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    write(visitor)
    assert visitor.page.evaluate(STORED, KEPT) == SECRET
    visitor.open(visitor.quiz(str(THOUGHT)))
    assert visitor.page.locator("#own").input_value() == SECRET
    visitor.language = "ar"
    visitor.open(visitor.quiz(str(THOUGHT)))
    assert visitor.page.locator("#own").input_value() == SECRET


def test_no_request_carries_a_thought(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    write(visitor)
    for rest in ("", "outcome", "resume", str(THOUGHT)):
        visitor.open(visitor.quiz(rest))
    visitor.tap(".langs a")
    assert len(visitor.watch.requests) > 6
    sent = [(each.url, each.post_data or "", each.all_headers()) for each in visitor.watch.requests]
    assert SECRET.lower() not in repr(sent).lower()
    assert own_responses(visitor)[ITEMS[THOUGHT - 1].id] == "thought"


def test_a_thought_is_gone_from_the_device_with_the_responses(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    write(visitor)
    assert visitor.page.evaluate(STORED, KEPT) == SECRET
    visitor.tap(DELETE)
    assert visitor.is_at("deleted")
    assert visitor.page.evaluate(STORED, KEPT) is None
    visitor.open(visitor.quiz(str(THOUGHT)))
    assert visitor.page.locator("#own").input_value() == ""


def test_without_scripts_nothing_asks_for_a_thought_to_be_typed(visit: Callable[..., Visit]) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.open(visitor.quiz(str(THOUGHT)))
    assert visitor.page.locator("#own").is_hidden()
    visitor.tap(GO_ON)
    assert visitor.is_at("outcome")


def order_shown(visit: Visit) -> list[str]:
    """Read the order in which the things stand."""
    values = visit.page.locator(".order input[name=choice]")
    return [str(values.nth(index).get_attribute("value")) for index in range(values.count())]


def move(visit: Visit, choice: str, button: int) -> None:
    """Press the button up (0) or down (1) of a thing."""
    visit.touch(visit.page.locator(f".order li:has([value={choice}]) .move").nth(button))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_order_made_by_buttons_is_the_order_that_is_stored(visit: Callable[..., Visit], language: str) -> None:
    visitor = visit(language, viewport=PHONE)
    visitor.open(visitor.quiz(str(ORDERING)))
    assert order_shown(visitor) == ORDER
    move(visitor, ORDER[0], 1)
    move(visitor, ORDER[0], 1)
    move(visitor, ORDER[4], 0)
    wanted = [ORDER[1], ORDER[2], ORDER[0], ORDER[4], ORDER[3]]
    assert order_shown(visitor) == wanted
    visitor.tap(GO_ON)
    assert own_responses(visitor)[ITEMS[ORDERING - 1].id] == " ".join(wanted)


def test_a_move_keeps_the_focus_and_is_said_aloud(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.open(visitor.quiz(str(ORDERING)))
    move(visitor, ORDER[0], 1)
    assert visitor.measure("isFocused", f".order li:has([value={ORDER[0]}]) .move:last-child")
    assert visitor.page.get_by_role("status").inner_text() == "Now in place 2"
    visitor.page.keyboard.press("Enter")
    assert visitor.page.get_by_role("status").inner_text() == "Now in place 3"
    assert order_shown(visitor)[2] == ORDER[0]


def test_the_first_thing_goes_no_further_up_and_the_last_no_further_down(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.open(visitor.quiz(str(ORDERING)))
    move(visitor, ORDER[0], 0)
    move(visitor, ORDER[-1], 1)
    assert order_shown(visitor) == ORDER


@pytest.mark.parametrize("viewport", [{"width": 390, "height": 1200}, {"width": 1280, "height": 1200}])
def test_an_order_made_by_dragging_is_the_order_that_is_stored(
    visit: Callable[..., Visit], viewport: dict[str, int]
) -> None:
    visitor = visit(viewport=viewport)
    visitor.open(visitor.quiz(str(ORDERING)))
    words = visitor.page.locator(".order .choice > span")
    start, end = words.nth(0).bounding_box(), words.nth(2).bounding_box()
    assert start is not None
    assert end is not None
    visitor.page.mouse.move(start["x"] + 5, start["y"] + 5)
    visitor.page.mouse.down()
    visitor.page.mouse.move(end["x"] + 5, end["y"] + end["height"] / 2, steps=20)
    visitor.page.mouse.up()
    wanted = [ORDER[1], ORDER[2], ORDER[0], *ORDER[3:]]
    assert order_shown(visitor) == wanted
    visitor.page.mouse.move(start["x"] + 5, start["y"] + 5, steps=5)
    assert order_shown(visitor) == wanted
    visitor.tap(GO_ON)
    assert own_responses(visitor)[ITEMS[ORDERING - 1].id] == " ".join(wanted)


def test_back_shows_the_order_that_was_given(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.send(ORDERING, *reversed(ORDER))
    visitor.open(visitor.quiz(str(ORDERING)))
    assert order_shown(visitor) == ORDER[::-1]


def choose_places(visit: Visit, *choices: str) -> None:
    """Choose a thing for each place."""
    for place, choice in enumerate(choices, 1):
        visit.page.select_option(f"#place-{place}", choice)


def test_without_scripts_an_order_is_made_by_selects(visit: Callable[..., Visit]) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.open(visitor.quiz(str(ORDERING)))
    choose_places(visitor, *reversed(ORDER))
    visitor.tap(GO_ON)
    assert visitor.is_at(str(ORDERING + 1))
    assert own_responses(visitor)[ITEMS[ORDERING - 1].id] == " ".join(reversed(ORDER))


def test_without_scripts_the_same_thing_in_two_places_is_asked_again(visit: Callable[..., Visit]) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.open(visitor.quiz(str(ORDERING)))
    given = [ORDER[0], ORDER[0], *ORDER[2:]]
    choose_places(visitor, *given)
    with visitor.page.expect_response("**/response") as answer:
        visitor.tap(GO_ON)
    assert answer.value.status == 422
    assert visitor.measure("isFocused", "[role=alert]")
    assert visitor.cookie() == ""
    assert [visitor.page.locator(f"#place-{place}").input_value() for place in range(1, 6)] == given
    choose_places(visitor, *ORDER)
    visitor.tap(GO_ON)
    assert own_responses(visitor) == {ITEMS[ORDERING - 1].id: " ".join(ORDER)}
