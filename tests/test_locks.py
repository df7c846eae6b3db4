"""Every package is pinned with its hashes, from nowhere in particular, and fits what the project asks for."""

import re
import tomllib
from functools import cache

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.servers import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*(?:\[[a-z0-9,-]+\])?)==([^\s;]+)(?: ; (.+?))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
WHY = re.compile(r"^    # [\w .():-]+$")  # «via flask»


@cache
def lines(lock: str) -> tuple[str, ...]:
    return tuple((ROOT / lock).read_text("utf-8").splitlines())


@cache
def pinned(lock: str) -> dict[str, Version]:
    found = [match for match in map(PIN.match, lines(lock)) if match]
    return {canonicalize_name(Requirement(match[1]).name): Version(match[2]) for match in found}


@cache
def project() -> dict[str, list[str]]:
    """What the project asks for: by each lock file, all of it that the lock has to hold."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    core = data["project"]["dependencies"]
    extras = [each for extra in data["project"].get("optional-dependencies", {}).values() for each in extra]
    return {"requirements.txt": core, "requirements-dev.txt": [*core, *extras, *data["dependency-groups"]["dev"]]}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_hashes_and_reasons_and_nothing_else(lock: str) -> None:
    known = (PIN, HASH, WHY)
    assert [line for line in lines(lock) if line and not any(each.match(line) for each in known)] == []
    assert len(pinned(lock)) > 15


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_fetch_from(lock: str) -> None:
    text = "\n".join(lines(lock))
    assert "://" not in text
    assert not re.search(r"--(index|extra-index|find-links|trusted)", text)
    assert not re.search(r"\b[a-z0-9-]+\.(org|com|net|io|dev|local|internal|example)\b", text, re.I)
    assert not re.search(r"\d+\.\d+\.\d+\.\d+:\d+", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    all_lines = lines(lock)
    pins = [number for number, line in enumerate(all_lines) if PIN.match(line)]
    assert [all_lines[number] for number in pins if not HASH.match(all_lines[number + 1])] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_satisfies_what_the_project_asks_for(lock: str) -> None:
    for text in project()[lock]:
        wanted = Requirement(text)
        name = canonicalize_name(wanted.name)
        assert name in pinned(lock), f"{text} is not locked; make lock"
        assert wanted.specifier.contains(pinned(lock)[name]), f"{text}, but {pinned(lock)[name]} is locked"


def test_what_is_tested_is_what_is_installed_to_run() -> None:
    run, test = (pinned(lock) for lock in LOCKS)
    assert {name: version for name, version in test.items() if name in run} == run


def test_the_tools_of_tests_are_not_installed_to_run() -> None:
    extra = {canonicalize_name(Requirement(text).name) for text in project()["requirements-dev.txt"]}
    core = {canonicalize_name(Requirement(text).name) for text in project()["requirements.txt"]}
    assert (extra - core) & set(pinned("requirements.txt")) == set()
