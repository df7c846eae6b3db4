"""Accessibility rules by machine: every kind of page, phone and wide, light and dark, in every language."""

import itertools
import os
from collections import defaultdict
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.browsing import LANGUAGES, PHONE, WIDE, Visit
from tests.journeys.places import PLACES, Place

WIDTHS = {"phone": PHONE, "wide": WIDE}
SCHEMES = ("light", "dark")
# Any three of these in a row hold both widths and both schemes.
ROUND = (("phone", "light"), ("wide", "dark"), ("phone", "dark"), ("wide", "light"))
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
Case = tuple[Place, str, str, str]


def pairwise() -> list[Case]:
    """Let every kind of page meet every language, both widths and both schemes."""
    return [
        (place, language, *ROUND[(index + turn) % len(ROUND)])
        for index, place in enumerate(PLACES)
        for turn, language in enumerate(LANGUAGES)
    ]


def everything() -> list[Case]:
    """Combine every kind of page with everything."""
    return list(itertools.product(PLACES, LANGUAGES, WIDTHS, SCHEMES))


CASES = everything() if os.environ.get("FULL") else pairwise()


def violations(visit: Visit) -> list[str]:
    """Ask axe about the page that is shown."""
    visit.measure("openEverything")
    found = Axe().run(visit.page, options=RULES).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['target']} {each['nodes'][0]['failureSummary']}" for each in found]


@pytest.mark.parametrize(("place", "language", "width", "scheme"), CASES, ids=str)
def test_no_rule_is_broken(glance: Callable[..., Visit], place: Place, language: str, width: str, scheme: str) -> None:
    visitor = glance(language, WIDTHS[width], color_scheme=scheme)
    place.bring(visitor)
    assert visitor.page.locator("html").get_attribute("lang") == language
    assert violations(visitor) == []


def test_every_page_meets_every_language_width_and_scheme() -> None:
    met: dict[str, set[str]] = defaultdict(set)
    pairs: set[tuple[str, str]] = set()
    for place, *values in pairwise():
        met[place.name].update(values)
        pairs.update(itertools.combinations(values, 2))
    for values in met.values():
        assert values == {*LANGUAGES, *WIDTHS, *SCHEMES}
    assert len(met) == len(PLACES)
    assert len(pairs) == len(LANGUAGES) * 2 + len(LANGUAGES) * 2 + 4


def test_the_rules_find_what_is_broken(glance: Callable[..., Visit]) -> None:
    visitor = glance()
    visitor.open(visitor.address("about"))
    visitor.page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    assert [each.partition(":")[0] for each in violations(visitor)] == ["label"]
