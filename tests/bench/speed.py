"""Processor time of the product, against the floor that does the same physical work in the same minutes."""

import asyncio
import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.bench.client import Answer, Browser, Connection, form_body, request_bytes
from tests.bench.floor_pages import floor_page, gzip_level
from tests.bench.journey import QUIZ, FilledForm, Walk, take_test
from tests.bench.load import CONNECTIONS, Comparison, Load, Script, compare, drive, expect
from tests.bench.processes import wait_until_idle
from tests.bench.servers import Server, floor, product
from tests.bench.table import Bench, Result

COOKIE = f"attempt-{QUIZ}"
START = f"/en/quizzes/{QUIZ}/"
TOKEN = re.compile(r'name="token" value="([^"]+)"')
NUMBERS = range(2, 18)  # the items in the middle of the test


@dataclass(frozen=True)
class Pair:
    """The product and the floor, both running, and the forms of one whole test."""

    product: Server
    floor: Server
    forms: list[FilledForm]
    answers: list[Answer]


def walk_once(server: Server, language: str = "en") -> Walk:
    """Take the whole test once."""
    return asyncio.run(take_test(Browser(Connection(server.port)), language))


def run_pair(stack: ExitStack, folder: Path) -> Pair:
    """Start both; the floor has pages of the sizes that the product just sent."""
    ours = stack.enter_context(product(folder / "product"))
    walk = walk_once(ours)
    pages = [floor_page(answer) for answer in walk.answers]
    bare = stack.enter_context(floor(folder / "floor", pages, gzip_level(walk.answers[1])))
    wait_until_idle(ours.pid)
    return Pair(ours, bare, walk.forms, walk.answers)


async def begin_attempt(connection: Connection, forms: list[FilledForm], items: int = 1) -> str:
    """Begin an attempt with responses to the first items; says its token, which is its cookie too."""
    port = connection.port
    page = expect(await connection.ask(request_bytes(port, "GET", START)), 200)
    token = TOKEN.findall(page.text)[0]
    for form in forms[:items]:
        token = await respond(connection, form, token)
    return token


async def respond(connection: Connection, form: FilledForm, token: str) -> str:
    """Send one response; says the token of the attempt."""
    sent = expect(await connection.ask(response_request(connection.port, form, token)), 303)
    return sent.header_values("set-cookie")[0].partition(";")[0].partition("=")[2]


def response_request(port: int, form: FilledForm, token: str) -> bytes:
    """Write the request that sends a response."""
    body = form_body([("token", token), *(("choice", choice) for choice in form.choices)])
    return request_bytes(port, "POST", form.action, body, f"{COOKIE}={token}" if token.startswith("a") else "")


def begin_attempts(server: Server, forms: list[FilledForm], count: int, items: int = 1) -> list[str]:
    """Begin many attempts; says their tokens."""

    async def begin(share: int) -> list[str]:
        connection = Connection(server.port)
        tokens = [await begin_attempt(connection, forms, items) for _ in range(share)]
        connection.close()
        return tokens

    async def all_of_them() -> list[list[str]]:
        shares = [count // CONNECTIONS + (place < count % CONNECTIONS) for place in range(CONNECTIONS)]
        return await asyncio.gather(*(begin(share) for share in shares))

    return list(itertools.chain.from_iterable(asyncio.run(all_of_them())))


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


def measure_response(bench: Bench) -> Result:
    """CPU of one stored response: items 2 to 17 of attempts that have begun, none of them stored before."""
    with ExitStack() as stack:
        pair = run_pair(stack, bench.new_folder("response"))
        bare = response_rounds_of_floor(pair, bench)
        ours = response_rounds(pair.product, pair.forms, bench)
        compared = compare(bare, ours, bench.rounds)
    return told(compared, 2.5)


def response_rounds(server: Server, forms: list[FilledForm], bench: Bench) -> Callable[[], Load]:
    """Make rounds of responses to the product; the attempts are begun before each round, and not counted."""
    middle = [forms[number - 1] for number in NUMBERS]

    def once() -> Load:
        tokens = begin_attempts(server, forms, bench.pick(320, 120))
        requests = (response_request(server.port, form, token) for token in tokens for form in middle)
        wait_until_idle(server.pid)
        return drive(server, [_until_used_up(requests, bench)] * CONNECTIONS, bench.seconds)

    return once


def response_rounds_of_floor(pair: Pair, bench: Bench) -> Callable[[], Load]:
    """Make rounds of responses to the floor, with forms of the same length."""
    attempts = itertools.count(1)

    def bodies() -> Iterator[bytes]:
        for attempt in attempts:
            for number in NUMBERS:
                fields = [("token", str(attempt)), *(("choice", each) for each in pair.forms[number - 1].choices)]
                yield request_bytes(
                    pair.floor.port, "POST", f"/pages/{number}", form_body(fields), f"attempt={attempt}"
                )

    requests = bodies()
    return lambda: drive(pair.floor, [asking(requests, 303)] * CONNECTIONS, bench.seconds)


def _until_used_up(requests: Iterator[bytes], bench: Bench) -> Script:
    async def ask(connection: Connection) -> None:
        request = next(requests, None)
        if request is None:
            raise RuntimeError(f"more responses in {bench.seconds} s than attempts were begun for")
        expect(await connection.ask(request), 303)

    return ask


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
