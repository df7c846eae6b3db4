"""`bin/setup` says in one line what is missing and how to get it; it takes no rights that it was not given."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers import ROOT

# What a bare system has in any case; everything else a test puts there itself.
TOOLS = ("sh", "dirname", "cat", "cksum", "rm", "grep", "ls", "mkdir", "chmod")
PYTHON = """case "$1" in
  -V) echo "Python 3.11.2" ;;
  -c) exit 0 ;;
  -m) [ -z "${VENV_WORKS:-}" ] && { mkdir -p .venv; echo "ensurepip is not available" >&2; exit 1; }
      mkdir -p .venv/bin; printf '#!/bin/sh\\nexit 0\\n' > .venv/bin/pip; chmod +x .venv/bin/pip ;;
esac
"""


class System:
    """A made-up system: a copy of the script, and a PATH with what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.home, self.path = folder / "convive", folder / "path"
        self.path.mkdir()
        (self.home / "bin").mkdir(parents=True)
        shutil.copy(ROOT / "bin" / "setup", self.home / "bin" / "setup")
        for lock in ("requirements.txt", "requirements-dev.txt"):
            (self.home / lock).write_text("nothing==1\n")
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found
            (self.path / tool).symlink_to(found)

    def has(self, program: str, script: str = "exit 0\n") -> None:
        """Put a program onto the PATH; it notes each call."""
        file = self.path / program
        file.write_text(f'#!{shutil.which("sh")}\necho "{program} $*" >> "{self.home}/calls"\n{script}')
        file.chmod(0o755)

    def calls(self) -> list[str]:
        path = self.home / "calls"
        return path.read_text().splitlines() if path.exists() else []

    def setup(self, purpose: str, **settings: str) -> subprocess.CompletedProcess[str]:
        line = [str(self.home / "bin" / "setup"), purpose]
        environment = {"PATH": str(self.path), "HOME": str(self.home), **settings}
        return subprocess.run(line, env=environment, capture_output=True, text=True, timeout=30, check=False)


@pytest.fixture
def system(tmp_path: Path) -> System:
    return System(tmp_path)


@pytest.fixture
def prepared(system: System) -> Callable[[str], System]:
    """A system on which Python and its packages are there already; `user` is its number for `id -u`."""

    def prepare(user: str) -> System:
        system.has("python3", PYTHON)
        system.has("id", f"echo {user}\n")
        system.has("sudo")
        return system

    return prepare


def test_without_python_it_names_what_to_install(system: System) -> None:
    answer = system.setup("run")
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert "apt-get install python3 python3-venv" in line


def test_an_old_python_is_named_with_the_version_that_is_needed(system: System) -> None:
    system.has("python3", '[ "$1" = -V ] && { echo "Python 3.9.2"; exit 0; }; exit 1\n')
    answer = system.setup("run")
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert "3.11" in line
    assert "Python 3.9.2" in line


def test_without_venv_it_names_the_package_in_one_line_and_leaves_nothing(system: System) -> None:
    system.has("python3", PYTHON)
    answer = system.setup("run")
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert "apt-get install python3-venv" in line
    assert answer.stdout == ""
    assert not (system.home / ".venv").exists()


def test_what_is_there_already_is_not_made_again(prepared: Callable[[str], System]) -> None:
    system = prepared("1000")
    assert system.setup("run", VENV_WORKS="1").returncode == 0
    made = [call for call in system.calls() if call.startswith("python3 -m venv")]
    assert system.setup("run").returncode == 0
    assert [call for call in system.calls() if call.startswith("python3 -m venv")] == made
    assert len(made) == 1


def test_who_is_not_root_is_told_the_command_and_nothing_is_installed(prepared: Callable[[str], System]) -> None:
    system = prepared("1000")
    system.has("apt-get")
    answer = system.setup("test", VENV_WORKS="1")
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert re.search(r"sudo apt-get install .*\bchromium\b.*\bfonts-noto-core\b", line)
    assert not [call for call in system.calls() if call.startswith(("apt-get", "sudo"))]


def test_as_root_it_installs_what_is_missing(prepared: Callable[[str], System]) -> None:
    system = prepared("0")
    system.has("apt-get")
    answer = system.setup("test", VENV_WORKS="1")
    assert answer.returncode == 0, answer.stderr
    update, install = [call for call in system.calls() if call.startswith("apt-get")]
    assert "update" in update
    assert re.search(r"install .*-y.* chromium\b", install)
    assert "sudo" not in "\n".join(system.calls())


@pytest.mark.parametrize("step", ["update", "install"])
def test_as_root_an_installation_that_fails_is_a_failure(prepared: Callable[[str], System], step: str) -> None:
    system = prepared("0")
    system.has("apt-get", f'case "$*" in *{step}*) exit 100 ;; esac\n')
    answer = system.setup("test", VENV_WORKS="1")
    assert answer.returncode != 0


def test_where_nothing_is_missing_nothing_is_asked_for(prepared: Callable[[str], System]) -> None:
    system = prepared("1000")
    for program in ("chromium", "initdb"):
        system.has(program)
    system.has("fc-list", "echo 'Noto Naskh Arabic:style=Regular'\n")
    answer = system.setup("test", VENV_WORKS="1")
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize("purpose", ["run", "tools"])
def test_to_run_and_to_check_no_program_is_needed_beside_python(
    prepared: Callable[[str], System], purpose: str
) -> None:
    answer = prepared("1000").setup(purpose, VENV_WORKS="1")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


def test_setup_never_calls_sudo_itself() -> None:
    code = [line for line in (ROOT / "bin" / "setup").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in code if re.search(r"(^|[;&|(]\s*|then |do )sudo\b", line.strip())] == []


def test_make_help_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-zA-Z0-9_-]+):", text, re.M))
    help_text = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        env={**os.environ, "MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    ).stdout
    listed = {line.split()[0]: line.split(maxsplit=1)[1] for line in help_text.splitlines()}
    assert set(listed) == targets
    assert {"run", "test", "check", "help"} <= targets


def test_every_phony_target_is_a_target() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    phony = {name for line in re.findall(r"^\.PHONY:(.*)$", text, re.M) for name in line.split()}
    assert phony == set(re.findall(r"^([a-zA-Z0-9_-]+):", text, re.M))
