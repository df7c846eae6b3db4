"""On paper: what one has thought about, without anything that can only be tapped."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.browsing import LANGUAGES, Visit
from tests.journeys.places import named

TAPPED = "button, .btn, .langs, .skip, .words, .back, .foot nav, .places, select, input"


def visible(visit: Visit, selector: str) -> list[str]:
    """List what is shown of these: their words."""
    found = visit.page.locator(selector)
    shown = [found.nth(index) for index in range(found.count()) if found.nth(index).is_visible()]
    return [str(each.text_content()) for each in shown]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outcome_on_paper_is_the_cloth_without_buttons(glance: Callable[..., Visit], language: str) -> None:
    visitor = glance(language)
    named("outcome").bring(visitor)
    visitor.page.emulate_media(media="print")
    assert visible(visitor, TAPPED) == []
    assert len(visible(visitor, ".cloth td svg")) == 9
    assert visible(visitor, "h1")
    assert visible(visitor, ".explored dd")
    assert visitor.measure("faint", 4.5) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outcome_fits_a_few_sheets(glance: Callable[..., Visit], language: str) -> None:
    visitor = glance(language)
    named("outcome").bring(visitor)
    visitor.page.emulate_media(media="print")
    paper = visitor.page.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_whatever_the_screen_is(glance: Callable[..., Visit], scheme: str) -> None:
    visitor = glance(color_scheme=scheme)
    named("outcome").bring(visitor)
    visitor.page.emulate_media(media="print")
    assert visitor.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert visitor.page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"


def test_the_picture_to_scan_and_its_address_are_printed(glance: Callable[..., Visit]) -> None:
    visitor = glance()
    named("friends").bring(visitor)
    visitor.page.emulate_media(media="print")
    assert visible(visitor, TAPPED) == []
    assert visitor.page.locator(".qr svg").is_visible()
    assert visitor.quiz() in visible(visitor, "bdi")


def test_the_button_prints(glance: Callable[..., Visit]) -> None:
    visitor = glance()
    named("outcome").bring(visitor)
    visitor.page.evaluate("window.print = () => { document.title = 'printed' }")
    visitor.touch("[data-print]")
    assert visitor.page.title() == "printed"
