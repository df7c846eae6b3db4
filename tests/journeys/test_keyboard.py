"""The keyboard alone: every stop can be seen, the focus is where one reads on, and the whole test can be taken."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import ITEMS, LANGUAGES, Visit, first_of
from tests.journeys.places import PLACES, Place
from tests.journeys.stored import own_responses
from tests.journeys.walking import GO_ON

MOST_STOPS = 60
DELETE = "form[action*=delete] button"


def next_stop(visit: Visit) -> dict[str, object] | None:
    """Press Tab; one must see where that leads."""
    visit.page.keyboard.press("Tab")
    stop: dict[str, object] | None = visit.measure("focus")
    assert stop is None or stop["visible"], f"{visit.page.url}: {stop}"
    return stop


def tab_to(visit: Visit, selector: str) -> None:
    """Press Tab until the focus is on this."""
    for _ in range(MOST_STOPS):
        assert next_stop(visit), f"{visit.page.url}: the keyboard never came to {selector}"
        if visit.measure("isFocused", selector):
            return
    raise AssertionError(f"{visit.page.url}: no end of stops before {selector}")


def press(visit: Visit, key: str = "Enter") -> None:
    """Press a key that leads to another page."""
    with visit.page.expect_navigation():
        visit.page.keyboard.press(key)


def answer_by_keys(visit: Visit, number: int) -> None:
    """Choose the first that can be chosen, and go on."""
    item = ITEMS[number - 1]
    if item.kind == "multiple-choice":
        tab_to(visit, "input[type=checkbox]")
        visit.page.keyboard.press("Space")
    elif item.kind == "ordering" and not visit.scripts:
        for place in range(1, len(item.choices) + 1):
            tab_to(visit, f"#place-{place}")
            for _ in range(place):
                visit.page.keyboard.press("ArrowDown")
    if item.kind in {"multiple-choice", "ordering", "reflection"}:
        tab_to(visit, GO_ON)
        press(visit)
    else:
        tab_to(visit, "button.choice")
        press(visit, "Space" if number % 2 else "Enter")


@pytest.mark.parametrize(("language", "scripts"), [("en", True), ("en", False), ("ar", True)])
def test_the_whole_test_is_taken_by_keyboard_alone(visit: Callable[..., Visit], language: str, scripts: bool) -> None:
    visitor = visit(language, java_script_enabled=scripts)
    visitor.open(visitor.address())
    tab_to(visitor, ".hero a.btn")
    press(visitor)
    for number in range(1, len(ITEMS) + 1):
        answer_by_keys(visitor, number)
        assert visitor.measure("isFocused", "#echo"), visitor.page.url
        next_stop(visitor)
        assert visitor.measure("isFocused", ".echo summary"), visitor.page.url
    assert visitor.is_at("outcome")
    assert len(own_responses(visitor)) == len(ITEMS)
    assert None not in own_responses(visitor).values()
    tab_to(visitor, DELETE)
    press(visitor)
    assert visitor.is_at("deleted")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rest", ["", "about", "resume", "privacy"])
def test_the_first_stop_leads_past_what_stands_on_every_page(
    visit: Callable[..., Visit], language: str, rest: str
) -> None:
    visitor = visit(language)
    visitor.open(visitor.address(rest))
    next_stop(visitor)
    assert visitor.measure("isFocused", "a.skip")
    visitor.page.keyboard.press("Enter")
    next_stop(visitor)
    assert visitor.measure("isFocused", "main *, footer *")
    assert not visitor.measure("isFocused", "header *")


def test_the_first_stop_of_an_item_leads_past_what_stands_on_every_page(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.open(visitor.quiz("2"))
    next_stop(visitor)
    assert visitor.measure("isFocused", "a.skip")
    visitor.page.keyboard.press("Enter")
    next_stop(visitor)
    assert visitor.measure("isFocused", "button.choice")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_after_passing_the_next_stop_is_the_first_choice(visit: Callable[..., Visit], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    visitor.open(visitor.quiz("2"))
    tab_to(visitor, "button.text")
    press(visitor)
    assert visitor.is_at("3")
    assert visitor.measure("isFocused", "#item")
    next_stop(visitor)
    assert visitor.measure("isFocused", "button.choice")


def test_an_order_is_made_by_keyboard(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    number = first_of("ordering")
    order = ITEMS[number - 1].choice_ids
    visitor.open(visitor.quiz(str(number)))
    tab_to(visitor, f"li:has([value={order[1]}]) .move")
    visitor.page.keyboard.press("Space")
    tab_to(visitor, GO_ON)
    press(visitor)
    stored = str(own_responses(visitor)[ITEMS[number - 1].id]).split()
    assert stored == [order[1], order[0], *order[2:]]


def test_what_to_do_and_its_sources_open_and_close_by_keyboard(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.send(1)
    visitor.open(visitor.quiz("2#echo"))
    next_stop(visitor)
    visitor.page.keyboard.press("Enter")
    assert visitor.page.locator(".echo details a").first.is_visible()
    next_stop(visitor)
    assert visitor.measure("isFocused", ".echo details a")
    visitor.page.keyboard.press("Shift+Tab")
    visitor.page.keyboard.press("Space")
    assert visitor.page.locator(".echo details a").first.is_hidden()


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_the_keyboard_comes_everywhere_and_can_be_seen_there(glance: Callable[..., Visit], place: Place) -> None:
    visitor = glance(LANGUAGES[PLACES.index(place) % len(LANGUAGES)])
    place.bring(visitor)
    visitor.measure("openEverything")
    wanted = visitor.measure("countStops")
    stops = [next_stop(visitor) for _ in range(wanted + 2)]
    assert len({stop["place"] for stop in stops if stop}) == wanted
