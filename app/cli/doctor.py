"""`flask doctor`: is this installation well? One line each."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import click
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.cli.telling import PlainCommand, as_json, tell
from app.config import Settings
from app.extensions import clock, connection, db
from app.library import catalogue


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    is_well: bool
    says: str

    def __str__(self) -> str:
        """Write one line."""
        return f"{'well' if self.is_well else 'MEND'}  {self.name}: {self.says}"


def _database(app: Flask) -> Finding:
    try:
        version = connection().execute(text("SELECT version_num FROM alembic_version")).scalar()
    except SQLAlchemyError as error:
        return Finding("database", False, f"{type(error).__name__}; run flask db upgrade")
    newest = ScriptDirectory(str(app.config["MIGRATIONS"])).get_current_head()
    if version != newest:
        return Finding("database", False, f"schema {version}, the newest is {newest}; run flask db upgrade")
    return Finding("database", True, f"{db.engine.dialect.name}, schema {version}")


def _content(app: Flask) -> Finding:
    notes = catalogue().notes
    says = f"{len(list(catalogue()))} bundles, {len(notes)} notes; flask content status says more"
    return Finding("content", True, says)


def _data_folder(app: Flask) -> Finding:
    folder = app.config["DATA_DIR"]
    mode = folder.stat().st_mode & 0o077
    says = str(folder.name) if not mode else f"others can read {folder.name}; chmod 700"
    return Finding("data folder", not mode, says)


def _address(app: Flask) -> Finding:
    settings: Settings = app.extensions["settings"]
    is_open = settings.host not in {"127.0.0.1", "localhost"}
    if is_open and not settings.base_url:
        return Finding("address", False, "reachable from outside without BASE_URL; links take this machine's own names")
    return Finding("address", True, settings.base_url or "this machine alone")


def _backups(app: Flask) -> Finding:
    files = sorted((app.config["DATA_DIR"] / "backups").glob("convive-*.jsonl.gz"))
    if not files:
        return Finding("backups", False, "there is none; flask backup create")
    days = (clock.now().timestamp() - files[-1].stat().st_mtime) / 86400
    return Finding("backups", days < 8, f"the newest is {days:.0f} days old")


CHECKS: tuple[Callable[[Flask], Finding], ...] = (_database, _content, _data_folder, _address, _backups)


@click.command(cls=PlainCommand)
@as_json
def doctor(in_json: bool) -> None:
    """Look at settings, database, content, data folder and backups."""
    findings = [check(current_app) for check in CHECKS]
    is_well = all(finding.is_well for finding in findings)
    tell(
        {"findings": list(map(vars, findings))},
        list(map(str, findings)),
        in_json=in_json,
        next_step="nothing" if is_well else "mend the lines that say so",
    )
    sys.exit(not is_well)


COMMANDS = (doctor,)
