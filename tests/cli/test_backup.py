"""A backup is the whole installation at one moment, and brings it back; what was deleted stays deleted."""

import datetime as dt
import gzip
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from app.content.loader import Bundle
from app.extensions import db
from tests.checking import CheckingClient
from tests.cli.installations import (
    another_installation,
    command,
    fresh_database,
    fresh_token,
    own_token,
    respond,
    rows,
    take,
)
from tests.conftest import TEST

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LONG_AGO = NOON - dt.timedelta(days=100)
POSTGRES = [pytest.mark.postgres, pytest.mark.xdist_group("postgres")]

Today = Callable[[dt.datetime], None]


def create(app: Flask, *words: object) -> Path:
    result = command(app, "backup", "create", *words, "--json")
    assert result.exit_code == 0, result.output
    return Path(json.loads(result.stdout)["file"])


def restore(app: Flask, path: Path) -> dict[str, int]:
    result = command(app, "backup", "restore", path, "--json")
    assert result.exit_code == 0, result.output
    answer: dict[str, int] = json.loads(result.stdout)
    return answer


@pytest.fixture
def lived_in(app: Flask, bundle: Bundle, today: Today) -> Flask:
    """An installation that has something in every table."""
    today(LONG_AGO)
    for which in (0, 1):
        take(app, bundle, which=which)
    today(NOON)
    command(app, "privacy", "purge")
    for _ in range(10):
        take(app, bundle, until=3)
    command(app, "work", "--once")
    gone = take(app, bundle, until=2)
    gone.post(f"/en/quizzes/{TEST}/delete", data={"token": own_token(gone)})
    passing = take(app, bundle, until=1)
    passing.post(f"/en/quizzes/{TEST}/2/pass", data={"token": own_token(passing)})
    passing.post("/en/resume", data={"code": "AAAA AAAA"})
    assert all(rows(app).values()), "a table is empty; let somebody write into it here"
    return app


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Flask]:
    with another_installation(tmp_path / "elsewhere") as app:
        yield app


def test_a_restored_installation_has_the_same_rows(lived_in: Flask, elsewhere: Flask) -> None:
    before = rows(lived_in)
    path = create(lived_in)
    told = restore(elsewhere, path)
    assert rows(elsewhere) == before
    assert told["rows"] == sum(map(len, before.values())) - len(before["alembic_version"])


def test_restoring_puts_back_what_was_changed_since(lived_in: Flask, bundle: Bundle) -> None:
    before = rows(lived_in)
    path = create(lived_in)
    take(lived_in, bundle, until=5)
    assert rows(lived_in) != before
    restore(lived_in, path)
    assert rows(lived_in) == before


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_sqlite_to_postgresql_and_back_gives_identical_rows(
    lived_in: Flask, elsewhere: Flask, tmp_path: Path, postgres_url: str
) -> None:
    before = rows(lived_in)
    with (
        fresh_database(postgres_url) as url,
        another_installation(tmp_path / "postgres", DATABASE_URL=url) as on_postgres,
    ):
        restore(on_postgres, create(lived_in))
        assert rows(on_postgres) == before
        restore(elsewhere, create(on_postgres))
    assert rows(elsewhere) == before


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_postgresql_counts_on_after_the_restored_rows(
    lived_in: Flask, bundle: Bundle, tmp_path: Path, postgres_url: str
) -> None:
    highest = max(int(str(row[0])) for row in rows(lived_in)["attempt"])
    with (
        fresh_database(postgres_url) as url,
        another_installation(tmp_path / "postgres", DATABASE_URL=url) as on_postgres,
    ):
        restore(on_postgres, create(lived_in))
        take(on_postgres, bundle, until=1)
        assert max(int(str(row[0])) for row in rows(on_postgres)["attempt"]) > highest


def test_what_was_deleted_after_the_backup_stays_deleted(app: Flask, bundle: Bundle) -> None:
    take(app, bundle, until=2)
    gone = take(app, bundle, until=2)
    path = create(app)
    gone.post(f"/en/quizzes/{TEST}/delete", data={"token": own_token(gone)})
    after = rows(app)
    assert restore(app, path)["forgotten"] == 1
    assert rows(app) == after
    assert len(after["attempt"]) == 1


