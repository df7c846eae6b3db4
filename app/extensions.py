"""What every request shares: the database and its one commit, the languages, the catalogue, the clock."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from contextvars import ContextVar
from typing import Any, cast

from flask import Flask, Response, g, request
from flask_babel import Babel
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, Executable, MetaData, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
PRAGMAS = (
    "journal_mode=WAL",
    "busy_timeout=10000",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "cache_size=-16000",
    "temp_store=MEMORY",
)
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Base(DeclarativeBase):
    """What all tables share: names for their constraints, so that migrations can find them."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)
migrate = Migrate()
babel = Babel()

# Set for requests and commands that write: SQLite then takes its write lock at once, not in the middle.
writes: ContextVar[bool] = ContextVar("writes", default=False)


class Clock:
    """The one clock. Tests move it by putting another function in `read`."""

    def __init__(self) -> None:
        self.read: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)

    def now(self) -> dt.datetime:
        """Tell the moment, in UTC."""
        return self.read()

    def today(self) -> dt.date:
        """Tell the day, in UTC."""
        return self.read().date()


clock = Clock()


def init_app(app: Flask) -> None:
    """Connect the extensions, and commit each request once, after its view."""
    db.init_app(app)
    migrate.init_app(app, db, directory=str(app.config["MIGRATIONS"]), render_as_batch=True)
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_appcontext(release)


@event.listens_for(Engine, "connect")
def _tune(opened: Any, _record: object) -> None:
    if isinstance(opened, sqlite3.Connection):
        opened.isolation_level = None  # we send BEGIN ourselves
        for pragma in PRAGMAS:
            opened.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_transaction(begun: Connection) -> None:
    # A page reads with one statement, which is a moment of its own; only writing needs more.
    if begun.dialect.name == "sqlite" and writes.get():
        begun.exec_driver_sql("BEGIN IMMEDIATE")


def insert(table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT that can say what to do on a conflict, in the words of the database at hand."""
    if db.engine.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def connection() -> Connection:
    """Take the one connection of this request or command; its transaction begins when it is first used."""
    if "connection" not in g:
        g.connection = db.engine.connect()
    return cast("Connection", g.connection)


def count_changed(statement: Executable, values: dict[str, Any] | None = None) -> int:
    """Run a statement that writes, within this request's transaction; says how many rows it met."""
    return int(connection().execute(statement, values).rowcount)


def read_one_moment() -> None:
    """Let all that this transaction reads be of one moment; called before it reads anything."""
    if db.engine.dialect.name == "postgresql":
        connection().execution_options(isolation_level="REPEATABLE READ")
    elif not writes.get():
        connection().exec_driver_sql("BEGIN")


def commit() -> None:
    """Keep what was written. Where that fails, the connection is thrown away: it may still hold the write lock."""
    if "connection" not in g:
        return
    try:
        g.connection.commit()
    except SQLAlchemyError:
        g.connection.invalidate()
        raise


def empty_journal() -> None:
    """Let SQLite write its journal into the file, where deleted rows are overwritten, and empty it."""
    if db.engine.dialect.name == "sqlite":
        with closing(db.engine.raw_connection()) as own:  # outside any transaction
            own.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rollback() -> None:
    """Forget what was written."""
    if "connection" in g:
        g.connection.rollback()


def release(_error: BaseException | None = None) -> None:
    """Give the connection back; what was not committed is forgotten."""
    held = g.pop("connection", None)
    if held is not None:
        held.close()


def _begin() -> None:
    writes.set(request.method not in READING)


def _finish(response: Response) -> Response:
    """Commit what a view wrote, before anything is sent. Flask comes here again for the page of a failed commit."""
    if request.method in READING or g.get("is_finished"):
        return response
    g.is_finished = True
    if response.status_code < 400:
        commit()
    else:
        rollback()
    return response
