"""The two servers that are measured: the product, and the floor beneath it, with the same settings of gunicorn."""

import json
import os
import runpy
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import ROOT, free_port, running_product

WORKERS = 2


@dataclass(frozen=True)
class Server:
    """A server that runs: the process above all others, and its port."""

    pid: int
    port: int
    folder: Path


@contextmanager
def product(folder: Path, **settings: str) -> Iterator[Server]:
    """Run the product on a data folder of its own, as it is shipped."""
    with running_product(folder, WORKERS=str(WORKERS), **settings) as running:
        yield Server(running.process.pid, int(running.address.rpartition(":")[2]), folder)


def _gunicorn_settings(folder: Path) -> Path:
    """Copy the product's plain settings of gunicorn, but nothing that would load the product."""
    given = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    plain = {name: value for name, value in given.items() if isinstance(value, str | int) and not name.startswith("_")}
    path = folder / "gunicorn.conf.py"
    stack = "import threading\n\nthreading.stack_size(512 * 1024)\n"
    path.write_text(stack + "".join(f"{name} = {value!r}\n" for name, value in plain.items()))
    return path


@contextmanager
def floor(folder: Path, pages: list[dict[str, object]], level: int) -> Iterator[Server]:
    """Run the floor on a folder of its own, with pages of the product's sizes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pages.json").write_text(json.dumps(pages))
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", str(_gunicorn_settings(folder)), "-w", str(WORKERS)]
    command += ["-b", f"127.0.0.1:{port}", "tests.bench.floor:app"]
    environment = {**os.environ, "FLOOR_DIR": str(folder), "FLOOR_LEVEL": str(level)}
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_for_page(f"http://127.0.0.1:{port}/pages/1", process)
        yield Server(process.pid, port, folder)
    finally:
        process.terminate()
        process.wait(20)


def wait_for_page(address: str, process: subprocess.Popen[bytes], at_most: float = 120.0) -> None:
    """Wait until an address answers 200."""
    deadline = time.monotonic() + at_most
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it answered {address}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.005)
    raise RuntimeError(f"{address} did not answer within {at_most:.0f} s")
