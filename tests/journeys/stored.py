"""What the product has stored, read from its own database file; and counts, published for a while."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import Any

from tests.bench.filling import fill_database
from tests.conftest import TEST
from tests.journeys.browsing import ITEMS, Visit
from tests.servers import ROOT, RunningProduct

PEOPLE = 60  # enough for sensitive items too


def _query(product: RunningProduct, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(product.data_dir / "convive.sqlite3", timeout=20)) as database, database:
        return database.execute(statement, values).fetchall()


def count_attempts(product: RunningProduct) -> int:
    """Count the attempts that are kept."""
    return int(_query(product, "SELECT count(*) FROM attempt")[0][0])


def count_responses(product: RunningProduct) -> int:
    """Count the responses that are kept."""
    return int(_query(product, "SELECT count(*) FROM item_response")[0][0])


def attempt_of(visit: Visit) -> int:
    """Read the number of the attempt that this browser's cookie names."""
    return int(visit.cookie().removeprefix("a").partition("-")[0])


def responses_of(product: RunningProduct, attempt: int) -> dict[str, str | None]:
    """Read what an attempt holds: choices by item; None where an item was passed."""
    return dict(_query(product, "SELECT item_id, choices FROM item_response WHERE attempt_id = ?", attempt))


def own_responses(visit: Visit) -> dict[str, str | None]:
    """Read what is stored of this browser's attempt."""
    return responses_of(visit.product, attempt_of(visit))


def forget_knocks(product: RunningProduct) -> None:
    """Let codes be tried again: a whole run of tests tries more of them than one address may."""
    _query(product, "DELETE FROM knock")


def show_counts(product: RunningProduct) -> None:
    """Publish counts of many people; the second time, those of the first."""
    if not _query(product, "SELECT 1 FROM snapshot"):
        fill_database(product.data_dir, PEOPLE * len(ITEMS))
        command = [sys.executable, "-m", "flask", "work", "--once"]
        environment = {**os.environ, "FLASK_APP": "wsgi", "DATA_DIR": str(product.data_dir)}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    _query(product, "UPDATE snapshot SET quiz_id = ?", TEST)


def hide_counts(product: RunningProduct) -> None:
    """Let the counts seem to be unpublished."""
    _query(product, "UPDATE snapshot SET quiz_id = 'hidden'")
