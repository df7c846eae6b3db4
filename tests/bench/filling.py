"""Responses in bulk, written straight into the product's own database while it does not run."""

import datetime as dt
import itertools
import random
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from app.content.loader import read_bundles
from app.content.model import Item
from tests.bench.journey import QUIZ
from tests.servers import ROOT

ATTEMPT = (
    "insert into attempt (id, quiz_id, nonce_digest, code_digest, seed, last_on, is_counted)"
    " values (?, ?, ?, ?, ?, ?, 0)"
)
RESPONSE = "insert into item_response (attempt_id, item_id, choices) values (?, ?, ?)"


def quiz_items() -> tuple[Item, ...]:
    """Read the items of the test."""
    return read_bundles([ROOT / "quizzes"], {}).bundles[QUIZ].quiz.items


def fill_database(folder: Path, responses: int) -> None:
    """Add so many responses, in whole attempts, with choices at random."""
    items = [(item.id, item.choice_ids) for item in quiz_items()]
    attempts = -(-responses // len(items))
    with closing(sqlite3.connect(folder / "convive.sqlite3")) as connection, connection:
        first = (connection.execute("select max(id) from attempt").fetchone()[0] or 0) + 1
        ids = range(first, first + attempts)
        connection.executemany(ATTEMPT, _attempt_rows(ids))
        connection.executemany(RESPONSE, itertools.islice(_response_rows(ids, items), responses))


def _attempt_rows(ids: range) -> Iterator[tuple[int | str | bytes, ...]]:
    today = dt.datetime.now(dt.UTC).date().isoformat()
    for each in ids:
        yield each, QUIZ, secrets.token_bytes(32), secrets.token_bytes(32), each % 1000, today


def _response_rows(ids: range, items: list[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[int, str, str]]:
    chance = random.Random(18)
    for attempt_id, (item_id, choices) in itertools.product(ids, items):
        yield attempt_id, item_id, chance.choice(choices) if choices else "thought"
