"""Load: many connections at once for a few seconds, and what the server's processes used for it."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.bench.client import Answer, Connection
from tests.bench.processes import cpu_seconds
from tests.bench.servers import Server

CONNECTIONS = 16
UNSTEADY = 1.25  # rounds that lie further apart than this were disturbed

Script = Callable[[Connection], Awaitable[None]]


class WrongAnswer(Exception):
    """A server answered something else than what the load asked for."""


def expect(answer: Answer, status: int) -> Answer:
    """Take an answer of this status, and no other."""
    if answer.status != status:
        raise WrongAnswer(f"{answer.status} instead of {status}: {answer.text[:300]}")
    return answer


@dataclass(frozen=True)
class Load:
    """One round: how often the script ran, for how long, and the milliseconds of processor time of each run."""

    done: int
    seconds: float
    cpu_ms: float


def drive(server: Server, scripts: list[Script], seconds: float) -> Load:
    """Let each script run on a connection of its own, again and again, for a while; a run that began is finished."""
    before, began = cpu_seconds(server.pid), time.monotonic()
    done = asyncio.run(_drive(server.port, scripts, began + seconds))
    used, lasted = cpu_seconds(server.pid) - before, time.monotonic() - began
    return Load(done, lasted, used * 1000 / done)


async def _drive(port: int, scripts: list[Script], deadline: float) -> int:
    async def one(script: Script) -> int:
        connection, done = Connection(port), 0
        while time.monotonic() < deadline:
            await script(connection)
            done += 1
        connection.close()
        return done

    return sum(await asyncio.gather(*(one(script) for script in scripts)))


@dataclass(frozen=True)
class Comparison:
    """Two things measured by turns: medians of processor time, and by how much the second is dearer."""

    first_ms: float
    second_ms: float
    rounds: int
    first_all: tuple[float, ...]
    second_all: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Say how many times as much the second costs."""
        return self.second_ms / self.first_ms


def compare(first: Callable[[], Load], second: Callable[[], Load], rounds: int) -> Comparison:
    """Measure by turns, after one round each that does not count; disturbed measurements get as many rounds again."""
    first(), second()
    ones: list[float] = []
    others: list[float] = []
    for turn in range(2 * rounds):
        if turn >= rounds and _is_steady(ones) and _is_steady(others):
            break
        pair = ((first, ones), (second, others))
        for measure, values in pair if turn % 2 == 0 else reversed(pair):
            values.append(measure().cpu_ms)
    return Comparison(statistics.median(ones), statistics.median(others), len(ones), tuple(ones), tuple(others))


def _is_steady(values: list[float]) -> bool:
    return max(values) <= UNSTEADY * min(values)
