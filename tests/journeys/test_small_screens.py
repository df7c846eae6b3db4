"""Phones, 320 pixels, 400 per cent: nothing runs off the side, all can be tapped, the next question is in sight."""

import itertools
from collections.abc import Callable, Iterator

import pytest

from app.assessment.feedback import reflection_id
from app.content.model import Item
from tests.journeys.browsing import ITEMS, LANGUAGES, PHONE, Visit
from tests.journeys.places import PLACES, Place

OLD_PHONE = {"width": 360, "height": 640}
NARROW = {"width": 320, "height": 640}
ENLARGED = {"width": 320, "height": 256}  # what is left of 1280 by 1024 at 400 %
TARGET = 24  # CSS pixels, for links
BUTTON = 44


def ways_to_choose(item: Item) -> Iterator[tuple[str, ...]]:
    """List one way to choose for each choice that is answered in its own words, and for each rule."""
    if item.kind != "multiple-choice":
        yield from ((choice,) for choice in item.choice_ids)
        return
    found: dict[str, tuple[str, ...]] = {}
    for size in range(1, len(item.choice_ids) + 1):
        for chosen in itertools.combinations(item.choice_ids, size):
            found.setdefault(reflection_id(item, chosen), chosen)
    yield from found.values()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(2, 7))
def test_after_a_response_the_next_question_begins_on_the_same_screen(
    visit: Callable[..., Visit], language: str, number: int
) -> None:
    visitor = visit(language, viewport=OLD_PHONE, has_touch=True, is_mobile=True)
    below = {}
    for chosen in ways_to_choose(ITEMS[number - 2]):
        visitor.send(number - 1, *chosen)
        visitor.page.goto("about:blank")  # else only the anchor would be looked for again
        visitor.open(visitor.quiz(f"{number}#echo"))
        box = visitor.page.locator("#item").bounding_box()
        assert box is not None
        if box["y"] >= OLD_PHONE["height"]:
            below[" ".join(chosen)] = round(box["y"])
    assert below == {}


CASES = [
    (place, language)
    for index, place in enumerate(PLACES)
    for language in LANGUAGES
    if not place.name.isdigit() or language == LANGUAGES[index % 3]  # error pages share one template
]


@pytest.mark.parametrize(("place", "language"), CASES, ids=str)
def test_nothing_runs_off_the_side_of_a_small_screen(glance: Callable[..., Visit], place: Place, language: str) -> None:
    visitor = glance(language, ENLARGED)
    place.bring(visitor)
    visitor.measure("openEverything")
    assert visitor.measure("sideways") == []
    assert visitor.measure("clipped") == []
    visitor.page.set_viewport_size(NARROW)
    visitor.measure("spaceOut")
    assert visitor.measure("sideways") == []
    assert visitor.measure("clipped") == []
    visitor.page.set_viewport_size(PHONE)
    assert visitor.measure("sideways") == []
    assert visitor.measure("clipped") == []


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_everything_is_large_enough_to_be_tapped(glance: Callable[..., Visit], place: Place) -> None:
    language = LANGUAGES[PLACES.index(place) % len(LANGUAGES)]
    visitor = glance(language, OLD_PHONE)
    place.bring(visitor)
    visitor.measure("openEverything")
    assert visitor.measure("small", TARGET, BUTTON) == []


def test_the_measures_find_what_is_wrong(glance: Callable[..., Visit]) -> None:
    visitor = glance(viewport=NARROW)
    visitor.open(visitor.address("about"))
    visitor.page.evaluate(
        """() => {
          document.querySelector("h1").style.inlineSize = "400px";
          Object.assign(document.querySelector(".lead").style, {blockSize: "20px", overflow: "hidden"});
          const tiny = document.createElement("button");
          Object.assign(tiny.style, {inlineSize: "20px", blockSize: "20px", padding: 0});
          document.querySelector("main").append(tiny);
        }"""
    )
    assert any("h1" in each for each in visitor.measure("sideways"))
    assert [each[:1] for each in visitor.measure("clipped")] == ["p"]
    assert [each.split()[-1] for each in visitor.measure("small", TARGET, BUTTON)] == ["20×20"]
