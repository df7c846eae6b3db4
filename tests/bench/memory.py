"""Memory of all processes: at rest, and after many requests."""

import asyncio
import random

from tests.bench.attempts import COOKIE, START, begin_attempt, walk_once
from tests.bench.client import Answer, Connection, request_bytes
from tests.bench.journey import QUIZ, FilledForm
from tests.bench.load import CONNECTIONS, expect
from tests.bench.processes import cpu_seconds, pss, tree, wait_until_idle
from tests.bench.servers import WORKERS, Server, product
from tests.bench.table import Bench, Result

MEGABYTE = 1_000_000
LIMIT, GROWTH = 130, 1.10
AROUND = ("", "about", "privacy", "accessibility", f"quizzes/{QUIZ}/")


def measure_memory(bench: Bench) -> Result:
    """PSS after one request to each worker; and after 50,000 requests, pages and responses mixed."""
    requests = bench.pick(50_000, 5_000)
    with product(bench.new_folder("memory")) as server:
        wait_until_idle(server.pid)
        asyncio.run(_reach_each_worker(server))
        wait_until_idle(server.pid)
        idle = pss(server.pid)
        forms = walk_once(server).forms
        marks, sent = [], 0
        for _ in range(5):
            sent += asyncio.run(_mixed(server, forms, requests // 5))
            wait_until_idle(server.pid)
            marks.append(pss(server.pid))
    growth = marks[-1] / idle
    measured = f"{_mb(idle)} idle; {_mb(marks[-1])} after {sent:,} requests ({100 * (growth - 1):+.1f} %)"
    figures = {"idle": idle, "after_each_fifth": marks, "requests": sent, "growth": growth}
    return Result(measured, idle <= LIMIT * MEGABYTE and growth <= GROWTH, figures)


def _mb(size: int) -> str:
    return f"{size / MEGABYTE:.0f} MB"


async def _reach_each_worker(server: Server) -> None:
    """Ask until every worker has answered: two processes of the tree have worked."""
    before = {pid: cpu_seconds(pid) for pid in tree(server.pid)}
    for _ in range(200):
        connection = Connection(server.port)
        expect(await connection.ask(request_bytes(server.port, "GET", START)), 200)
        connection.close()
        leaves = [pid for pid in before if tree(pid) == [pid]]
        if sum(cpu_seconds(pid) > before[pid] for pid in leaves) >= WORKERS:
            return
    raise RuntimeError("200 requests did not reach every worker")


class _Counted(Connection):
    """A connection that counts what it asked."""

    asked = 0

    async def ask(self, request: bytes) -> Answer:
        """Ask, and count it."""
        self.asked += 1
        return await super().ask(request)


async def _mixed(server: Server, forms: list[FilledForm], requests: int) -> int:
    """Send so many requests, or a few more: people look around, then take the test; says how many it were."""

    async def one(chance: random.Random) -> int:
        connection = _Counted(server.port)
        while connection.asked < requests // CONNECTIONS:
            await _visit(connection, forms, chance)
        connection.close()
        return connection.asked

    return sum(await asyncio.gather(*(one(random.Random(place)) for place in range(CONNECTIONS))))


async def _visit(connection: Connection, forms: list[FilledForm], chance: random.Random) -> None:
    """Look around in one language, begin the test, come some way, and look at every item."""
    port, language = connection.port, chance.choice(("en", "fr", "ar"))
    for place in AROUND:
        expect(await connection.ask(request_bytes(port, "GET", f"/{language}/{place}")), 200)
    token = await begin_attempt(connection, forms, chance.randint(1, len(forms)))
    items = f"/{language}/quizzes/{QUIZ}/"
    for place in (*range(1, len(forms) + 1), "outcome"):
        expect(await connection.ask(request_bytes(port, "GET", f"{items}{place}", b"", f"{COOKIE}={token}")), 200)
