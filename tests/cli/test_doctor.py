"""`flask doctor`: well or to be mended, a line each, and an exit code for a watchdog."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.extensions import clock, db
from tests.cli.installations import command, shell

NAMES = ["database", "content", "data folder", "address", "backups"]


def findings(app: Flask) -> dict[str, tuple[bool, str]]:
    result = command(app, "doctor", "--json")
    found = {each["name"]: (each["is_well"], each["says"]) for each in json.loads(result.stdout)["findings"]}
    assert result.exit_code == (0 if all(well for well, _ in found.values()) else 1)
    return found


@pytest.fixture
def well(app: Flask) -> Flask:
    """An installation that has a backup and is well."""
    command(app, "backup", "create")
    return app


def test_an_installation_that_is_well_says_so_and_ends_with_0(well: Flask) -> None:
    result = command(well, "doctor")
    *lines, step = result.stdout.splitlines()
    assert result.exit_code == 0
    assert [line.split(":")[0] for line in lines] == [f"well  {name}" for name in NAMES]
    assert step == "Next: nothing"


def test_what_is_to_be_mended_stands_out_and_ends_with_1(app: Flask) -> None:
    result = command(app, "doctor")
    assert result.exit_code == 1
    assert "MEND  backups: there is none; flask backup create" in result.stdout
    assert result.stdout.splitlines()[-1] == "Next: mend the lines that say so"


def test_a_fresh_installation_lacks_its_tables_and_a_backup_and_nothing_else(tmp_path: Path) -> None:
    answer = shell("doctor", "--json", DATA_DIR=str(tmp_path / "new" / "data"))
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    found = json.loads(answer.stdout)["findings"]
    assert {each["name"] for each in found if not each["is_well"]} == {"database", "backups"}
    assert "flask db upgrade" in found[0]["says"]


@pytest.mark.parametrize(
    "statement", ["UPDATE alembic_version SET version_num = '0000'", "DELETE FROM alembic_version"]
)
def test_a_schema_that_is_not_the_newest_is_to_be_mended(well: Flask, statement: str) -> None:
    with well.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    is_well, says = findings(well)["database"]
    assert not is_well
    assert "flask db upgrade" in says


def test_a_database_server_that_does_not_answer_is_to_be_mended(make_app: Callable[..., Flask]) -> None:
    app = make_app(DATABASE_URL="postgresql://nobody:a-password@127.0.0.1:1/nothing?connect_timeout=2")
    is_well, says = findings(app)["database"]
    assert not is_well
    assert "a-password" not in says


def test_a_data_folder_that_others_can_read_is_to_be_mended(well: Flask) -> None:
    folder: Path = well.config["DATA_DIR"]
    folder.chmod(0o750)
    assert findings(well)["data folder"] == (False, "others can read data; chmod 700")
    folder.chmod(0o700)
    assert findings(well)["data folder"][0]


@pytest.mark.parametrize(
    ("settings", "is_well"),
    [
        ({}, True),
        ({"HOST": "localhost"}, True),
        ({"HOST": "0.0.0.0"}, False),
        ({"HOST": "192.0.2.7"}, False),
        ({"HOST": "0.0.0.0", "BASE_URL": "https://test.example"}, True),
    ],
)
def test_who_can_be_reached_from_outside_needs_an_address(
    make_app: Callable[..., Flask], settings: dict[str, str], is_well: bool
) -> None:
    found = findings(make_app(**settings))["address"]
    assert found[0] is is_well
    assert is_well or "BASE_URL" in found[1]


def test_a_backup_of_last_week_is_too_old(well: Flask) -> None:
    (path,) = (well.config["DATA_DIR"] / "backups").glob("*")
    for days, is_well in ((6, True), (9, False)):
        moment = clock.now().timestamp() - days * 86400
        os.utime(path, (moment, moment))
        assert findings(well)["backups"] == (is_well, f"the newest is {days} days old")


def test_notes_on_the_content_are_counted(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    folder = tmp_path / "quizzes"
    app = make_app(CONTENT_DIRS=str(folder))
    command(app, "content", "new", "quiz", "tiny")
    (folder / "tiny" / "fr").mkdir()
    (folder / "tiny" / "fr" / "text.yaml").write_text("titel: Un quiz\n", "utf-8")
    is_well, says = findings(make_app(CONTENT_DIRS=str(folder)))["content"]
    assert is_well
    assert says.startswith("1 bundles, ")
    assert not says.startswith("1 bundles, 0 notes")
