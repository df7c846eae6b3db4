"""Somebody without scripts takes the whole test: reads each page's form, fills in the least, sends it."""

from dataclasses import dataclass, field
from typing import Any

import html5lib

from tests.bench.client import Answer, Browser
from tests.bench.load import expect

QUIZ = "intercultural-citizenship"
TYPED = {"text", "search", "email", "tel", "url", "number", "password", "date", "time"}

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class FilledForm:
    """The form of an item page, with the least that can be chosen."""

    action: str
    token: str
    choices: tuple[str, ...]
    typed: int

    @property
    def fields(self) -> Fields:
        """List what a browser sends."""
        return [("token", self.token), *(("choice", choice) for choice in self.choices)]


def parse(text: str) -> Any:
    """Read a page."""
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(text)


def fill(text: str) -> FilledForm:
    """Fill the item form of a page."""
    form = next(each for each in parse(text).findall(".//form") if each.get("action", "").endswith("/response"))
    token = form.find(".//input[@name='token']").get("value")
    inputs = form.findall(".//input")
    typed = [each for each in inputs if each.get("type", "text") in TYPED] + form.findall(".//textarea")
    one = [each.get("value") for each in form.findall(".//button[@name='choice']")]
    one += [each.get("value") for each in inputs if each.get("type") in {"checkbox", "radio"}]
    places = form.findall(".//select")
    ordered = [option.get("value") for option in places[0].findall("option") if option.get("value")] if places else []
    return FilledForm(form.get("action"), token, tuple(ordered or one[:1]), len(typed))


@dataclass
class Walk:
    """One whole test as it was walked."""

    language: str
    answers: list[Answer] = field(default_factory=list)  # the pages: 18 items, then the outcome
    forms: list[FilledForm] = field(default_factory=list)
    cookies_before: int = 0
    cookies_after: int = 0
    last_path: str = ""

    @property
    def typed(self) -> int:
        """Count the fields that had to be typed into."""
        return sum(form.typed for form in self.forms)


async def take_test(browser: Browser, language: str = "en", most: int = 40) -> Walk:
    """Take the test from its first page to the outcome."""
    walk = Walk(language)
    path = f"/{language}/quizzes/{QUIZ}/"
    answer = expect(await browser.get(path), 200)
    walk.cookies_before = browser.cookies_set
    while not path.endswith("/outcome") and len(walk.forms) < most:
        walk.answers.append(answer)
        walk.forms.append(fill(answer.text))
        sent = expect(await browser.post(walk.forms[-1].action, walk.forms[-1].fields), 303)
        path = sent.location
        answer = expect(await browser.get(path), 200)
    walk.answers.append(answer)
    walk.last_path, walk.cookies_after = path, browser.cookies_set
    return walk
