"""`flask work`: what is due is done, at once or every hour, and it ends when it is told to."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.cli.work import PAUSE, work_until
from app.content.loader import Bundle
from app.extensions import clock
from app.logs import log
from tests.cli.installations import command, eventually, rows, take
from tests.conftest import SECRET, TEST, environment
from tests.servers import ROOT

DAY = dt.timedelta(days=1)


class Stop(threading.Event):
    """An order to stop that comes at the first pause; keeps how long that would have been."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout)
        self.set()
        return True


def old_attempts(app: Flask, bundle: Bundle, today: Callable[[dt.datetime], None], count: int) -> None:
    """Let people have taken the test long ago."""
    now = clock.now()
    today(now - 100 * DAY)
    for _ in range(count):
        take(app, bundle, until=2)
    today(now)


def test_work_does_what_is_due_and_says_it(app: Flask, bundle: Bundle, today: Callable[[dt.datetime], None]) -> None:
    old_attempts(app, bundle, today, 10)
    result = command(app, "work", "--once")
    assert result.exit_code == 0
    assert result.stdout.startswith("10 attempts reduced to counts, 1 counts published")
    after = rows(app)
    assert after["attempt"] == after["item_response"] == []
    assert after["archive"] == [(TEST, 10, 0)]
    assert [row[2] for row in after["snapshot"]] == [10]


def test_work_that_is_done_is_not_done_twice(app: Flask, bundle: Bundle, today: Callable[[dt.datetime], None]) -> None:
    old_attempts(app, bundle, today, 10)
    command(app, "work", "--once")
    before = rows(app)
    assert json.loads(command(app, "work", "--once", "--json").stdout) == {"attempts": 0, "snapshots": 0}
    today(clock.now() + DAY)
    command(app, "work", "--once")
    assert rows(app) == before


def test_between_two_turns_it_waits_an_hour(app: Flask) -> None:
    stop = Stop()
    with app.app_context():
        work_until(stop)
    assert stop.pauses == [PAUSE]


def test_a_database_that_does_not_answer_is_met_again_a_minute_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(environment(tmp_path / "without-tables"))
    stop = Stop()
    log.addHandler(caplog.handler)
    try:
        with app.app_context():
            work_until(stop)
    finally:
        log.removeHandler(caplog.handler)
    assert stop.pauses == [60.0]
    assert "trying again in a minute" in caplog.text


@pytest.mark.server
def test_a_worker_of_its_own_works_at_once_and_ends_when_told(
    app: Flask, bundle: Bundle, today: Callable[[dt.datetime], None]
) -> None:
    old_attempts(app, bundle, today, 1)
    settings = {"DATA_DIR": str(app.config["DATA_DIR"]), "SECRET_KEY": SECRET, "FLASK_APP": "wsgi"}
    worker = subprocess.Popen([sys.executable, "-m", "flask", "work"], cwd=ROOT, env={**os.environ, **settings})
    eventually(lambda: not rows(app)["attempt"])
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(5) == 0
    assert [row[1] for row in rows(app)["archive"]] == [1]
