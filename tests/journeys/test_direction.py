"""From right to left: Arabic pages begin at the right, their cloths are mirrored, their digits are Western."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Visit, first_of
from tests.journeys.places import PLACES, Place, named


def left_of(visit: Visit, selector: str) -> float:
    """Measure where something begins, from the left."""
    box = visit.page.locator(selector).first.bounding_box()
    assert box is not None
    return box["x"]


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_an_arabic_page_begins_at_the_right(glance: Callable[..., Visit], place: Place) -> None:
    visitor = glance("ar")
    place.bring(visitor)
    visitor.measure("openEverything")
    assert visitor.page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert visitor.measure("direction") == []
    assert visitor.measure("digits") == []


def test_the_place_in_the_test_is_told_in_western_digits(glance: Callable[..., Visit]) -> None:
    visitor = glance("ar")
    visitor.send(1)
    visitor.open(visitor.quiz("2"))
    place = visitor.page.locator(".place b").inner_text()
    assert "2" in place
    assert "18" in place


@pytest.mark.parametrize("language", ["en", "ar"])
def test_name_and_languages_lie_at_their_own_sides(glance: Callable[..., Visit], language: str) -> None:
    visitor = glance(language)
    visitor.open(visitor.address())
    name_is_left = left_of(visitor, ".name") < left_of(visitor, ".langs")
    assert name_is_left == (language == "en")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_cloth_runs_with_the_script(glance: Callable[..., Visit], language: str) -> None:
    visitor = glance(language)
    named("outcome").bring(visitor)
    first_is_left = left_of(visitor, "thead th:nth-of-type(1)") < left_of(visitor, "thead th:nth-of-type(3)")
    assert first_is_left == (language == "en")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_small_cloth_and_its_words_run_with_the_script(glance: Callable[..., Visit], language: str) -> None:
    visitor = glance(language)
    visitor.open(visitor.quiz("2"))
    cloth_is_left = left_of(visitor, ".place svg") < left_of(visitor, ".place p")
    transform = visitor.page.evaluate("getComputedStyle(document.querySelector('.place svg')).transform")
    assert cloth_is_left == (language == "en")
    assert transform == ("none" if language == "en" else "matrix(-1, 0, 0, 1, 0, 0)")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_mark_of_a_choice_stands_before_its_words(glance: Callable[..., Visit], language: str) -> None:
    visitor = glance(language)
    visitor.open(visitor.quiz(str(first_of("multiple-choice"))))
    choice = visitor.page.locator(".choice").first
    words = choice.locator("span").bounding_box()
    whole = choice.bounding_box()
    assert words is not None
    assert whole is not None
    left, right = words["x"] - whole["x"], whole["x"] + whole["width"] - words["x"] - words["width"]
    assert 20 < (left if language == "en" else right) < 70


def test_a_code_and_a_link_are_written_from_left_to_right(glance: Callable[..., Visit]) -> None:
    visitor = glance("ar")
    named("resume").bring(visitor)
    for selector in (".code.big", "#link"):
        assert visitor.page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).direction") == "ltr"


def test_the_measure_finds_a_fixed_side(glance: Callable[..., Visit]) -> None:
    visitor = glance("ar")
    visitor.open(visitor.address("about"))
    visitor.page.evaluate("document.querySelector('h1').style.textAlign = 'left'")
    assert "fixed side" in visitor.measure("direction")[0]