def test_an_old_cookie_opens_nobody_elses_attempt_after_a_restore_on_another_machine(
    app: Flask, bundle: Bundle, elsewhere: Flask
) -> None:
    take(app, bundle, until=2)
    path = create(app)
    lost = take(app, bundle, until=2)
    restore(elsewhere, path)
    somebody = take(elsewhere, bundle, until=3)
    browser = elsewhere.test_client()
    browser.set_cookie(f"attempt-{TEST}", own_token(lost))
    assert browser.get(f"/en/quizzes/{TEST}/outcome").status_code == 302
    before = rows(elsewhere)
    for address in ("1/response", "1/pass", "delete"):
        answer = browser.post(f"/en/quizzes/{TEST}/{address}", data={"token": own_token(lost), "choice": "coffee"})
        assert answer.status_code in {303, 404}
    assert rows(elsewhere) == before
    assert somebody.get(f"/en/quizzes/{TEST}/outcome").status_code == 200


def test_a_backup_of_another_schema_is_refused(lived_in: Flask) -> None:
    path = create(lived_in)
    with lived_in.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'later'")
    before = rows(lived_in)
    result = command(lived_in, "backup", "restore", path)
    assert result.exit_code == 1
    assert "schema" in result.output
    assert rows(lived_in) == before


def lines_of(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().splitlines(keepends=True)


def broken(whole: Path, how: str) -> bytes:
    """Break a backup in one of the ways in which files break, or give something that never was one."""
    lines = lines_of(whole)
    first = json.loads(next(line for line in lines if line.startswith('["attempt"')))
    unknown_column = json.dumps(["attempt", first[1] | {"name": "Amina"}]) + "\n"
    texts = {
        "rows without their attempts": [line for line in lines if not line.startswith('["attempt"')],
        "a row twice": [*lines, json.dumps(first) + "\n"],
        "an unknown table": [*lines, '["person", {"name": "Amina"}]\n'],
        "an unknown column": [*lines, unknown_column],
        "a column missing": [*lines, '["attempt", {"id": 1}]\n'],
        "no json": [*lines, "hello\n"],
        "no schema": ["{}\n", *lines[1:]],
        "a list first": ["[]\n"],
        "nothing": [],
    }
    if how in texts:
        return gzip.compress("".join(texts[how]).encode())
    data = whole.read_bytes()
    return {"a text": b"Dear all,\n", "empty": b"", "cut": data[: len(data) // 2], "bent": data[:-8] + bytes(8)}[how]


@pytest.mark.parametrize(
    "how",
    [
        "a text",
        "empty",
        "nothing",
        "cut",
        "bent",
        "no json",
        "no schema",
        "a list first",
        "an unknown table",
        "an unknown column",
        "a column missing",
        "a row twice",
        "rows without their attempts",
    ],
)
def test_a_file_that_is_no_whole_backup_is_refused_and_changes_nothing(
    app: Flask, bundle: Bundle, tmp_path: Path, how: str
) -> None:
    take(app, bundle, until=2)
    path = tmp_path / "holiday.jsonl.gz"
    path.write_bytes(broken(create(app), how))
    take(app, bundle, until=1)
    before = rows(app)
    result = command(app, "backup", "restore", path)
    assert result.exit_code == 1
    assert "holiday.jsonl.gz" in result.output
    assert "not a whole backup" in result.output
    assert len(result.output.splitlines()) <= 3
    assert rows(app) == before


def test_a_backup_can_be_read_by_nobody_else_not_even_while_it_grows(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    growing: list[int] = []

    def look(*_: object) -> None:
        growing.extend(path.stat().st_mode & 0o777 for path in folder.glob("*"))

    before = os.umask(0o022)
    event.listen(Engine, "before_cursor_execute", look)
    try:
        path = create(app, "--to", folder)
    finally:
        event.remove(Engine, "before_cursor_execute", look)
        os.umask(before)
    assert path.parent == folder
    assert path.stat().st_mode & 0o777 == 0o600
    assert set(growing) == {0o600}
    assert folder.stat().st_mode & 0o077 == 0


def test_a_backup_that_fails_leaves_no_file(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE item_response")
    assert command(app, "backup", "create").exit_code == 1
    assert list((app.config["DATA_DIR"] / "backups").glob("*")) == []


def test_two_backups_within_a_second_are_two(app: Flask, bundle: Bundle, today: Today) -> None:
    today(NOON)
    first = create(app)
    kept = first.read_bytes()
    take(app, bundle, until=1)
    today(NOON + dt.timedelta(milliseconds=20))
    assert create(app) != first
    assert first.read_bytes() == kept


@pytest.fixture
def old_and_young(tmp_path: Path, today: Today) -> Path:
    """A folder with backups from either side of fourteen days, one of them broken off, and something else."""
    today(NOON)
    folder = tmp_path / "data" / "backups"
    folder.mkdir()
    days = {"convive-young.jsonl.gz": 13.9, "convive-old.jsonl.gz": 14.1, "convive-old.jsonl.part": 15, "me.jpeg": 400}
    for name, age in days.items():
        (folder / name).write_bytes(b"")
        moment = (NOON - dt.timedelta(days=age)).timestamp()
        os.utime(folder / name, (moment, moment))
    return folder


def test_the_next_backup_deletes_those_older_than_fourteen_days(app: Flask, old_and_young: Path) -> None:
    new = create(app)
    assert {path.name for path in old_and_young.iterdir()} == {"convive-young.jsonl.gz", "me.jpeg", new.name}


def test_old_backups_are_deleted_every_hour_though_nobody_makes_a_new_one(app: Flask, old_and_young: Path) -> None:
    command(app, "work", "--once")
    assert {path.name for path in old_and_young.iterdir()} == {"convive-young.jsonl.gz", "me.jpeg"}


def test_a_backup_that_is_too_old_to_know_what_was_deleted_is_refused(
    app: Flask, bundle: Bundle, tmp_path: Path, today: Today
) -> None:
    today(NOON)
    gone = take(app, bundle, until=2)
    path = create(app, "--to", tmp_path / "kept")
    gone.post(f"/en/quizzes/{TEST}/delete", data={"token": own_token(gone)})
    today(NOON + dt.timedelta(days=15))
    command(app, "privacy", "purge")
    before = rows(app)
    result = command(app, "backup", "restore", path)
    assert result.exit_code == 1
    assert "15 days old" in result.output
    assert rows(app) == before
    assert command(app, "backup", "restore", path, "--even-if-old").exit_code == 0
    assert len(rows(app)["attempt"]) == 1


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=POSTGRES)])
def test_a_backup_is_of_one_moment_while_people_go_on(
    request: pytest.FixtureRequest, tmp_path: Path, elsewhere: Flask, bundle: Bundle, database: str
) -> None:
    def run(url: str) -> None:
        with another_installation(tmp_path / database, **({"DATABASE_URL": url} if url else {})) as app:
            take(app, bundle, until=2)
            before = rows(app)
            path = backup_while_somebody_chooses(app, bundle)
            assert len(rows(app)["attempt"]) == 2
            restore(elsewhere, path)
            assert rows(elsewhere) == before

    if database == "sqlite":
        run("")
    else:
        with fresh_database(request.getfixturevalue("postgres_url")) as url:
            run(url)


def backup_while_somebody_chooses(app: Flask, bundle: Bundle) -> Path:
    """Let somebody begin the test between the backup's reading of attempts and its reading of their responses."""
    waiting = [app.test_client()]

    def choose(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM item_response" in statement and waiting:
            answer_in_a_thread(waiting.pop(), bundle)

    event.listen(Engine, "before_cursor_execute", choose)
    try:
        return create(app)
    finally:
        event.remove(Engine, "before_cursor_execute", choose)
        assert not waiting, "nobody chose meanwhile"


def answer_in_a_thread(client: CheckingClient, bundle: Bundle) -> None:
    """A browser's request has a thread of its own, so it has no part in the command's transaction."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(respond, client, bundle, 1, fresh_token()).result()
