"""The product serves, survives what kills a part of it, and stops in time, finishing what it has begun."""

import os
import re
import signal
import socket
import sqlite3
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.cli.installations import eventually
from tests.conftest import TEST
from tests.servers import RunningProduct, running_product

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("serving")]

VISITOR = "127.0.0.77"  # the whole of 127.0.0.0/8 is this machine, so a visitor can be told from the server
MARK = "MARKEDSECRET"
QUIZ = f"/en/quizzes/{TEST}/"


class Browser:
    """Somebody's browser: it keeps its cookies and follows where it is led."""

    def __init__(self, product: RunningProduct) -> None:
        self.address = product.address
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        with self._opener.open(self.address + path, timeout=20) as page:
            return str(page.read().decode())

    def post(self, path: str, form: dict[str, str]) -> str:
        data = urllib.parse.urlencode(form).encode()
        with self._opener.open(self.address + path, data, timeout=20) as page:
            return str(page.url)

    def begin(self) -> str:
        """Choose something in item 1; says where that led."""
        return self.post(f"{QUIZ}1/response", first_form(self.get(QUIZ)))


def first_form(page: str) -> dict[str, str]:
    token = re.search(r'name="token" value="([^"]+)"', page)
    choice = re.search(r'name="choice" value="([^"]+)"', page)
    assert token is not None
    assert choice is not None
    return {"token": token.group(1), "choice": choice.group(1)}


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def server_and_helper(product: RunningProduct) -> tuple[int, int]:
    """Tell the two apart: the server has workers, the helper has nobody."""
    eventually(lambda: len(children(product.process.pid)) == 2)
    eventually(lambda: any(children(pid) for pid in children(product.process.pid)))
    server, helper = sorted(children(product.process.pid), key=lambda pid: not children(pid))
    return server, helper


def still_there(product: RunningProduct) -> list[str]:
    """List the product's processes that still run; those that ended and wait to be buried do not count."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, group = path.read_text().rsplit(")", 1)[1].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        if int(group) == product.process.pid and state != "Z":
            found.append(path.parent.name)
    return found


def log_of(product: RunningProduct) -> str:
    return (product.data_dir / "server.log").read_text()


def stored(product: RunningProduct, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(product.data_dir / "convive.sqlite3", timeout=10)) as connection:
        found = connection.execute(query).fetchall()
        connection.commit()
        return found


@pytest.fixture
def product(tmp_path: Path) -> Iterator[RunningProduct]:
    with running_product(tmp_path / "data") as running:
        yield running


def connected(product: RunningProduct) -> socket.socket:
    port = int(product.address.rsplit(":", 1)[1])
    return socket.create_connection(("127.0.0.1", port), timeout=20, source_address=(VISITOR, 0))


def test_it_serves_pages_and_says_that_it_is_ready(product: RunningProduct) -> None:
    browser = Browser(product)
    assert browser.get("/healthz") == "ready\n"
    assert browser.get("/").startswith("<!doctype html>")
    assert browser.begin().startswith(f"{product.address}{QUIZ}2")
    assert product.stop() == 0
    assert "Traceback" not in log_of(product)
    assert still_there(product) == []


@pytest.mark.parametrize("order", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_within_five_seconds_though_browsers_keep_their_lines_open(
    product: RunningProduct, order: signal.Signals
) -> None:
    with connected(product) as idle, connected(product):
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b" 200 " in idle.recv(4096)
        product.process.send_signal(order)
        assert product.process.wait(5) == 0
    assert still_there(product) == []


def test_a_request_in_flight_is_finished_before_it_stops(product: RunningProduct) -> None:
    body = urllib.parse.urlencode(first_form(Browser(product).get(QUIZ))).encode()
    head = (
        f"POST {QUIZ}1/response HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with connected(product) as line:
        line.sendall(head.encode())
        assert b" 100 " in line.recv(4096)  # the server has taken the request and waits for the form
        product.process.send_signal(signal.SIGTERM)
        eventually(lambda: "Handling signal: term" in log_of(product))
        line.sendall(body)
        assert line.recv(4096).startswith(b"HTTP/1.1 303 ")
    assert product.process.wait(5) == 0
    assert stored(product, "SELECT count(*) FROM item_response") == [(1,)]


def test_a_second_start_on_the_same_data_keeps_attempts_and_their_cookies(tmp_path: Path) -> None:
    with running_product(tmp_path / "data") as first:
        browser = Browser(first)
        browser.begin()
        before = browser.get(f"{QUIZ}1")
        assert first.stop() == 0
    with running_product(tmp_path / "data") as second:
        browser.address = second.address
        again = browser.get(f"{QUIZ}1")
        assert "checked" in again or "chosen" in again
        assert first_form(again) == first_form(before)
        assert "Traceback" not in log_of(second)


def test_a_helper_that_is_killed_is_started_again_and_works(product: RunningProduct) -> None:
    server, helper = server_and_helper(product)
    Browser(product).begin()
    stored(product, "UPDATE attempt SET last_on = '2020-01-01'")
    os.kill(helper, signal.SIGKILL)
    eventually(lambda: stored(product, "SELECT attempts FROM archive") == [(1,)])
    assert server_and_helper(product)[0] == server
    assert server_and_helper(product)[1] != helper
    assert Browser(product).get("/healthz") == "ready\n"


def test_when_a_worker_is_killed_the_others_go_on(product: RunningProduct) -> None:
    server, _ = server_and_helper(product)
    browser = Browser(product)
    browser.begin()
    eventually(lambda: len(children(server)) == 2)
    victim, other = children(server)
    os.kill(victim, signal.SIGKILL)
    for _ in range(10):
        assert Browser(product).begin().startswith(f"{product.address}{QUIZ}2")
    eventually(lambda: len(children(server)) == 2 and victim not in children(server))
    assert other in children(server)
    assert len(stored(product, "SELECT id FROM attempt")) == 11
    assert "Traceback" not in log_of(product)


def test_when_the_server_is_killed_everything_ends_and_says_so(product: RunningProduct) -> None:
    server, _ = server_and_helper(product)
    os.kill(server, signal.SIGKILL)
    assert product.process.wait(10) != 0
    eventually(lambda: still_there(product) == [])


def test_the_log_file_holds_no_visitor(product: RunningProduct) -> None:
    requests = [
        f"GET /en/resume/{MARK} HTTP/1.1\r\nHost: localhost\r\nReferer: http://{MARK}/\r\n\r\n",
        f"GET /en/?{MARK}=1 HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n",
        f"GET /en/ HTTP/1.1\r\nHost: {MARK}.example\r\n\r\n",
        f"GET /{MARK}\r\n\r\n",
        f"GET /\"it's/{MARK}\r\n\r\n",
        f"{MARK}\r\n\r\n",
        f"GET /\xff{MARK} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        f"GET /en/ HTTP/1.1\r\nHost: localhost\r\n{MARK} HEADER: 1\r\n\r\n",
        f"GET /en/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {MARK}\r\n\r\n",
        f"GET /en/resume/{MARK}{'x' * 9000} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        f"GET /en/resume/{MARK} HTTP/9.9\r\n\r\n",
    ]
    for request in requests:
        with connected(product) as line:
            line.sendall(request.encode("latin-1"))
            assert line.recv(4096).startswith(b"HTTP/1.1 4") or f"/en/?{MARK}" in request, request
    Browser(product).begin()
    assert product.stop() == 0
    log = log_of(product)
    assert " 404 " in log
    assert "Invalid request from ip=(address)" in log
    assert MARK not in log
    assert VISITOR not in log
    assert "198.51.100.7" not in log
    assert "Traceback" not in log
