"""`flask work`: what has to be done in time, beside the web server."""

import signal
import threading

import click
from sqlalchemy.exc import OperationalError

from app.attempts.count_queries import make_snapshot
from app.extensions import db, writes
from app.library import catalogue
from app.logs import log
from app.privacy import retention

PAUSE = 3600.0  # seconds


def work_once() -> None:
    """Do everything that is due: forget what is old, publish counts."""
    writes.set(True)
    retention.purge()
    for quiz_id in catalogue():
        make_snapshot(catalogue().get_quiz(quiz_id).quiz)
        db.session.commit()
    db.session.remove()


def work_until(stop: threading.Event) -> None:
    """Work every hour until told to stop. A busy database is met again a minute later."""
    while not stop.is_set():
        pause = PAUSE
        try:
            work_once()
        except OperationalError:
            log.exception("the database did not answer; trying again in a minute")
            db.session.remove()
            pause = 60.0
        stop.wait(pause)


@click.command()
@click.option("--once", is_flag=True, help="Do what is due, then end.")
def work(once: bool) -> None:
    """Forget what is old and publish counts, every hour."""
    if once:
        work_once()
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work_until(stop)


COMMANDS = (work,)
