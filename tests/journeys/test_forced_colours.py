"""Colours that somebody has chosen for every page: nothing vanishes, and one still sees where one is."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import PHONE, Visit
from tests.journeys.places import Place, named
from tests.journeys.test_accessibility import violations

NAMES = (
    "home",
    "quiz",
    "scenario-echo",
    "multiple-choice",
    "agreement-echo",
    "ordering",
    "item-error",
    "scale-chosen",
    "outcome",
    "counts",
    "resume",
    "ask-code-error",
    "privacy",
)
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
READABLE = 4.5
# axe measures the colours that a page asked for, not those that are forced.
COLOURS = ("color-contrast", "link-in-text-block")


@SCHEMES
@pytest.mark.parametrize("place", [named(name) for name in NAMES], ids=str)
def test_nothing_vanishes_in_forced_colours(glance: Callable[..., Visit], place: Place, scheme: str) -> None:
    visitor = glance(viewport=PHONE, forced_colors="active", color_scheme=scheme)
    place.bring(visitor)
    visitor.measure("openEverything")
    assert visitor.page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert visitor.measure("faint", READABLE) == []
    assert [each for each in violations(visitor) if not each.startswith(COLOURS)] == []


@SCHEMES
def test_the_focus_is_seen_in_forced_colours(glance: Callable[..., Visit], scheme: str) -> None:
    visitor = glance(forced_colors="active", color_scheme=scheme)
    for name in ("home", "multiple-choice", "scenario", "ordering"):
        named(name).bring(visitor)
        for _ in range(visitor.measure("countStops")):
            visitor.page.keyboard.press("Tab")
            stop = visitor.measure("focus")
            assert stop is None or stop["visible"], stop


@SCHEMES
def test_choices_are_seen_in_forced_colours(glance: Callable[..., Visit], scheme: str) -> None:
    visitor = glance(forced_colors="active", color_scheme=scheme)
    named("scale-chosen").bring(visitor)
    assert visitor.measure("outline", "button.chosen") >= 2
    assert visitor.measure("outline", "button.choice:not(.chosen)") == 0
    named("ticks-chosen").bring(visitor)
    assert visitor.measure("outline", "label.choice:has(:checked)") >= 2
    assert visitor.measure("outline", "label.choice:not(:has(:checked))") == 0


@SCHEMES
def test_signs_and_cloths_are_drawn_in_the_colour_of_words(glance: Callable[..., Visit], scheme: str) -> None:
    visitor = glance(forced_colors="active", color_scheme=scheme)
    named("agreement").bring(visitor)
    words = visitor.page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert fill(visitor, ".choice svg") == words
    named("outcome").bring(visitor)
    assert fill(visitor, ".cloth .c") == words


def fill(visit: Visit, selector: str) -> str:
    """Read the colour in which something is drawn."""
    return str(visit.page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).fill"))


def test_the_measure_finds_a_faint_text(glance: Callable[..., Visit]) -> None:
    visitor = glance()
    visitor.open(visitor.address("about"))
    assert visitor.measure("faint", READABLE) == []
    visitor.page.evaluate("document.querySelector('h1').style.color = '#eee'")
    assert "h1" in visitor.measure("faint", READABLE)[0]
