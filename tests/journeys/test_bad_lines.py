"""Bad lines and impatient fingers: what is sent twice, or lost on its way back, is one response of one attempt."""

import http.client
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.browsing import ITEMS, Visit
from tests.journeys.stored import count_attempts, count_responses, own_responses
from tests.journeys.walking import GO_ON, answer, begin, walk

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
FORMS = "**/response"


def deliver(route: Route) -> int:
    """Bring a form to the server as the browser would have, and let the browser know nothing of what came back."""
    request, where = route.request, urlsplit(route.request.url)
    line = http.client.HTTPConnection(str(where.hostname), where.port)
    line.request("POST", where.path, request.post_data_buffer, request.all_headers())
    status = line.getresponse().status
    line.close()
    return status


def lose_the_answer(page: Page) -> list[int]:
    """Let the next form reach the server, and break the line before its answer; says with which status it came."""
    met: list[int] = []

    def handle(route: Route) -> None:
        met.append(deliver(route))
        route.abort("connectionreset")

    page.route(FORMS, handle, times=1)
    return met


def finger_on(visitor: Visit, selector: str) -> Callable[[], None]:
    """Lay a finger on a button; it presses without waiting for anything, as often as one likes."""
    button = visitor.page.locator(selector).first
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    return lambda: visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def comes_to(visitor: Visit, number: int) -> None:
    """Wait for an item under its echo, whatever became of an earlier way there."""
    expect(visitor.page).to_have_url(re.compile(rf"/{number}#echo$"), timeout=20_000)


def press_and_lose(visitor: Visit, selector: str) -> None:
    """Press, and see the line break after the form has come to the server."""
    met, press = lose_the_answer(visitor.page), finger_on(visitor, selector)
    with visitor.page.expect_event("requestfailed"):
        press()
    visitor.page.wait_for_url("chrome-error://**")
    assert met == [303]


@SCRIPTS
def test_an_answer_lost_mid_way_and_chosen_again_is_one_response(visit: Callable[..., Visit], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    begin(visitor)
    walk(visitor, 1, 2)
    attempts, responses = count_attempts(visitor.product), count_responses(visitor.product)
    press_and_lose(visitor, "button.choice")
    visitor.page.go_back()
    assert visitor.is_at("3")
    assert visitor.page.locator("button.chosen").get_attribute("value") == ITEMS[2].choice_ids[0]
    answer(visitor, ITEMS[2], 1)
    assert own_responses(visitor)[ITEMS[2].id] == ITEMS[2].choice_ids[1]
    assert count_attempts(visitor.product) == attempts
    assert count_responses(visitor.product) == responses + 1


@SCRIPTS
def test_the_first_answer_lost_and_chosen_again_is_one_attempt(visit: Callable[..., Visit], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    begin(visitor)
    attempts, responses = count_attempts(visitor.product), count_responses(visitor.product)
    visitor.touch("label.choice")
    press_and_lose(visitor, GO_ON)
    visitor.page.go_back()
    assert visitor.is_at("")
    if not visitor.page.locator("label.choice input").first.is_checked():
        visitor.touch("label.choice")
    visitor.tap(GO_ON)
    assert visitor.is_at("2")
    assert count_attempts(visitor.product) == attempts + 1
    assert count_responses(visitor.product) == responses + 1


@SCRIPTS
def test_the_first_answer_lost_and_sent_again_by_refresh_is_one_attempt(
    visit: Callable[..., Visit], scripts: bool
) -> None:
    visitor = visit(java_script_enabled=scripts)
    begin(visitor)
    attempts, responses = count_attempts(visitor.product), count_responses(visitor.product)
    visitor.touch("label.choice")
    press_and_lose(visitor, GO_ON)
    visitor.page.reload()
    assert visitor.is_at("2")
    assert count_attempts(visitor.product) == attempts + 1
    assert count_responses(visitor.product) == responses + 1


def come_before(visitor: Visit, number: int) -> Callable[[], None]:
    """Come to an item and lay a finger on its button."""
    begin(visitor)
    walk(visitor, 1, number - 1)
    if number == 1:
        visitor.touch("label.choice")
    return finger_on(visitor, GO_ON if number == 1 else "button.choice")


@pytest.mark.parametrize("number", [1, 2])
def test_a_second_tap_on_a_slow_line_sends_nothing(visit: Callable[..., Visit], number: int) -> None:
    visitor = visit()
    press = come_before(visitor, number)
    responses = count_responses(visitor.product)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visitor.page.route(FORMS, hold)
    with visitor.page.expect_request(FORMS):
        press()
    press()
    held[0].continue_()
    comes_to(visitor, number + 1)
    assert len(held) == 1
    assert count_responses(visitor.product) == responses + 1


@pytest.mark.parametrize("number", [1, 2])
def test_without_scripts_a_second_tap_on_a_slow_line_changes_nothing(visit: Callable[..., Visit], number: int) -> None:
    visitor = visit(java_script_enabled=False)
    press = come_before(visitor, number)
    attempts, responses = count_attempts(visitor.product), count_responses(visitor.product)
    met: list[int] = []
    visitor.page.route(FORMS, lambda route: met.append(deliver(route)), times=1)  # the first one never comes back
    with visitor.page.expect_request(FORMS):
        press()
    press()
    comes_to(visitor, number + 1)
    assert met == [303]
    assert len(visitor.watch.posts()) == number + 1
    assert count_attempts(visitor.product) == attempts + (number == 1)
    assert count_responses(visitor.product) == responses + 1
    assert len(own_responses(visitor)) == number


@SCRIPTS
@pytest.mark.parametrize("number", [1, 2])
def test_a_double_click_is_one_response(visit: Callable[..., Visit], scripts: bool, number: int) -> None:
    visitor = visit(java_script_enabled=scripts)
    begin(visitor)
    walk(visitor, 1, number - 1)
    attempts, responses = count_attempts(visitor.product), count_responses(visitor.product)
    if number == 1:
        visitor.touch("label.choice")
    button = visitor.page.locator(GO_ON if number == 1 else "button.choice").first
    button.dblclick()
    comes_to(visitor, number + 1)
    assert count_attempts(visitor.product) == attempts + (number == 1)
    assert count_responses(visitor.product) == responses + 1
    assert len(own_responses(visitor)) == number
