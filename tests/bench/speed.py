"""Processor time of the product, against the floor that does the same physical work in the same minutes."""

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.bench.attempts import COOKIE, START, TOKEN, begin_attempts, response_request, walk_once
from tests.bench.client import Answer, Connection, form_body, request_bytes
from tests.bench.floor_pages import floor_page, gzip_level
from tests.bench.journey import FilledForm
from tests.bench.load import CONNECTIONS, Comparison, Script, compare, drive, expect
from tests.bench.processes import wait_until_idle
from tests.bench.servers import Server, floor, product
from tests.bench.table import Bench, Result

NUMBERS = range(2, 18)  # the items in the middle of the test


@dataclass(frozen=True)
class Pair:
    """The product and the floor, both running, and the forms of one whole test."""

    product: Server
    floor: Server
    forms: list[FilledForm]
    answers: list[Answer]


def run_pair(stack: ExitStack, folder: Path) -> Pair:
    """Start both; the floor has pages of the sizes that the product just sent."""
    ours = stack.enter_context(product(folder / "product"))
    walk = walk_once(ours)
    pages = [floor_page(answer) for answer in walk.answers]
    bare = stack.enter_context(floor(folder / "floor", pages, gzip_level(walk.answers[1])))
    wait_until_idle(ours.pid)
    return Pair(ours, bare, walk.forms, walk.answers)


def asking(requests: Iterator[bytes], status: int) -> Script:
    """Make a script that sends the next request."""

    async def ask(connection: Connection) -> None:
        expect(await connection.ask(next(requests)), status)

    return ask


def page_scripts(port: int, pages: list[tuple[str, str]]) -> list[Script]:
    """Make a script for each connection: it fetches all pages, (address, cookie), from a place of its own onwards."""
    requests = [request_bytes(port, "GET", address, b"", cookie) for address, cookie in pages]
    turns = (itertools.cycle(requests[place:] + requests[:place]) for place in range(CONNECTIONS))
    return [asking(turn, 200) for turn in turns]


def told(comparison: Comparison, limit: float, **more: object) -> Result:
    """Say what came of a comparison with the floor."""
    measured = f"{comparison.ratio:.2f} × ({comparison.second_ms:.2f} ms; floor {comparison.first_ms:.2f} ms)"
    figures = {"rounds": comparison.rounds, "floor_ms": comparison.first_all, "product_ms": comparison.second_all}
    return Result(measured, comparison.ratio <= limit, {"ratio": comparison.ratio, **figures, **more})


def measure_page(bench: Bench) -> Result:
    """CPU of an item page, with the reflection on the one before, for somebody who has just come to it."""
    with ExitStack() as stack:
        pair = run_pair(stack, bench.new_folder("page"))
        tokens = [begin_attempts(pair.product, pair.forms, 1, number - 1)[0] for number in NUMBERS]
        addresses = [(f"{START}{n}", f"{COOKIE}={token}") for n, token in zip(NUMBERS, tokens, strict=True)]
        ours = page_scripts(pair.product.port, addresses)
        bare = page_scripts(pair.floor.port, [(f"/pages/{n}", f"attempt={n}") for n in NUMBERS])
        sizes = asyncio.run(_sizes(pair, addresses))
        wait_until_idle(pair.product.pid)
        compared = compare(
            lambda: drive(pair.floor, bare, bench.seconds),
            lambda: drive(pair.product, ours, bench.seconds),
            bench.rounds,
        )
    return told(compared, 2.0, sizes=sizes)


async def _sizes(pair: Pair, addresses: list[tuple[str, str]]) -> dict[str, list[int]]:
    """Compare the sizes of the pages on both sides: plain, and packed."""
    ours, bare = Connection(pair.product.port), Connection(pair.floor.port)
    sizes: dict[str, list[int]] = {"product": [], "product_gz": [], "floor": [], "floor_gz": []}
    for number, (address, cookie) in zip(NUMBERS, addresses, strict=True):
        for name, connection, path in (("product", ours, address), ("floor", bare, f"/pages/{number}")):
            answer = await connection.ask(request_bytes(connection.port, "GET", path, b"", cookie))
            sizes[name].append(len(answer.plain_body))
            sizes[f"{name}_gz"].append(len(answer.body))
    return sizes


def measure_whole(bench: Bench) -> Result:
    """CPU of one whole test: 37 requests to the product; the floor answers each of 18 responses with the next page."""
    with ExitStack() as stack:
        pair = run_pair(stack, bench.new_folder("whole"))

        async def ours(connection: Connection) -> None:
            port = connection.port
            token = TOKEN.findall(expect(await connection.ask(request_bytes(port, "GET", START)), 200).text)[0]
            for form in pair.forms:
                sent = expect(await connection.ask(response_request(port, form, token)), 303)
                cookie = sent.header_values("set-cookie")[0].partition(";")[0]
                token = cookie.partition("=")[2]
                expect(await connection.ask(request_bytes(port, "GET", sent.location, b"", cookie)), 200)

        bare = _floor_test(pair)
        compared = compare(
            lambda: drive(pair.floor, [bare] * CONNECTIONS, bench.seconds),
            lambda: drive(pair.product, [ours] * CONNECTIONS, bench.seconds),
            bench.rounds,
        )
    return told(compared, 3.0)


def _floor_test(pair: Pair) -> Script:
    """Make the floor's whole test of 20 requests: a page, 18 responses that answer with a page, and a page."""
    attempts = itertools.count(1)

    async def bare(connection: Connection) -> None:
        port, attempt = connection.port, str(next(attempts))
        expect(await connection.ask(request_bytes(port, "GET", "/pages/1")), 200)
        for number, form in enumerate(pair.forms, 1):
            body = form_body([("token", attempt), *(("choice", choice) for choice in form.choices)])
            address, cookie = f"/pages/{number}/next", f"attempt={attempt}"
            expect(await connection.ask(request_bytes(port, "POST", address, body, cookie)), 200)
        last = f"/pages/{len(pair.forms) + 1}"
        expect(await connection.ask(request_bytes(port, "GET", last, b"", f"attempt={attempt}")), 200)

    return bare
