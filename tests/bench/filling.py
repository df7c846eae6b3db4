"""Responses in bulk, written straight into the product's own database while it does not run."""

import datetime as dt
import itertools
import random
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Table, create_engine, func, insert, select

from app.attempts.models import Attempt, ItemResponse
from app.content.loader import read_bundles
from app.content.model import Item
from tests.bench.journey import QUIZ
from tests.servers import ROOT

ATTEMPTS = cast("Table", Attempt.__table__)
RESPONSES = cast("Table", ItemResponse.__table__)
BATCH = 10_000


def quiz_items() -> tuple[Item, ...]:
    """Read the items of the test."""
    return read_bundles([ROOT / "quizzes"], {}).bundles[QUIZ].quiz.items


def fill_database(folder: Path, responses: int) -> None:
    """Add so many responses, in whole attempts, with choices at random."""
    engine = create_engine(f"sqlite:///{folder / 'convive.sqlite3'}")
    items = [(item.id, item.choice_ids) for item in quiz_items()]
    attempts = -(-responses // len(items))
    with engine.begin() as connection:
        first = (connection.scalar(select(func.max(ATTEMPTS.c.id))) or 0) + 1
        ids = range(first, first + attempts)
        for batch in _batches(_attempt_rows(ids)):
            connection.execute(insert(ATTEMPTS), batch)
        for batch in _batches(itertools.islice(_response_rows(ids, items), responses)):
            connection.execute(insert(RESPONSES), batch)
    engine.dispose()


def _attempt_rows(ids: range) -> Iterator[dict[str, Any]]:
    today = dt.datetime.now(dt.UTC).date()
    for each in ids:
        digests = {"nonce_digest": secrets.token_bytes(32), "code_digest": secrets.token_bytes(32)}
        yield {"id": each, "quiz_id": QUIZ, "seed": each % 1000, "last_on": today, "is_counted": False, **digests}


def _response_rows(ids: range, items: list[tuple[str, tuple[str, ...]]]) -> Iterator[dict[str, Any]]:
    chance = random.Random(18)
    for attempt_id, (item_id, choices) in itertools.product(ids, items):
        chosen = chance.choice(choices) if choices else "thought"
        yield {"attempt_id": attempt_id, "item_id": item_id, "choices": chosen}


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch
