"""`flask content check | status | stamp | new`."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.telling import PlainCommand, as_json, tell
from app.content.languages import read_styles
from app.content.loader import Reading, read_bundles
from app.content.scaffold import new_quiz
from app.content.stamping import stamp_language
from app.content.status import language_status
from app.errors import DomainError
from app.i18n import languages

group = AppGroup("content", help="Check and make content bundles.")
COMMANDS = (group,)


def _read(paths: tuple[Path, ...] = ()) -> Reading:
    styles, problems = read_styles(current_app.config["TRANSLATIONS"])
    around = [path.resolve().parent if (path / "bundle.yaml").exists() else path for path in paths]
    reading = read_bundles(around or current_app.config["CONTENT_DIRS"], styles)
    reading.problems[:0] = problems
    return reading


@group.command(cls=PlainCommand)
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@as_json
def check(folders: tuple[Path, ...], in_json: bool) -> None:
    """Name every problem of every bundle, with its file and line."""
    reading = _read(folders)
    lines = [each.in_full for each in reading.problems]
    lines.append(f"{len(reading.bundles)} bundles can be used, {len(reading.errors)} errors, {len(lines)} lines in all")
    facts = {"bundles": sorted(reading.bundles), "problems": list(map(str, reading.problems))}
    step = "mend the errors" if reading.errors else "flask content status"
    tell(facts, lines, in_json=in_json, next_step=step)
    sys.exit(bool(reading.errors) or not reading.bundles)


@group.command(cls=PlainCommand)
@as_json
def status(in_json: bool) -> None:
    """Say what is translated, stale or missing, language by language."""
    rows = [row for bundle in _read().bundles.values() for row in language_status(bundle)]
    stale = any(row.stale for row in rows)
    step = "mend the stale items, then: flask content stamp <quiz> <language> <item>" if stale else "nothing is stale"
    tell({"languages": list(map(vars, rows))}, list(map(str, rows)), in_json=in_json, next_step=step)


@group.command(cls=PlainCommand)
@click.argument("quiz_id")
@click.argument("language")
@click.argument("items", nargs=-1)
@as_json
def stamp(quiz_id: str, language: str, items: tuple[str, ...], in_json: bool) -> None:
    """Say that a translation was made from the source as it is now; without items, all of it."""
    folder = _folder_of(quiz_id)
    try:
        stamped = stamp_language(folder, language, items)
    except DomainError as error:
        raise click.ClickException(error.reason) from error
    tell({"stamped": stamped}, [f"{len(stamped)} units stamped"], in_json=in_json, next_step="flask content check")


def _folder_of(quiz_id: str) -> Path:
    for folder in current_app.config["CONTENT_DIRS"]:
        if (folder / quiz_id / "bundle.yaml").exists():
            return Path(folder / quiz_id)
    raise click.ClickException(f"there is no quiz {quiz_id}; flask content status lists those there are")


@group.command(cls=PlainCommand)
@click.argument("kind", type=click.Choice(["quiz"]))
@click.argument("new_id")
@as_json
def new(kind: str, new_id: str, in_json: bool) -> None:
    """Make a folder for a new bundle, valid from the start."""
    folder = current_app.config["CONTENT_DIRS"][0]
    try:
        source = next(code for code, entry in languages().items() if entry.state == "source")
        made = new_quiz(folder, new_id, source)
    except DomainError as error:
        raise click.ClickException(error.reason) from error
    facts = {"kind": kind, "files": [str(path) for path in made]}
    tell(
        facts,
        [f"made {path}" for path in made],
        in_json=in_json,
        next_step="write its words, then: flask content check",
    )
