"""`flask content`: problems with their places, new bundles that are valid, translations that know their source."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.cli.installations import broken_bundle, command, shell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "quizzes"


@pytest.fixture
def own(make_app: Callable[..., Flask], folder: Path) -> Flask:
    """An installation that has one small quiz of its own."""
    app = make_app(CONTENT_DIRS=str(folder))
    command(app, "content", "new", "quiz", "tiny")
    return app


def translated(folder: Path) -> Path:
    """Copy the small quiz's words into another language's folder; as long as nobody stamps them, they are stale."""
    shutil.copytree(folder / "tiny" / "en", folder / "tiny" / "pl")
    return folder / "tiny" / "pl" / "text.yaml"


def status(app: Flask) -> dict[str, dict[str, object]]:
    languages = json.loads(command(app, "content", "status", "--json").stdout)["languages"]
    return {each["language"]: each for each in languages}


def test_a_check_names_every_problem_with_its_line_and_ends_with_1(app: Flask, tmp_path: Path) -> None:
    result = command(app, "content", "check", broken_bundle(tmp_path))
    assert result.exit_code == 1
    errors = [line for line in result.stdout.splitlines() if line.startswith("error: ")]
    assert all(re.match(r"error: quizzes/leaky/bundle\.yaml:\d+: [\w.]+: \w", line) for line in errors)
    text = "\n".join(errors)
    for path in ("bundle.yaml:3: version", "bundle.yaml:4: license", "licence", "items", "themes", "dimensions"):
        assert path in text
    assert "Next: mend the errors" in result.stdout


def test_a_check_gives_the_same_problems_to_a_program(app: Flask, tmp_path: Path) -> None:
    folder = broken_bundle(tmp_path)
    result = command(app, "content", "check", folder, "--json")
    spoken = command(app, "content", "check", folder).stdout.splitlines()
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert answer["bundles"] == []
    assert [line.removeprefix("error: ") for line in spoken if line.startswith("error: ")] == answer["problems"]


def test_a_check_of_whole_content_ends_with_0(own: Flask) -> None:
    result = command(own, "content", "check")
    assert result.exit_code == 0
    assert "1 bundles can be used, 0 errors" in result.stdout
    assert "Next: flask content status" in result.stdout


def test_the_real_content_has_no_error(app: Flask) -> None:
    result = command(app, "content", "check", "--json")
    assert result.exit_code == 0, result.stdout


def test_a_stale_translation_is_a_note_and_no_error(own: Flask, folder: Path) -> None:
    path = translated(folder)
    path.write_text(path.read_text("utf-8").replace("prompt: Somebody", "promt: Somebody"), "utf-8")
    result = command(own, "content", "check")
    assert result.exit_code == 0
    assert re.search(r"note: quizzes/tiny/pl/text\.yaml:\d+: items\.first-item\.promt: .*shown in `en`", result.stdout)


def test_a_check_runs_where_the_installed_content_is_broken(tmp_path: Path) -> None:
    folder = broken_bundle(tmp_path)
    answer = shell("content", "check", DATA_DIR=str(tmp_path / "data"), CONTENT_DIRS=str(folder))
    assert answer.returncode == 1
    assert "error: quizzes/leaky/bundle.yaml:3: version" in answer.stdout
    assert "Traceback" not in answer.stderr


def test_a_folder_in_which_no_bundle_is_found_is_not_called_whole(own: Flask, folder: Path) -> None:
    inside = command(own, "content", "check", folder / "tiny")  # the bundle's own folder, not the one around it
    assert inside.exit_code == 1 or "1 bundles can be used" in inside.stdout


def test_a_new_quiz_is_valid_from_the_start_and_is_served(own: Flask, make_app: Callable[..., Flask]) -> None:
    folders = own.config["CONTENT_DIRS"]
    again = make_app(CONTENT_DIRS=":".join(map(str, folders)))
    assert again.test_client().get("/en/quizzes/tiny/").status_code == 200


def test_a_new_quiz_never_overwrites_one_that_is_there(own: Flask, folder: Path) -> None:
    (folder / "tiny" / "bundle.yaml").write_text("id: mine\n", "utf-8")
    result = command(own, "content", "new", "quiz", "tiny")
    assert result.exit_code == 1
    assert "is there already" in result.output
    assert (folder / "tiny" / "bundle.yaml").read_text("utf-8") == "id: mine\n"


@pytest.mark.parametrize("name", ["Tiny", "1-quiz", "../outside", "a b", "é", "x" * 41])
def test_a_new_quiz_has_an_id_that_can_stand_in_an_address(own: Flask, folder: Path, name: str) -> None:
    before = sorted(folder.parent.rglob("*"))
    result = command(own, "content", "new", "quiz", name)
    assert result.exit_code == 1
    assert "is not an id" in result.output
    assert sorted(folder.parent.rglob("*")) == before


def test_the_status_tells_what_is_stale_and_what_is_missing(own: Flask, folder: Path) -> None:
    path = translated(folder)
    assert status(own)["pl"]["stale"] == ["general", "first-item"]
    words = path.read_text("utf-8")
    path.write_text(words[: words.index("items:")], "utf-8")
    assert status(own)["pl"]["missing"] == ["first-item"]
    assert status(own)["en"] | {"stale": [], "missing": []} == status(own)["en"]


def test_stamping_says_that_a_translation_is_fresh_until_its_source_changes(own: Flask, folder: Path) -> None:
    path = translated(folder)
    before = path.read_text("utf-8")
    result = command(own, "content", "stamp", "tiny", "pl")
    assert result.exit_code == 0
    assert status(own)["pl"]["stale"] == []
    added = set(path.read_text("utf-8").splitlines()) - set(before.splitlines())
    assert all(re.fullmatch(r"\s*source: [0-9a-f]{8}", line) for line in added)
    source = folder / "tiny" / "en" / "text.yaml"
    source.write_text(source.read_text("utf-8").replace("A new person sits", "A person sits"), "utf-8")
    assert status(own)["pl"]["stale"] == ["first-item"]
    command(own, "content", "stamp", "tiny", "pl", "first-item")
    assert status(own)["pl"]["stale"] == []
    assert len(re.findall(r"source: [0-9a-f]{8}", path.read_text("utf-8"))) == 2


@pytest.mark.parametrize(
    ("typed", "named"),
    [(("nowhere", "pl"), "nowhere"), (("tiny", "xx"), "xx"), (("tiny", "pl", "no-such"), "no-such")],
)
def test_stamping_what_is_not_there_is_refused(own: Flask, folder: Path, typed: tuple[str, ...], named: str) -> None:
    before = translated(folder).read_bytes()
    result = command(own, "content", "stamp", *typed)
    assert result.exit_code == 1
    assert named in result.output
    assert (folder / "tiny" / "pl" / "text.yaml").read_bytes() == before
