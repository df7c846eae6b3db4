"""`flask backup create | restore`: the whole installation in one file, on SQLite or PostgreSQL alike."""

import datetime as dt
import gzip
import hashlib
import itertools
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import Date, DateTime, LargeBinary, Table, insert, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.attempts.models import Erasure
from app.attempts.queries import delete_erased_again
from app.cli.telling import PlainCommand, as_json, tell
from app.config import make_private
from app.extensions import Base, clock, commit, connection, db, read_one_moment, rollback, writes
from app.extensions import insert as insert_or
from app.privacy.retention import BACKUP_DAYS, delete_old_backups

group = AppGroup("backup", help="Keep the installation in a file, and bring it back.")
COMMANDS = (group,)
BATCH = 1000  # rows
# PostgreSQL counts on from the highest number that was ever given.
NEXT_NUMBER = (
    "SELECT setval('attempt_id_seq', greatest((SELECT max(id) FROM attempt), (SELECT last_value FROM attempt_id_seq)))"
)


@group.command(cls=PlainCommand)
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
@as_json
def create(folder: Path | None, in_json: bool) -> None:
    """Write every table into one compressed file; backups older than 14 days are deleted."""
    folder = folder or current_app.config["DATA_DIR"] / "backups"
    make_private(folder)
    path = folder / f"convive-{clock.now():%Y%m%d-%H%M%S-%f}.jsonl.gz"
    begun = path.with_suffix(".part")
    try:
        rows = _write(begun)
        begun.replace(path)
    finally:
        begun.unlink(missing_ok=True)
    gone = delete_old_backups(folder)
    facts = {"file": str(path), "rows": rows, "sha256": _digest(path), "deleted": gone}
    lines = [f"{rows} rows written to {path}", f"{gone} backups older than {BACKUP_DAYS} days deleted"]
    tell(facts, lines, in_json=in_json, next_step=f"flask backup restore {path}, if ever it is needed")


@group.command(cls=PlainCommand)
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--even-if-old", is_flag=True, help="Restore it after 14 days too: what was deleted before comes back.")
@as_json
def restore(path: Path, even_if_old: bool, in_json: bool) -> None:
    """Put the rows of a backup in place of those that are here; what was deleted since stays deleted."""
    writes.set(True)
    if not inspect(db.engine).has_table("alembic_version"):
        upgrade()
    try:
        rows = _read_back(path, even_if_old=even_if_old)
    except (OSError, EOFError, ValueError, KeyError, TypeError, SQLAlchemyError) as error:
        rollback()
        raise click.ClickException(f"{path.name} is not a whole backup of Convive; nothing was changed") from error
    forgotten = delete_erased_again()
    commit()
    lines = [f"{rows} rows restored", f"{forgotten} attempts that were deleted since are deleted again"]
    tell({"rows": rows, "forgotten": forgotten}, lines, in_json=in_json, next_step="flask doctor")


def _write(path: Path) -> int:
    """Write every table as it is at one moment; says how many rows there are."""
    read_one_moment()
    rows = 0
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as raw, gzip.open(raw, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"schema": _schema_version(), "made_on": clock.today().isoformat()}) + "\n")
        for line in _lines():
            file.write(line + "\n")
            rows += 1
    return rows


def _read_back(path: Path, *, even_if_old: bool) -> int:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        head = json.loads(file.readline())
        if head["schema"] != _schema_version():
            raise click.ClickException("this backup belongs to another schema; run the version that made it")
        age = (clock.today() - dt.date.fromisoformat(head["made_on"])).days
        if age > BACKUP_DAYS and not even_if_old:
            raise click.ClickException(
                f"this backup is {age} days old, and what people deleted is remembered for {BACKUP_DAYS} days alone;"
                " --even-if-old restores it all the same, with what they deleted"
            )
        return _put_back(json.loads(line) for line in file)


def _tables() -> list[Table]:
    return list(Base.metadata.sorted_tables)


def _schema_version() -> str:
    return str(connection().execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _lines() -> Iterator[str]:
    for table in _tables():
        for row in connection().execute(select(table)).mappings():
            yield json.dumps([table.name, {name: _packed(value) for name, value in row.items()}])


def _packed(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, dt.date) else value


def _unpacked(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    unpack = {LargeBinary: bytes.fromhex, Date: dt.date.fromisoformat, DateTime: dt.datetime.fromisoformat}
    for column in table.columns:
        make = unpack.get(type(column.type))
        if make is not None and row[column.name] is not None:
            row[column.name] = make(row[column.name])
    return row


def _put_back(rows: Iterator[tuple[str, dict[str, Any]]]) -> int:
    tables = {table.name: table for table in _tables()}
    for table in reversed(_tables()):
        if table is not Erasure.__table__:
            connection().execute(table.delete())
    count = 0
    for name, group_of_rows in itertools.groupby(rows, key=lambda row: row[0]):
        while batch := [_unpacked(tables[name], row) for _, row in itertools.islice(group_of_rows, BATCH)]:
            whole = insert(tables[name])
            known = insert_or(Erasure).on_conflict_do_nothing()
            connection().execute(known if tables[name] is Erasure.__table__ else whole, batch)
            count += len(batch)
    if db.engine.dialect.name == "postgresql":
        connection().execute(text(NEXT_NUMBER))
    return count


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
