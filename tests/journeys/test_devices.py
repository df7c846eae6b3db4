"""Going on with another device, and deleting: what one browser knows, another may come to know, and both forget."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import ITEMS, PHONE, Visit
from tests.journeys.stored import (
    attempt_of,
    count_attempts,
    count_responses,
    forget_knocks,
    own_responses,
    responses_of,
)
from tests.journeys.walking import begin, walk

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
DELETE = "form[action*=delete] button"


def begun(visit: Callable[..., Visit], language: str, scripts: bool) -> Visit:
    """Answer three items, and open the page that leads to another device."""
    visitor = visit(language, java_script_enabled=scripts)
    begin(visitor)
    walk(visitor, 1, 3)
    visitor.tap("main a[href*='/resume']")
    return visitor


def goes_on(first: Visit, second: Visit) -> None:
    """See that the second device goes on where the first one stopped, in the same attempt."""
    assert attempt_of(second) == attempt_of(first)
    assert second.is_at("4")
    assert second.page.locator("#echo").is_visible()
    walk(second, 4, 5)
    assert set(own_responses(first)) == {item.id for item in ITEMS[:5]}
    first.open(first.quiz("5"))
    assert first.page.locator("button.chosen").count() == 1


@SCRIPTS
def test_a_link_leads_to_the_attempt_from_another_device(visit: Callable[..., Visit], scripts: bool) -> None:
    first = begun(visit, "en", scripts)
    attempts = count_attempts(first.product)
    second = visit("en", java_script_enabled=scripts, viewport=PHONE)
    second.open(first.page.locator("#link").input_value())
    goes_on(first, second)
    assert count_attempts(first.product) == attempts


@pytest.mark.parametrize(("language", "scripts"), [("en", True), ("en", False), ("ar", True), ("ar", False)])
def test_a_code_leads_to_the_attempt_from_the_first_page(
    visit: Callable[..., Visit], language: str, scripts: bool
) -> None:
    first = begun(visit, language, scripts)
    code = first.page.locator(".code.big").inner_text()
    second = visit(language, java_script_enabled=scripts, viewport=PHONE)
    forget_knocks(first.product)
    second.open(second.address())
    second.page.fill("#code", code.lower().replace(" ", "-"))
    second.tap("form .btn")
    goes_on(first, second)


def test_who_has_finished_comes_to_the_outcome_on_another_device(visit: Callable[..., Visit]) -> None:
    first = visit()
    first.answer_everything()
    first.open(first.quiz("resume"))
    second = visit("ar", viewport=PHONE)
    second.open(first.page.locator("#link").input_value())
    second.language = "en"  # the language of the link
    assert second.is_at("outcome")
    assert attempt_of(second) == attempt_of(first)


def test_a_code_with_a_mistake_is_asked_for_again(visit: Callable[..., Visit]) -> None:
    first = begun(visit, "en", scripts=True)
    code = first.page.locator(".code.big").inner_text()
    second = visit("en")
    forget_knocks(first.product)
    second.open(second.address("resume"))
    second.page.fill("#code", code[:-1])
    second.tap("form button.btn")
    assert second.measure("isFocused", "[role=alert]")
    assert second.page.locator("#code").input_value() == code[:-1]
    assert second.context.cookies() == []
    second.page.keyboard.press("Tab")
    second.page.keyboard.press("Enter")
    assert second.measure("isFocused", "#code")
    second.page.fill("#code", code)
    second.tap("form button.btn")
    assert attempt_of(second) == attempt_of(first)


def test_the_link_is_copied_by_one_tap(visit: Callable[..., Visit]) -> None:
    visitor = begun(visit, "en", scripts=True)
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.touch("[data-copy]")
    visitor.page.get_by_role("button", name="Copied").wait_for()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied == visitor.page.locator("#link").input_value()


def test_without_scripts_there_is_no_button_that_does_nothing(visit: Callable[..., Visit]) -> None:
    visitor = begun(visit, "en", scripts=False)
    assert visitor.page.locator("[data-copy]").is_hidden()
    visitor.open(visitor.quiz("outcome"))
    assert visitor.page.locator("[data-print]").is_hidden()


@pytest.mark.parametrize(("language", "scripts"), [("en", True), ("en", False), ("ar", True), ("fr", False)])
def test_deleting_is_one_tap_and_leaves_a_fresh_test(visit: Callable[..., Visit], language: str, scripts: bool) -> None:
    visitor = visit(language, java_script_enabled=scripts)
    begin(visitor)
    walk(visitor)
    attempt, attempts, responses = (
        attempt_of(visitor),
        count_attempts(visitor.product),
        count_responses(visitor.product),
    )
    visitor.tap(DELETE)
    assert visitor.is_at("deleted")
    assert visitor.context.cookies() == []
    assert responses_of(visitor.product, attempt) == {}
    assert count_attempts(visitor.product) == attempts - 1
    assert count_responses(visitor.product) == responses - len(ITEMS)
    visitor.tap(".btns .btn.plain")
    assert visitor.is_at("")
    assert visitor.page.locator("main .btns").count() == 0
    assert visitor.page.locator(".chosen, :checked").count() == 0


def test_back_after_deleting_shows_nothing_of_it(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.send(1)
    visitor.send(2)
    visitor.open(visitor.quiz("3"))
    visitor.open(visitor.quiz("outcome"))
    visitor.tap(DELETE)
    visitor.page.go_back()
    assert visitor.is_at("")
    visitor.page.go_back()
    assert visitor.page.locator("#echo, .chosen, :checked").count() == 0


def test_a_device_that_is_left_behind_is_told_that_the_responses_are_gone(visit: Callable[..., Visit]) -> None:
    first = begun(visit, "en", scripts=True)
    second = visit("en")
    second.open(first.page.locator("#link").input_value())
    second.open(second.quiz("4"))
    first.open(first.quiz("outcome"))
    first.tap(DELETE)
    attempts = count_attempts(first.product)
    second.tap("button.choice")
    assert second.page.get_by_role("heading", name="These responses are no longer here").is_visible()
    assert count_attempts(first.product) == attempts
    second.open(second.quiz())
    assert second.page.locator(".chosen, :checked").count() == 0
