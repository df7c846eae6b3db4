"""Nothing is kept before the first response, nothing is loaded from elsewhere, and little is loaded at all."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Request

from tests.journeys.browsing import COOKIE, LANGUAGES, Visit, first_of
from tests.journeys.places import KINDS, PLACES, Place, status_of

EMPTY = {"local": 0, "session": 0, "databases": 0, "caches": 0, "cookies": ""}
MOST_REQUESTS = 4
MOST_BYTES = 30 * 1024
ICON = "mark.svg"
FIRST = ("", "quizzes", "about", "privacy", "friends", *KINDS)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_page_keeps_nothing_but_the_cookie_of_a_begun_attempt(glance: Callable[..., Visit], place: Place) -> None:
    visitor = glance()
    place.bring(visitor)
    cookies = visitor.context.cookies()
    assert [each["name"] for each in cookies] == ([] if place.is_first else [COOKIE])
    assert {(each["httpOnly"], each["sameSite"]) for each in cookies} <= {(True, "Lax")}
    assert visitor.measure("storage") == EMPTY
    assert visitor.watch.troubles == []
    shown = [each.response() for each in visitor.watch.requests if each.is_navigation_request()][-1]
    assert shown is not None
    assert shown.status == status_of(place)


def first_address(visit: Visit, name: str) -> str:
    """Write the address of a page on which somebody may arrive."""
    if name in KINDS:
        return visit.quiz(str(first_of(name)))
    return visit.quiz("" if name == "quizzes" else name) if name in {"quizzes", "friends"} else visit.address(name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIRST)
def test_the_first_page_is_light(visit: Callable[..., Visit], language: str, name: str) -> None:
    visitor = visit(language)
    with visitor.page.expect_event("requestfinished", lambda request: request.url.endswith(ICON)):
        visitor.open(first_address(visitor, name))
    assert len(visitor.watch.requests) <= MOST_REQUESTS
    assert sum(weight(each) for each in visitor.watch.requests) <= MOST_BYTES


def weight(request: Request) -> int:
    """Count what came over the wire for one request."""
    sizes = request.sizes()
    assert sizes["responseBodySize"] > 0
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def test_a_later_page_loads_itself_alone(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.open(visitor.address())
    network = visitor.context.new_cdp_session(visitor.page)
    network.send("Network.enable")
    asked: dict[str, str] = {}
    network.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    network.on("Network.requestServedFromCache", lambda event: asked.pop(event["requestId"]))
    visitor.tap(".hero a.btn")
    assert [address for address in asked.values() if not address.endswith(ICON)] == [visitor.quiz()]


def test_the_watch_sees_what_no_page_may_do(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.open(visitor.address())
    with visitor.page.expect_console_message():
        visitor.page.evaluate("fetch('http://192.0.2.1/').catch(() => undefined)")
    with visitor.page.expect_console_message():
        visitor.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
    with visitor.page.expect_response("**/missing.png"):
        visitor.page.evaluate("document.body.append(Object.assign(new Image(), {src: '/missing.png'}))")
    found, visitor.watch.troubles = visitor.watch.troubles, []
    assert sum("Content Security Policy" in each for each in found) >= 2
    assert sum("404" in each for each in found) == 1
