"""Every command answers on one screen, names the next step, and answers a program as JSON."""

import json
from collections.abc import Callable, Iterator
from math import ceil
from pathlib import Path

import click
import pytest
from flask import Flask

from tests.cli.installations import broken_bundle, command, shell

SCREEN, WIDTH = 24, 80
NOT_OURS = {"db"}  # Flask-Migrate's own
SERVERS = {"serve"}  # answers browsers, not the shell


def leaves(group: click.Group, before: str = "") -> Iterator[str]:
    for name, each in group.commands.items():
        if isinstance(each, click.Group):
            yield from leaves(each, f"{before}{name} ")
        else:
            yield f"{before}{name}"


@pytest.fixture
def words(make_app: Callable[..., Flask], tmp_path: Path) -> Callable[[str], tuple[Flask, list[str]]]:
    """Prepare a command: an installation on which it makes sense, and what is typed."""

    def prepare(name: str) -> tuple[Flask, list[str]]:
        app = make_app(CONTENT_DIRS=f"{tmp_path / 'own'}") if name.startswith("content") else make_app()
        rest: list[str] = []
        if name in {"content check", "content status", "content stamp"}:
            command(app, "content", "new", "quiz", "tiny")
        if name == "content stamp":
            rest = ["tiny", "en"]
        if name == "content new":
            rest = ["quiz", "other"]
        if name == "backup restore":
            rest = [json.loads(command(app, "backup", "create", "--json").stdout)["file"]]
        if name == "work":
            rest = ["--once"]
        return app, [*name.split(), *rest]

    return prepare


NAMES = [
    "backup create",
    "backup restore",
    "content check",
    "content new",
    "content stamp",
    "content status",
    "doctor",
    "privacy purge",
    "work",
]


def test_every_command_is_tried_here(app: Flask) -> None:
    group = click.Group(commands={n: c for n, c in app.cli.commands.items() if n not in NOT_OURS | SERVERS})
    assert sorted(leaves(group)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_command_answers_on_one_screen_and_names_the_next_step(
    words: Callable[[str], tuple[Flask, list[str]]], name: str
) -> None:
    app, typed = words(name)
    lines = command(app, *typed).stdout.splitlines()
    assert sum(ceil(len(line) / WIDTH) or 1 for line in lines) <= SCREEN
    assert lines
    assert lines[-1].startswith("Next: ")
    assert len(lines[-1]) > len("Next: ")


@pytest.mark.parametrize("name", NAMES)
def test_a_command_answers_a_program_in_json_alone(words: Callable[[str], tuple[Flask, list[str]]], name: str) -> None:
    app, typed = words(name)
    answer = json.loads(command(app, *typed, "--json").stdout)
    assert isinstance(answer, dict)
    assert answer


@pytest.mark.parametrize("name", ["content status", "doctor", "privacy purge", "backup create"])
def test_on_the_real_content_a_command_still_fits_one_screen(app: Flask, name: str) -> None:
    lines = command(app, *name.split()).stdout.splitlines()
    assert sum(ceil(len(line) / WIDTH) or 1 for line in lines) <= SCREEN


@pytest.mark.parametrize("name", NAMES)
def test_a_command_explains_itself_on_one_screen(app: Flask, name: str) -> None:
    text = command(app, *name.split(), "--help").stdout
    assert len(text.splitlines()) <= SCREEN
    assert "--json" in text


@pytest.mark.parametrize("typed", [("privacy", "purge"), ("backup", "create"), ("work", "--once"), ("doctor",)])
def test_without_tables_a_command_says_what_to_type(tmp_path: Path, typed: tuple[str, ...]) -> None:
    answer = shell(*typed, DATA_DIR=str(tmp_path / "data"))
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert "flask db upgrade" in answer.stdout + answer.stderr


def test_a_broken_setting_is_told_in_a_line_not_in_a_traceback(tmp_path: Path) -> None:
    answer = shell("doctor", DATA_DIR=str(tmp_path / "data"), SECRET_KEY="much-too-short", PORT="http")
    assert answer.returncode != 0
    assert "SECRET_KEY" in answer.stderr
    assert "PORT" in answer.stderr
    assert "much-too-short" not in answer.stderr
    assert "Traceback" not in answer.stderr


def test_broken_content_is_told_in_lines_not_in_a_traceback(tmp_path: Path) -> None:
    folder = broken_bundle(tmp_path)
    answer = shell("doctor", DATA_DIR=str(tmp_path / "data"), CONTENT_DIRS=str(folder))
    assert answer.returncode != 0
    assert "quizzes/leaky/bundle.yaml:" in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
