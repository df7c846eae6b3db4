"""Processor time of a stored response: against the floor's durable upsert, and with a million stored before it."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.bench.attempts import begin_attempts, response_request, walk_once
from tests.bench.client import Connection, form_body, request_bytes
from tests.bench.filling import fill_database
from tests.bench.journey import FilledForm
from tests.bench.load import CONNECTIONS, Load, Script, compare, drive, expect
from tests.bench.processes import wait_until_idle
from tests.bench.servers import Server, product
from tests.bench.speed import NUMBERS, Pair, asking, run_pair, told
from tests.bench.table import Bench, Result

FEW = 1_000


def measure_response(bench: Bench) -> Result:
    """CPU of one stored response: items 2 to 17 of attempts that have begun, none of them stored before."""
    with ExitStack() as stack:
        pair = run_pair(stack, bench.new_folder("response"))
        compared = compare(_rounds_of_floor(pair, bench), _rounds(pair.product, pair.forms, bench), bench.rounds)
    return told(compared, 2.5)


def measure_flat(bench: Bench) -> Result:
    """CPU of one stored response where many are stored already, against the same where there are few."""
    many = bench.pick(1_000_000, 200_000)
    with ExitStack() as stack:
        few_stored = _filled(stack, bench.new_folder("few"), FEW)
        many_stored = _filled(stack, bench.new_folder("many"), many)
        forms = walk_once(few_stored).forms
        compared = compare(_rounds(few_stored, forms, bench), _rounds(many_stored, forms, bench), bench.rounds)
    measured = (
        f"{compared.ratio:.2f} × ({compared.second_ms:.2f} ms with {many:,}; {compared.first_ms:.2f} ms with {FEW:,})"
    )
    figures = {"ratio": compared.ratio, "stored": many, "few_ms": compared.first_all, "many_ms": compared.second_all}
    return Result(measured, compared.ratio <= 1.15, figures)


def _filled(stack: ExitStack, folder: Path, responses: int) -> Server:
    """Start the product on a database that holds so many responses."""
    with product(folder):
        pass  # makes the database
    fill_database(folder, responses)
    server = stack.enter_context(product(folder))
    wait_until_idle(server.pid, at_most=60)
    return server


def _rounds(server: Server, forms: list[FilledForm], bench: Bench) -> Callable[[], Load]:
    """Make rounds of responses to the product; the attempts are begun before each round, and not counted."""
    middle = [forms[number - 1] for number in NUMBERS]

    def once() -> Load:
        tokens = begin_attempts(server, forms, bench.pick(320, 120))
        requests = (response_request(server.port, form, token) for token in tokens for form in middle)
        wait_until_idle(server.pid)
        return drive(server, [_until_used_up(requests)] * CONNECTIONS, bench.seconds)

    return once


def _until_used_up(requests: Iterator[bytes]) -> Script:
    async def ask(connection: Connection) -> None:
        request = next(requests, None)
        if request is None:
            raise RuntimeError("more responses were stored than attempts had been begun for; begin more")
        expect(await connection.ask(request), 303)

    return ask


def _rounds_of_floor(pair: Pair, bench: Bench) -> Callable[[], Load]:
    """Make rounds of responses to the floor, with forms of the same length."""

    def bodies() -> Iterator[bytes]:
        for attempt, number in itertools.product(range(1, 1_000_000), NUMBERS):
            choices = (("choice", choice) for choice in pair.forms[number - 1].choices)
            body, cookie = form_body([("token", str(attempt)), *choices]), f"attempt={attempt}"
            yield request_bytes(pair.floor.port, "POST", f"/pages/{number}", body, cookie)

    requests = bodies()
    return lambda: drive(pair.floor, [asking(requests, 303)] * CONNECTIONS, bench.seconds)
