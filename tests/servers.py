"""Servers for tests: a throw-away PostgreSQL, and the product itself on a loopback port."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """Find a loopback port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(name: str) -> str:
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    assert found, f"{name} is not installed; make test installs it"
    return found


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start a PostgreSQL server in a folder of its own, and delete it afterwards."""
    folder, port = Path(tempfile.mkdtemp(prefix="convive-pg-")), free_port()
    owner: dict[str, object] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        postgres = pwd.getpwnam("postgres")
        os.chown(folder, postgres.pw_uid, postgres.pw_gid)
        owner = {"user": postgres.pw_uid, "group": postgres.pw_gid, "extra_groups": []}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **owner}
    new = [_program("initdb"), "-D", f"{folder}/data", "-U", "test", "-A", "trust", "--no-sync", "-E", "UTF8"]
    subprocess.run([*new, "--locale=C.UTF-8"], check=True, **quiet)
    server = [_program("postgres"), "-D", f"{folder}/data", "-p", str(port), "-k", str(folder), "-h", "127.0.0.1", "-F"]
    process = subprocess.Popen(server, **quiet)
    try:
        _wait_for_postgres(port, process)
        yield f"postgresql://test@127.0.0.1:{port}/postgres"
    finally:
        process.send_signal(signal.SIGINT)  # SIGTERM would wait for pooled connections
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for_postgres(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            psycopg.connect(f"postgresql://test@127.0.0.1:{port}/postgres", connect_timeout=1).close()
        except psycopg.OperationalError:
            assert process.poll() is None, "PostgreSQL did not start"
            time.sleep(0.05)
        else:
            return
    raise AssertionError("PostgreSQL did not answer")


@dataclass
class RunningProduct:
    """The product, serving."""

    process: subprocess.Popen[bytes]
    address: str
    data_dir: Path

    def stop(self) -> int:
        """Ask it to stop, and wait."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


def start_product(data_dir: Path, port: int = 0, **settings: str) -> RunningProduct:
    """Start the product as `make run` does, and wait until it answers."""
    port = port or free_port()
    environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(data_dir), "FLASK_APP": "wsgi", **settings}
    data_dir.mkdir(parents=True, exist_ok=True)
    log = (data_dir / "server.log").open("ab")
    command = [sys.executable, "-m", "flask", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
    log.close()
    address = f"http://127.0.0.1:{port}"
    for _ in range(400):
        assert process.poll() is None, (data_dir / "server.log").read_text()
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return RunningProduct(process, address, data_dir)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise AssertionError("the product did not answer")


@contextmanager
def running_product(data_dir: Path, **settings: str) -> Iterator[RunningProduct]:
    """Run the product for a while."""
    product = start_product(data_dir, **settings)
    try:
        yield product
    finally:
        if product.process.poll() is None:
            product.stop()
