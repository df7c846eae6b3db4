"""What can be set, typed or written stands in a README, and nothing stands there that is gone."""

import re
import tomllib
from collections.abc import Iterator

import click
import pytest
from flask import Flask
from packaging.requirements import Requirement
from pydantic import BaseModel

from app.config import Settings
from app.content.kinds import KINDS
from app.content.languages import Avoid, LanguageEntry, Lengths, Style
from app.content.model import Choice, Item, Quiz, Rule, Theme, When
from app.content.words import GeneralWords, ItemWords, LensWords, Review, Source, Step, Wording
from tests.servers import ROOT

PAGES = ("README.md", "app/README.md", "CONTRIBUTING.md", "quizzes/README.md", "translations/README.md")
BUNDLE_MODELS = (Quiz, Item, Choice, When, Rule, Theme)
TEXT_MODELS = (GeneralWords, ItemWords, Wording, LensWords, Step, Source, Review)
LANGUAGE_MODELS = (LanguageEntry, Style, Lengths, Avoid)
FLASKS_OWN = {"run", "shell", "routes"}


def text_of(*pages: str) -> str:
    return "\n".join((ROOT / page).read_text("utf-8") for page in pages)


def codes(text: str) -> list[str]:
    """List what is set as code, in a line or in a block."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.S | re.M)
    return [*blocks, *re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.S | re.M))]


def code_words(text: str) -> set[str]:
    return {word for code in codes(text) for word in re.findall(r"[\w-]+", code)}


def first_columns(text: str) -> set[str]:
    """List what is set as code in the first cells of tables: what a page says there is."""
    cells = re.findall(r"^\| *(`[^|]*)\|", text, re.M)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def fields(*models: type[BaseModel]) -> set[str]:
    return {name for model in models for name in model.model_fields}


def command_names(group: click.Group, before: str = "") -> Iterator[str]:
    for name, each in group.commands.items():
        if isinstance(each, click.Group):
            yield from command_names(each, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def commands_in_full(text: str) -> str:
    """Write out a row of commands: after `flask content check`, `status` is short for `flask content status`."""
    short = re.compile(r"(`flask ([a-z]+) [a-z]+`(?: · `flask [a-z]+ [a-z]+`)*) · `([a-z]+)`")
    while short.search(text):
        text = short.sub(r"\1 · `flask \2 \3`", text)
    return text


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))


@pytest.mark.parametrize("name", sorted(name.upper() for name in Settings.model_fields))
def test_every_setting_stands_in_a_readme(name: str) -> None:
    assert name in code_words(text_of("README.md", "app/README.md"))


def test_no_setting_stands_in_the_readme_that_is_gone() -> None:
    section = text_of("README.md").split("## Settings")[1].split("\n## ")[0]
    assert first_columns(section) == {name.upper() for name in Settings.model_fields}


def test_every_command_stands_in_a_readme(app: Flask) -> None:
    said = "\n".join(codes(commands_in_full(text_of("README.md", "app/README.md", "CONTRIBUTING.md"))))
    own = {name for name in command_names(app.cli) if not name.startswith("db ")}
    assert len(own) >= 9
    assert [name for name in sorted({*own, "db upgrade"}) if not re.search(rf"\bflask {name}\b", said)] == []


def test_no_command_stands_in_a_readme_that_is_gone(app: Flask) -> None:
    known = {*command_names(app.cli), *FLASKS_OWN}
    said = {code for code in codes(text_of(*PAGES)) if code.startswith("flask ")}
    assert said
    for line in said:
        name = re.match(r"flask ((?:[a-z-]+ ?)+)", line)
        assert name, line
        words = name.group(1).split()
        assert {" ".join(words[:1]), " ".join(words[:2])} & known, line


def test_every_make_target_stands_in_a_readme() -> None:
    said = "\n".join(codes(text_of("README.md", "app/README.md", "CONTRIBUTING.md")))
    assert [name for name in sorted(make_targets()) if not re.search(rf"\bmake {name}\b", said)] == []


def test_no_make_target_stands_in_a_readme_that_is_gone() -> None:
    said = set(re.findall(r"\bmake ([a-z0-9-]+)", "\n".join(codes(text_of(*PAGES)))))
    assert said - make_targets() == set()


@pytest.mark.parametrize("model", [*BUNDLE_MODELS, *TEXT_MODELS], ids=lambda model: model.__name__)
def test_every_key_of_a_bundle_stands_in_the_page_on_quizzes(model: type[BaseModel]) -> None:
    assert fields(model) - code_words(text_of("quizzes/README.md")) == set()


def test_no_key_stands_in_the_page_on_quizzes_that_is_gone() -> None:
    known = fields(*BUNDLE_MODELS, *TEXT_MODELS) | set(KINDS)
    assert {name for name in first_columns(text_of("quizzes/README.md")) if re.fullmatch(r"[\w-]+", name)} <= known


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_stands_in_the_page_on_quizzes_with_its_choices(kind: str) -> None:
    text = text_of("quizzes/README.md")
    assert kind in first_columns(text)
    assert set(KINDS[kind].fixed_choices) <= code_words(text)


@pytest.mark.parametrize("model", LANGUAGE_MODELS, ids=lambda model: model.__name__)
def test_every_key_of_languages_stands_in_their_page(model: type[BaseModel]) -> None:
    assert fields(model) - code_words(text_of("translations/README.md")) == set()


def test_no_key_stands_in_the_page_on_languages_that_is_gone() -> None:
    assert first_columns(text_of("translations/README.md")) <= fields(*LANGUAGE_MODELS)


def test_every_dependency_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)
    optional = project["project"].get("optional-dependencies", {}).values()
    groups = project.get("dependency-groups", {}).values()
    listed = [each for part in (project["project"]["dependencies"], *optional, *groups) for each in part]
    assert len(listed) > 10
    for requirement in listed:
        assert Requirement(requirement)
        (line,) = (line for line in text.splitlines() if f'"{requirement}"' in line)
        reason = line.rpartition("#")[2] if "#" in line else ""
        assert len(reason.split()) >= 1, f"no reason beside {requirement}"


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text_of(page)):
        if "://" not in target and not target.startswith("mailto:"):
            assert (ROOT / page).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("page", PAGES)
def test_files_that_a_page_names_are_there(page: str) -> None:
    named = {
        code for code in codes(text_of(page)) if re.fullmatch(r"(app|tests|bin|quizzes|translations)/[\w./-]+", code)
    }
    gone = [each for each in sorted(named) if not (ROOT / each).exists()]
    assert gone == []
