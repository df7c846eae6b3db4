"""What a person meets: steps, fields and cookies of the whole test, and what its pages weigh on the wire."""

import asyncio
import gzip
import re
from dataclasses import dataclass

from tests.bench.attempts import walk_once
from tests.bench.client import Answer, Browser, Connection, request_bytes
from tests.bench.journey import QUIZ, Walk, parse
from tests.bench.load import expect
from tests.bench.servers import Server, product
from tests.bench.table import Bench, Result

LANGUAGES = ("en", "fr", "ar")
ITEMS, MOST_STEPS = 18, 22
KILOBYTE = 1_000
FIRST, LATER, SCRIPTS = 30, 8, 5
MOST_REQUESTS = 4
LOADED = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


def measure_journey(bench: Bench) -> Result:
    """Take the whole test in each language without scripts."""
    with product(bench.new_folder("journey")) as server:
        walks = [walk_once(server, language) for language in LANGUAGES]
        around = asyncio.run(_cookies_around(server))
    told = [
        f"{walk.language}: {len(walk.forms)} items in {len(walk.forms) + 1} steps, {walk.typed} fields typed"
        for walk in walks
    ]
    cookies = around + sum(walk.cookies_before for walk in walks)
    holds = all(_is_whole(walk) for walk in walks) and cookies == 0
    return Result(f"{'; '.join(told)}; {cookies} cookies before the first response", holds)


def _is_whole(walk: Walk) -> bool:
    arrived = walk.last_path == f"/{walk.language}/quizzes/{QUIZ}/outcome"
    spoken = all(parse(answer.text).get("lang") == walk.language for answer in walk.answers)
    # The first page is a step too; each form with its redirect is one.
    return arrived and spoken and len(walk.forms) == ITEMS and ITEMS + 1 <= MOST_STEPS and walk.typed == 0


async def _cookies_around(server: Server) -> int:
    """Count the cookies that are set on other pages of somebody who has not begun."""
    browser = Browser(Connection(server.port))
    await browser.get("/")
    for language in LANGUAGES:
        for place in ("", "about", "privacy", "accessibility", f"quizzes/{QUIZ}/2"):
            expect(await browser.get(f"/{language}/{place}"), 200)
    return browser.cookies_set


@dataclass(frozen=True)
class Weight:
    """What a first visit to a page costs on the wire."""

    requests: int
    size: int
    scripts: int
    elsewhere: tuple[str, ...]


def measure_weight(bench: Bench) -> Result:
    """Weigh a first visit to each item page, and each page that follows, in each language; the heaviest counts."""
    with product(bench.new_folder("weight")) as server:
        walks = [walk_once(server, language) for language in LANGUAGES]
        first = [asyncio.run(_first_visit(server, answer)) for walk in walks for answer in walk.answers[:ITEMS]]
    later = {f"{walk.language} {n}": answer.size for walk in walks for n, answer in enumerate(walk.answers, 1)}
    heaviest, requests = max(weight.size for weight in first), max(weight.requests for weight in first)
    scripts, last = max(weight.scripts for weight in first), max(later.values())
    elsewhere = sorted({address for weight in first for address in weight.elsewhere})
    measured = f"{_kb(heaviest)} in {requests} requests, scripts {_kb(scripts)}; later pages {_kb(last)} at most"
    light = heaviest <= FIRST * KILOBYTE and scripts <= SCRIPTS * KILOBYTE and last <= LATER * KILOBYTE
    holds = light and requests <= MOST_REQUESTS and not elsewhere
    return Result(measured, holds, {"later": later, "from_elsewhere": elsewhere})


def _kb(size: int) -> str:
    return f"{size / KILOBYTE:.1f} KB"


async def _first_visit(server: Server, page: Answer) -> Weight:
    """Load what a browser loads with a page: style sheets and what they name, icons, scripts, pictures."""
    connection = Connection(server.port)
    wanted, size, scripts, seen = _linked(page), page.size, 0, []
    for address in wanted:
        if address in seen or "://" in address:
            continue
        answer = expect(await connection.ask(request_bytes(server.port, "GET", address)), 200)
        seen.append(address)
        size += answer.size
        kind = answer.header_values("content-type")[0]
        scripts += len(gzip.compress(answer.plain_body, 9)) if "javascript" in kind else 0
        wanted += re.findall(r"url\([\"']?(?!data:)([^\"')]+)", answer.text) if "css" in kind else []
    connection.close()
    return Weight(1 + len(seen), size, scripts, tuple(address for address in wanted if "://" in address))


def _linked(page: Answer) -> list[str]:
    """List what a page makes a browser load."""
    root = parse(page.text)
    links = [each.get("href") for each in root.findall(".//link") if LOADED & set(each.get("rel", "").split())]
    sources = [each.get("src") for tag in ("script", "img", "iframe", "source") for each in root.findall(f".//{tag}")]
    return [address for address in links + sources if address]
