"""`flask work`: what has to be done in time, beside the web server."""

import signal
import threading
from dataclasses import dataclass

import click
from flask import current_app
from sqlalchemy.exc import OperationalError

from app.attempts.count_queries import make_snapshot
from app.cli.telling import PlainCommand, as_json, tell
from app.extensions import commit, empty_journal, read_one_moment, release, writes
from app.library import catalogue
from app.logs import log
from app.privacy import retention

PAUSE = 3600.0  # seconds


@dataclass(frozen=True)
class Done:
    """What was due."""

    attempts: int
    snapshots: int


def work_once() -> Done:
    """Do everything that is due: forget what is old, publish counts."""
    writes.set(True)
    attempts = retention.purge().attempts
    retention.delete_old_backups(current_app.config["DATA_DIR"] / "backups")
    snapshots = 0
    for quiz_id in catalogue():
        read_one_moment()
        snapshots += make_snapshot(catalogue().get_quiz(quiz_id).quiz)
        commit()
    release()
    empty_journal()
    return Done(attempts, snapshots)


def work_until(stop: threading.Event) -> None:
    """Work every hour until told to stop. A busy database is met again a minute later."""
    while not stop.is_set():
        pause = PAUSE
        try:
            work_once()
        except OperationalError:
            log.exception("the database did not answer; trying again in a minute")
            release()
            pause = 60.0
        stop.wait(pause)


@click.command(cls=PlainCommand)
@click.option("--once", is_flag=True, help="Do what is due, then end.")
@as_json
def work(once: bool, in_json: bool) -> None:
    """Forget what is old and publish counts, every hour."""
    if once:
        done = work_once()
        lines = [f"{done.attempts} attempts reduced to counts, {done.snapshots} counts published"]
        tell(vars(done), lines, in_json=in_json, next_step="nothing; flask serve does this every hour")
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work_until(stop)


COMMANDS = (work,)
