"""What the journeys share: one product and one browser for each worker, and visits that are watched."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.browsing import WIDE, Visit, chromium, start_visit
from tests.servers import RunningProduct, running_product

BROWSERS = 2  # at most, however many workers there are
HERE = Path(__file__).parent
SCREEN = {"media": "screen", "color_scheme": "light", "forced_colors": "none"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and deal them out to the browsers."""
    ours = [item for item in items if HERE in item.path.parents]
    for index, item in enumerate(ours):
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group(f"browser-{index % BROWSERS + 1}"))


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProduct]:
    """The product, serving a town."""
    data = tmp_path_factory.mktemp("product") / "data"
    with running_product(data, CITY="Villa Ejemplo", CONTACT="office@villa.example") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def visit(product: RunningProduct, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Begin visits: `visit("ar", java_script_enabled=False)`. Whatever a page must not do fails the test."""
    visits: list[Visit] = []

    def begin(language: str = "en", **how: object) -> Visit:
        visits.append(start_visit(browser, product, language, **how))
        return visits[-1]

    yield begin
    for each in visits:
        each.context.close()
    assert [trouble for each in visits for trouble in each.watch.troubles] == []


@pytest.fixture(scope="session")
def window(product: RunningProduct, browser: Browser) -> Iterator[Visit]:
    """One window for all glances: a new one costs more than the page that is looked at."""
    opened = start_visit(browser, product)
    yield opened
    opened.context.close()


@pytest.fixture
def glance(window: Visit) -> Iterator[Callable[..., Visit]]:
    """Look at one page, as somebody who was never here: `glance("ar", PHONE, color_scheme="dark")`."""

    def look(language: str = "en", viewport: dict[str, int] = WIDE, **media: Any) -> Visit:
        window.context.clear_cookies()
        window.page.goto("about:blank")
        window.page.set_viewport_size(viewport)
        window.page.emulate_media(**{**SCREEN, **media})
        window.language = language
        window.watch.requests.clear()
        return window

    yield look
    troubles, window.watch.troubles = window.watch.troubles, []
    assert troubles == []
