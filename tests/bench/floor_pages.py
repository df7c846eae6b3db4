"""Pages for the floor, made from the product's own: as many bytes, as many links and choices, packed as tightly."""

import gzip
import re
from typing import Any

from tests.bench import floor
from tests.bench.client import Answer
from tests.bench.journey import parse

LEVELS = range(1, 10)
LONGEST_TOKEN = "1000"


def gzip_level(answer: Answer) -> int:
    """Find out how tightly the product packs its pages."""
    return min(LEVELS, key=lambda level: abs(len(gzip.compress(answer.plain_body, level, mtime=0)) - len(answer.body)))


def floor_page(answer: Answer) -> dict[str, object]:
    """Take title, links, choices, texts and drawings from a page, and as much of its markup as makes it as long."""
    text, root = answer.text, parse(answer.text)
    title, links, choices = root.find(".//title"), root.findall(".//a"), _choices(root)
    elsewhere = {_words(each) for each in (title, *links, *choices)}
    spoken = dict.fromkeys(" ".join(each.split()) for each in root.itertext())
    page: dict[str, object] = {
        "title": _words(title),
        "links": [{"address": each.get("href"), "text": _words(each)} for each in links],
        "choices": [{"id": each.get("value"), "text": _words(each)} for each in choices],
        "paragraphs": [each for each in spoken if each and each not in elsewhere],
        "drawings": "",
    }
    missing = len(answer.plain_body) - len(_rendered(page))
    page["drawings"] = _markup(text).encode()[: max(0, missing)].decode("utf-8", "ignore")
    return page


def _markup(text: str) -> str:
    """Take the drawings of a page, then the rest of its tags."""
    drawing = re.compile(r"(?s)<svg.*?</svg>")
    tags = re.findall(r"<(?!/?script|/)[^>]*>", drawing.sub("", text))
    return "".join(drawing.findall(text)) + "".join(sorted(tags, key=len, reverse=True))


def _choices(root: Any) -> list[Any]:
    form = root.find(".//main//form")
    if form is None:
        return []
    named = [each for each in form.iter() if each.tag in {"button", "input"} and each.get("name") == "choice"]
    return named or form.findall(".//option")


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _rendered(page: dict[str, object]) -> bytes:
    with floor.app.test_request_context():
        return floor.render(2, page, LONGEST_TOKEN, None).encode()
