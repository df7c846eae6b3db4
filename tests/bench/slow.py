"""Slow clients: they send their headers byte by byte, and nobody else may notice."""

import asyncio
import statistics
import time
from contextlib import suppress

from tests.bench.attempts import START
from tests.bench.client import BROKEN, Connection, request_bytes
from tests.bench.load import expect
from tests.bench.processes import wait_until_idle
from tests.bench.servers import product
from tests.bench.table import Bench, Result

SLOW = 120


def measure_slow(bench: Bench) -> Result:
    """Latency of pages, each on a connection of its own, before slow clients came and while they are there."""
    seconds = bench.pick(8.0, 2.0)
    with product(bench.new_folder("slow")) as server:
        wait_until_idle(server.pid)
        asyncio.run(_served(server.port, 1.0))  # the first pages warm up
        before, during, stayed = asyncio.run(_before_and_during(server.port, seconds))
    ours, theirs = statistics.median(before), statistics.median(during)
    measured = (
        f"median {theirs:.1f} ms, p95 {_p95(during):.1f} ms beside {stayed} slow clients;"
        f" {ours:.1f} and {_p95(before):.1f} ms without them"
    )
    holds = theirs <= 2 * ours + 5 and stayed == SLOW
    return Result(measured, holds, {"slow": stayed, "pages": [len(before), len(during)]})


async def _before_and_during(port: int, seconds: float) -> tuple[list[float], list[float], int]:
    before = await _served(port, seconds)
    open_now: set[int] = set()
    slow = [asyncio.create_task(_trickle(port, place, open_now)) for place in range(SLOW)]
    await asyncio.sleep(3)  # all of them are inside their headers now
    during = await _served(port, seconds)
    stayed = len(open_now)
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)
    return before, during, stayed


async def _served(port: int, seconds: float) -> list[float]:
    """Fetch a page again and again; says how many milliseconds each took. Any other answer ends the measurement."""
    request, found = request_bytes(port, "GET", START), []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        connection, began = Connection(port), time.monotonic()
        expect(await connection.ask(request), 200)
        connection.close()
        found.append(1000 * (time.monotonic() - began))
        await asyncio.sleep(0.005)
    return found


async def _trickle(port: int, place: int, open_now: set[int]) -> None:
    """Send one byte of a header a second, for at most a minute."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    open_now.add(place)
    with suppress(*BROKEN):
        for byte in (request_bytes(port, "GET", START)[:-2] + b"X-Slow: " + b"a" * 60)[:60]:
            writer.write(bytes([byte]))
            await writer.drain()
            closed = asyncio.wait_for(reader.read(1), 1)
            with suppress(asyncio.TimeoutError):
                await closed
                break  # the server hung up, or answered half a request
    open_now.discard(place)
    writer.close()


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * len(values))]
