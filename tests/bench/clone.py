"""From a clone to the first page, with nothing kept from before: `make run`, with pip and with uv."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.servers import wait_for_page
from tests.bench.table import Bench, Result
from tests.servers import ROOT, free_port

WITH_PIP, WITH_UV = 20.0, 6.0  # seconds
OWN = ("FLASK_", "VIRTUAL_ENV", "PYTHONPATH", "DATA_DIR", "DATABASE_URL", "CONTENT_DIRS", "MAKE", "MFLAGS", "UV_")


def measure_clone(bench: Bench) -> Result:
    """Clone, `make run`, wait for the first page; then once more, with nothing changed."""
    folder = bench.new_folder("clone")
    programs = folder / "programs"
    uv = _install_uv(folder / "uv", programs)
    with_pip, again_pip = _clone_and_run(folder / "pip", _path_without_uv())
    with_uv, again_uv = _clone_and_run(folder / "with-uv", f"{programs}:{_path_without_uv()}")
    measured = f"{with_pip:.1f} s with pip, {with_uv:.1f} s with {uv}; again {again_pip:.1f} s and {again_uv:.1f} s"
    figures = {"pip": [with_pip, again_pip], "uv": [with_uv, again_uv]}
    return Result(measured, with_pip <= WITH_PIP and with_uv <= WITH_UV, figures)


def _install_uv(venv: Path, programs: Path) -> str:
    """Install uv where nothing else of its environment can be found; says its version."""
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    subprocess.run([venv / "bin" / "pip", "install", "--quiet", "uv"], check=True, capture_output=True)
    programs.mkdir()
    (programs / "uv").symlink_to(venv / "bin" / "uv")
    told = subprocess.run([programs / "uv", "--version"], check=True, capture_output=True, text=True).stdout
    return " ".join(told.split()[:2])


def _path_without_uv() -> str:
    """Take the folders of PATH that hold no uv, and not those of the environment that measures."""
    own = Path(sys.executable).parent
    folders = [folder for folder in os.environ["PATH"].split(":") if folder and Path(folder) != own]
    return ":".join(folder for folder in folders if not (Path(folder) / "uv").exists())


def _clone_and_run(folder: Path, path: str) -> tuple[float, float]:
    """Clone and run, then stop and run again; says the seconds to the first page of both."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    caches = {"PIP_CACHE_DIR": str(folder / "pip-cache"), "UV_CACHE_DIR": str(folder / "uv-cache")}
    environment = {**kept, **caches, "PATH": path, "DATA_DIR": str(folder / "data"), "PORT": str(free_port())}
    folder.mkdir()
    began = time.monotonic()
    subprocess.run(["git", "clone", "--quiet", ROOT, folder / "convive"], check=True)
    with _make_run(folder / "convive", environment):
        first = time.monotonic() - began
    began = time.monotonic()
    with _make_run(folder / "convive", environment):
        second = time.monotonic() - began
    shutil.rmtree(folder)
    return first, second


@contextmanager
def _make_run(clone: Path, environment: dict[str, str]) -> Iterator[None]:
    """Type `make run`, and go on when the first page is there."""
    with (clone.parent / "make.log").open("ab") as log:
        make = subprocess.Popen(
            ["make", "run"], cwd=clone, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait_for_page(f"http://127.0.0.1:{environment['PORT']}/en/", make)
        yield
    finally:
        _stop(make)


def _stop(make: subprocess.Popen[bytes]) -> None:
    """Stop it as Ctrl+C in a terminal does: every process of the group hears it."""
    os.killpg(make.pid, signal.SIGINT)
    try:
        make.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(make.pid, signal.SIGKILL)
        raise
