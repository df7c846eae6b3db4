"""Processes are killed while many people respond: what was acknowledged is stored, once."""

import asyncio
import random
import sqlite3
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from app.content.model import Item
from tests.bench.attempts import COOKIE, START, TOKEN, response_request, walk_once
from tests.bench.client import BROKEN, Answer, Connection, request_bytes
from tests.bench.filling import quiz_items
from tests.bench.journey import FilledForm
from tests.bench.load import WrongAnswer
from tests.bench.processes import grandchildren, kill, tree
from tests.bench.servers import WORKERS, Server
from tests.bench.table import Bench, Result
from tests.servers import RunningProduct, start_product

CLIENTS = 50
AT_MOST = 120.0  # seconds until everybody must be done
PAUSE = 0.05  # seconds before a form is sent again

Responses = dict[str, str]  # what was chosen, by item id, as it is stored


@dataclass
class Record:
    """What was acknowledged, an entry for each attempt, and how often something had to be sent again."""

    attempts: list[Responses] = field(default_factory=list)
    broken: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    broken_before: list[int] = field(default_factory=list)  # at each killing

    @property
    def acknowledged(self) -> int:
        """Count the responses."""
        return sum(len(responses) for responses in self.attempts)


@dataclass
class Victim:
    """The product, to be killed and started again on the same data and port."""

    folder: Path
    running: RunningProduct

    @property
    def server(self) -> Server:
        """The server as it runs now."""
        return Server(self.running.process.pid, int(self.running.address.rpartition(":")[2]), self.folder)

    def kill_worker(self) -> None:
        """Kill the process that answers; the others start a new one."""
        kill(grandchildren(self.server.pid)[:1])

    def kill_all(self) -> None:
        """Kill every process, then start again."""
        kill(tree(self.server.pid))
        self.running.process.wait()
        self.running = start_product(self.folder, self.server.port, WORKERS=str(WORKERS))


def measure_kill(bench: Bench) -> Result:
    """Kill one worker twice, then every process at once and start again, while 50 people send 2,000 responses."""
    responses, folder, record = bench.pick(2_000, 500), bench.new_folder("kill"), Record()
    victim = Victim(folder, start_product(folder, WORKERS=str(WORKERS)))
    try:
        person = Person(victim.server.port, walk_once(victim.server).forms, quiz_items(), record)
        before = len(_stored(folder))
        with ThreadPoolExecutor(1) as pool:
            sending = pool.submit(lambda: asyncio.run(_everybody(person, responses // CLIENTS)))
            for share, killing in ((0.2, victim.kill_worker), (0.45, victim.kill_worker), (0.7, victim.kill_all)):
                _wait_for(record, round(share * responses), sending)
                record.broken_before.append(record.broken)
                killing()
            sending.result(AT_MOST)
        stored = _stored(folder)[before:]
    finally:
        victim.running.stop()
    return _result(record, stored, responses)


def _wait_for(record: Record, acknowledged: int, sending: Future[None]) -> None:
    deadline = time.monotonic() + AT_MOST
    while record.acknowledged < acknowledged and not sending.done() and time.monotonic() < deadline:
        time.sleep(0.005)


def _stored(folder: Path) -> list[Responses]:
    """Read all attempts from the database, in the order in which they began."""
    found: dict[int, Responses] = {}
    with closing(sqlite3.connect(folder / "convive.sqlite3")) as connection:
        for (attempt,) in connection.execute("select id from attempt order by id"):
            found[attempt] = {}
        for attempt, item, choices in connection.execute("select attempt_id, item_id, choices from item_response"):
            found[attempt][item] = choices
    return list(found.values())


def _result(record: Record, stored: list[Responses], responses: int) -> Result:
    sent = Counter(frozenset(attempt.items()) for attempt in record.attempts)
    kept = Counter(frozenset(attempt.items()) for attempt in stored)
    lost = sum(len(attempt) * times for attempt, times in (sent - kept).items())
    more = sum(len(attempt) * times for attempt, times in (kept - sent).items())
    doubled = max(0, len(stored) - len(record.attempts)) + max(0, more - lost)
    cut = [after - before for before, after in pairwise([*record.broken_before, record.broken])]
    holds = lost == more == doubled == 0 and record.acknowledged == responses and all(cut)
    measured = (
        f"{record.acknowledged:,} acknowledged, {lost} lost or changed, {doubled} doubled; two workers and then all"
        f" processes killed, {record.broken} requests cut off and sent again"
    )
    return Result(
        measured,
        holds,
        {"refused": dict(record.refused), "attempts": [len(record.attempts), len(stored)], "cut_off": cut},
    )


async def _everybody(person: "Person", each: int) -> None:
    async with asyncio.timeout(AT_MOST):
        await asyncio.gather(*(person.take_part(each, random.Random(place)) for place in range(CLIENTS)))


@dataclass
class Person:
    """Somebody who sends a form again until it is acknowledged; many at once share the record."""

    port: int
    forms: list[FilledForm]
    items: tuple[Item, ...]
    record: Record

    async def take_part(self, responses: int, chance: random.Random) -> None:
        """Take the test, again and again, until so many responses are acknowledged."""
        connection, token, attempt = Connection(self.port), "", {}
        for turn in range(responses):
            place = turn % len(self.forms)
            if place == 0:
                page = await self._insist(connection, request_bytes(self.port, "GET", START), 200)
                token, attempt = TOKEN.findall(page.text)[0], {}
                self.record.attempts.append(attempt)
            form = _choose(self.forms[place], self.items[place], chance)
            sent = await self._insist(connection, response_request(self.port, form, token), 303)
            attempt[self.items[place].id] = " ".join(form.choices) or "thought"
            cookie = sent.header_values("set-cookie")[0].partition(";")[0]
            token = cookie.removeprefix(f"{COOKIE}=")
            await self._insist(connection, request_bytes(self.port, "GET", sent.location, b"", cookie), 200)
        connection.close()

    async def _insist(self, connection: Connection, request: bytes, status: int) -> Answer:
        """Ask until the right answer comes; servers may break or be busy, but must not say that it is wrong."""
        while True:
            try:
                answer = await connection.ask(request)
            except BROKEN:
                self.record.broken += 1
            else:
                if answer.status == status:
                    return answer
                self.record.refused[answer.status] += 1
                if answer.status < 500:
                    raise WrongAnswer(f"{answer.status}: {answer.text[:200]}")
            await asyncio.sleep(PAUSE)


def _choose(form: FilledForm, item: Item, chance: random.Random) -> FilledForm:
    """Choose at random, as many as the form needs."""
    chosen = tuple(chance.sample(item.choice_ids, len(form.choices)))
    return FilledForm(form.action, form.token, chosen, form.typed)
