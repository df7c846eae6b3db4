"""Installations for tests: databases of their own, somebody's attempts, commands as they are typed."""

import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from click.testing import Result
from flask import Flask
from flask.cli import cli as flask_command
from sqlalchemy import MetaData, select

from app import create_app
from app.attempts.tokens import Tokens
from app.content.loader import Bundle
from app.content.model import Item
from app.extensions import db, writes
from tests.checking import CheckingClient
from tests.conftest import SECRET, TEST, environment
from tests.servers import ROOT

Rows = dict[str, list[tuple[object, ...]]]


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """Make an empty database on a PostgreSQL server, and drop it afterwards."""
    name = f"convive_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{server.rsplit('/', 1)[0]}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def command(app: Flask, *words: object) -> Result:
    """Type a command of the application, as in a process of its own; what breaks in it breaks the test."""
    writes.set(False)
    result = app.test_cli_runner().invoke(flask_command, [str(word) for word in words])
    writes.set(False)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def shell(*words: object, **settings: str) -> subprocess.CompletedProcess[str]:
    """Type a command as a city does: a process of its own, with settings in its environment."""
    environment = {**os.environ, "FLASK_APP": "wsgi", "COLUMNS": "80", **settings}
    line = [sys.executable, "-m", "flask", *map(str, words)]
    return subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def rows(app: Flask) -> Rows:
    """Read every row of every table that is really there."""
    with app.app_context():
        stored = MetaData()
        stored.reflect(db.engine)
        with db.engine.connect() as connection:
            return {table.name: _sorted(connection.execute(select(table)).all()) for table in stored.sorted_tables}


def _sorted(found: object) -> list[tuple[object, ...]]:
    return sorted((tuple(_plain(value) for value in row) for row in found), key=repr)  # type: ignore[attr-defined]


def _plain(value: object) -> object:
    """SQLite has no type for truth: without its model, a flag is read as a number."""
    return int(value) if isinstance(value, bool) else value


def fresh_token() -> str:
    """Sign a token as the page of item 1 does."""
    return Tokens(SECRET, TEST).fresh(secrets.token_bytes(16))


def choice_of(item: Item, which: int = 0) -> list[str]:
    """Choose something in an item of any kind."""
    if item.kind == "ordering":
        return [*item.choice_ids[which:], *item.choice_ids[:which]]
    return [item.choice_ids[which]] if item.choices else []


def respond(client: CheckingClient, bundle: Bundle, number: int, token: str, which: int = 0) -> str:
    """Send the form of one item; says where it leads."""
    chosen = choice_of(bundle.quiz.items[number - 1], which)
    answer = client.post(f"/en/quizzes/{TEST}/{number}/response", data={"token": token, "choice": chosen})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def own_token(client: CheckingClient) -> str:
    """Read the token of the attempt that this browser keeps."""
    cookie = client.get_cookie(f"attempt-{TEST}")
    assert cookie is not None, "this browser keeps no attempt"
    return str(cookie.value)


def take(app: Flask, bundle: Bundle, *, until: int = 18, which: int = 0) -> CheckingClient:
    """Take the test as far as an item, in a browser of its own."""
    client: CheckingClient = app.test_client()
    respond(client, bundle, 1, fresh_token(), which)
    for number in range(2, until + 1):
        respond(client, bundle, number, own_token(client), which)
    return client


def migrate(app: Flask) -> None:
    """Bring the application's database to the newest schema."""
    result = command(app, "db", "upgrade")
    assert result.exit_code == 0, result.output
    with app.app_context():
        db.engine.dispose()


@contextmanager
def another_installation(folder: Path, **settings: str) -> Iterator[Flask]:
    """Install the product on another machine, so to speak: a folder and a database of its own, the same secret."""
    app = create_app(environment(folder, **settings))
    app.testing = False
    app.test_client_class = CheckingClient
    migrate(app)
    yield app
    with app.app_context():
        db.engine.dispose()


def eventually(holds: Callable[[], bool]) -> None:
    """Look again and again, ten seconds at most, until something holds."""
    pause = threading.Event()
    assert any(holds() or pause.wait(0.05) for _ in range(200)), "it did not come about"


def broken_bundle(folder: Path) -> Path:
    """Write a quiz with two mistakes; says in which folder it lies."""
    quiz = folder / "quizzes" / "leaky"
    quiz.mkdir(parents=True)
    (quiz / "bundle.yaml").write_text("id: leaky\nkind: quiz\nversion: one\nlicense: CC0\n", "utf-8")
    return quiz.parent
