"""Somebody with a browser: Chromium, one visit per context, and a watch on everything that a page must not do."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    sync_playwright,
)

from app.content.loader import read_bundles
from app.content.model import Item
from tests.conftest import TEST
from tests.servers import ROOT, RunningProduct

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
BUNDLE = read_bundles([ROOT / "quizzes"], {}).bundles[TEST]
ITEMS: tuple[Item, ...] = BUNDLE.quiz.items
LANGUAGES = ("en", "fr", "ar")
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}
COOKIE = f"attempt-{TEST}"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MEASURES = (Path(__file__).parent / "measures.js").read_text()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the browser of this machine, and close it afterwards."""
    program = shutil.which("chromium")
    assert program, "chromium is not installed; make test says how to get it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Watch:
    """Notes every request, and whatever no page of ours may do: errors, broken files, calls to other hosts."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.requests: list[Request] = []
        self.troubles: list[str] = []
        self._address = address
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))

    def posts(self) -> list[Request]:
        """List what was sent by forms."""
        return [each for each in self.requests if each.method == "POST"]

    def _request(self, request: Request) -> None:
        self.requests.append(request)
        if request.url.startswith("http") and not request.url.startswith(f"{self._address}/"):
            self.troubles.append(f"asked another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.troubles.append(f"{response.status} for {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium writes the status of every error page to its console; for files the response says it.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console: {message.text}")


@dataclass
class Visit:
    """Somebody visits the product, in a language, with a browser of their own."""

    page: Page
    product: RunningProduct
    language: str
    watch: Watch
    scripts: bool = True
    taps: int = field(default=0)

    @property
    def context(self) -> BrowserContext:
        """The browser's own memory: cookies and storage."""
        return self.page.context

    def address(self, rest: str = "") -> str:
        """Write the address of a page in the language of this visit."""
        return f"{self.product.address}/{self.language}/{rest}"

    def quiz(self, rest: str = "") -> str:
        """Write an address below the quiz."""
        return self.address(f"quizzes/{TEST}/{rest}")

    def open(self, address: str) -> Response:
        """Type an address."""
        response = self.page.goto(address)
        assert response is not None
        return response

    def tap(self, target: str | Locator) -> None:
        """Tap something that leads to another page, and wait until that is there."""
        self.taps += 1
        found = self.page.locator(target).first if isinstance(target, str) else target
        with self.page.expect_navigation():
            found.click()

    def touch(self, target: str | Locator) -> None:
        """Tap something that changes this page alone."""
        self.taps += 1
        (self.page.locator(target).first if isinstance(target, str) else target).click()

    def measure(self, name: str, *arguments: Any) -> Any:
        """Measure the page by one of the functions in measures.js."""
        return self.page.evaluate(f"(given) => ({MEASURES})[{name!r}](...given)", list(arguments))

    def is_at(self, rest: str) -> bool:
        """Say whether this page of the quiz is shown."""
        return self.page.url.partition("#")[0].partition("?")[0] == self.quiz(rest)

    def cookie(self) -> str:
        """Read the cookie of the attempt, or nothing."""
        found = [each["value"] for each in self.context.cookies() if each["name"] == COOKIE]
        return found[0] if found else ""

    def send(self, number: int, *choices: str) -> None:
        """Send the form of an item without showing it, where a test is about what comes after."""
        token = self.cookie() or self._fresh_token()
        pairs = [("token", token), *(("choice", each) for each in choices or least(ITEMS[number - 1]))]
        self._post(f"{number}/response", pairs)

    def pass_by(self, number: int) -> None:
        """Pass an item without showing it."""
        self._post(f"{number}/pass", [("token", self.cookie() or self._fresh_token())])

    def answer_everything(self) -> None:
        """Send the least that can be chosen in every item."""
        for number in range(1, len(ITEMS) + 1):
            self.send(number)

    def _fresh_token(self) -> str:
        text = self.context.request.get(self.quiz()).text()
        return re.findall(r'name="token" value="([^"]+)"', text)[0]

    def _post(self, rest: str, pairs: list[tuple[str, str]]) -> None:
        sent = self.context.request.post(self.quiz(rest), headers=FORM, data=urlencode(pairs), max_redirects=0)
        assert sent.status == 303, sent.status


def least(item: Item) -> tuple[str, ...]:
    """Choose the least one can: an order as it stands, else the first choice."""
    return item.choice_ids if item.kind == "ordering" else item.choice_ids[:1]


def first_of(kind: str) -> int:
    """Find the first item of a kind that stands under another one: its number."""
    return next(number for number, item in enumerate(ITEMS, 1) if item.kind == kind and number > 1)


def start_visit(browser: Browser, product: RunningProduct, language: str = "en", **how: Any) -> Visit:
    """Open a fresh context with its watch; `how` is what Playwright lets one say of a context."""
    how.setdefault("viewport", WIDE)
    how.setdefault("reduced_motion", "reduce")
    context = browser.new_context(**how)
    context.set_default_timeout(20_000)
    watch = Watch(context, product.address)
    return Visit(context.new_page(), product, language, watch, scripts=how.get("java_script_enabled", True))
