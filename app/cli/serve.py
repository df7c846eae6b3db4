"""`flask serve`: one small supervisor for the web server and its helper. Both fork from the loaded application."""

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, cast

import click
from flask import Flask, current_app
from flask_migrate import upgrade
from gunicorn.app.wsgiapp import WSGIApplication

from app.cli.telling import PlainCommand
from app.cli.work import work_until
from app.config import ROOT, Settings
from app.extensions import db, writes
from app.i18n import languages
from app.library import catalogue

SHORTEST_LIFE = 2.0  # seconds; a helper that ends sooner is started again after this pause


class Server(WSGIApplication):
    """Gunicorn with the application that is loaded already."""

    def __init__(self, app: Flask, bind: str, workers: int) -> None:
        self._app, self._bind, self._workers = app, bind, workers
        super().__init__()

    def init(self, parser: object, opts: object, args: object) -> None:
        """Take no arguments from the command line."""

    def load_config(self) -> None:
        """Read gunicorn.conf.py, then the address and the number of workers."""
        self.load_config_from_file(str(ROOT / "gunicorn.conf.py"))
        self.cfg.set("bind", self._bind)
        self.cfg.set("workers", self._workers)

    def load(self) -> Flask:
        """Hand over the application."""
        return self._app


@click.command(cls=PlainCommand)
def serve() -> None:
    """Create or migrate the database, then serve until told to stop."""
    settings: Settings = current_app.extensions["settings"]
    app = cast("Any", current_app)._get_current_object()
    prepare()
    warm(app)
    bind = f"{settings.host}:{settings.port}"
    click.echo(f"Convive on http://{bind}/  (Ctrl+C stops it)")
    Supervisor(Server(app, bind, settings.workers).run, lambda: _helper(app)).run()


def prepare() -> None:
    """Open the content, and bring the database to the newest schema."""
    catalogue()
    _, status = os.waitpid(_fork(_migrate), 0)
    if status:
        raise click.ClickException("the database could not be brought to the newest schema; flask doctor says more")


def warm(app: Flask) -> None:
    """Load what every process would load at its first page, so that all of them share it."""
    for name in app.jinja_env.list_templates(filter_func=lambda name: name.endswith(".html")):
        app.jinja_env.get_template(name)
    for code in languages():
        with app.app_context(), app.test_request_context(f"/{code}/"):
            app.preprocess_request()
            app.view_functions["pages.home"]()
    gc.collect()
    gc.freeze()  # what is loaded now is shared by all processes, and the collector leaves it alone


def _migrate() -> None:
    """Migrate, in a child of its own: no connection may be open, and nothing of it may stay, when the server forks."""
    writes.set(True)
    upgrade()
    db.engine.dispose()


def _helper(app: Flask) -> None:
    """Be the helper until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with app.app_context():
        work_until(stop)


class Supervisor:
    """Forks the server and the helper, passes signals on, and starts the helper again when it ends."""

    def __init__(self, server: Callable[[], None], helper: Callable[[], None]) -> None:
        self._server, self._helper = server, helper
        self._pids: dict[str, int] = {}
        self._is_stopping = False

    def run(self) -> None:
        """Run until the server ends, and end with its exit code."""
        self._pids = {"server": _fork(self._server), "helper": _fork(self._helper)}
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._pass_on)
        began = time.monotonic()
        while True:
            pid, status = os.wait()
            if pid == self._pids["server"]:
                self._stop_helper()
                sys.exit(os.waitstatus_to_exitcode(status) % 256)
            if pid == self._pids["helper"] and not self._is_stopping:
                time.sleep(max(0.0, SHORTEST_LIFE - (time.monotonic() - began)))
                began = time.monotonic()
                if not self._is_stopping:
                    self._pids["helper"] = _fork(self._helper)

    def _pass_on(self, number: int, _frame: FrameType | None) -> None:
        self._is_stopping = self._is_stopping or number != signal.SIGHUP
        for pid in self._pids.values():
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def _stop_helper(self) -> None:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self._pids["helper"], signal.SIGTERM)
            os.waitpid(self._pids["helper"], 0)


def _fork(work: Callable[[], None]) -> int:
    """Start a child that does the work and ends; says its number."""
    pid = os.fork()
    if pid:
        return pid
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    try:
        work()
    except SystemExit as stop:
        os._exit(stop.code if isinstance(stop.code, int) else 1)
    os._exit(0)


COMMANDS = (serve,)
