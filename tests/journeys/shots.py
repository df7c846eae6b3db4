"""Pictures of the main pages: `python -m tests.journeys.shots OUTDIR` writes `<page>-<lang>-<width>-<scheme>.png`."""

import argparse
import itertools
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.browsing import LANGUAGES, PHONE, WIDE, chromium, start_visit
from tests.journeys.places import named
from tests.servers import RunningProduct, running_product

PAGES = {
    "home": "home",
    "quiz": "quiz",
    "echo": "scenario-echo",
    "scale": "agreement-echo",
    "ordering": "ordering",
    "outcome": "outcome",
    "counts": "counts",
    "about": "about",
    "privacy": "privacy",
    "404": "404",
}
SCHEMES = ("light", "dark")


def take(browser: Browser, product: RunningProduct, page: str, language: str, target: Path) -> None:
    """Take one page in one language: phone and wide, light and dark."""
    visit = start_visit(browser, product, language)
    named(PAGES[page]).bring(visit)
    for viewport, scheme in itertools.product((PHONE, WIDE), SCHEMES):
        visit.page.set_viewport_size(viewport)
        visit.page.emulate_media(color_scheme=scheme)
        name = f"{page}-{language}-{viewport['width']}-{scheme}.png"
        visit.page.screenshot(path=target / name, full_page=True, animations="disabled")
    visit.context.close()


def main() -> None:
    """Start the product, and take every page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path, help="the folder that the pictures go to")
    target: Path = parser.parse_args().target
    target.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_product(Path(folder) / "data") as product,
        chromium() as browser,
    ):
        for page, language in itertools.product(PAGES, LANGUAGES):
            take(browser, product, page, language, target)


if __name__ == "__main__":
    main()
