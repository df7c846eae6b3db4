"""The log says what kind of page and what came of it; it names nobody and nothing that leads to anybody."""

import logging
import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app.content.loader import Bundle
from app.extensions import db
from app.logs import WithoutAddresses, log
from tests.cli.installations import choice_of, fresh_token, own_token, take
from tests.conftest import TEST

MARK = "MARKEDSECRET"


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """Everything that is logged, as it stands in the file, tracebacks and all."""
    log.addHandler(caplog.handler)
    caplog.handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    yield lambda: caplog.text
    log.removeHandler(caplog.handler)


def pattern(app: Flask, endpoint: str) -> str:
    return next(app.url_map.iter_rules(endpoint)).rule


def test_a_line_holds_method_pattern_status_and_time(app: Flask, written: Callable[[], str]) -> None:
    app.test_client().get(f"/en/quizzes/{TEST}/3?plain=1")
    (line,) = written().splitlines()
    method_and_pattern, spent, unit = line.rsplit(" ", 2)
    assert method_and_pattern == f"INFO GET {pattern(app, 'attempts.item')} 200"
    assert float(spent) > 0
    assert unit == "ms"


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", f"/en/quizzes/{TEST}/?{MARK}=1", 200),
        ("GET", f"/en/quizzes/{MARK}/", 404),
        ("GET", f"/{MARK}/nowhere", 404),
        ("GET", f"/en/resume/{MARK}", 404),
        ("GET", f"/static/{MARK}/{MARK}", 404),
        ("PUT", f"/en/?{MARK}=1", 405),
        ("POST", f"/en/quizzes/{TEST}/1/response", 400),
        ("POST", "/en/resume", 422),
    ],
)
def test_nothing_that_a_visitor_sends_is_logged(
    app: Flask, written: Callable[[], str], method: str, address: str, status: int
) -> None:
    client = app.test_client()
    client.set_cookie(f"attempt-{TEST}", f"cookie-{MARK}")
    answer = client.open(
        address,
        method=method,
        data={"token": f"token-{MARK}", "choice": f"choice-{MARK}", "code": MARK[:12]} if method == "POST" else None,
        headers={"Referer": f"http://localhost/{MARK}", "User-Agent": MARK, "X-Forwarded-For": "198.51.100.8"},
        environ_base={"REMOTE_ADDR": "198.51.100.7"},
    )
    assert answer.status_code == status
    assert f" {status} " in written()
    assert MARK not in written()
    assert "198.51.100" not in written()


def test_a_foreign_host_and_a_foreign_form_are_logged_without_their_names(
    app: Flask, written: Callable[[], str]
) -> None:
    client = app.test_client()
    assert client.get("/en/", headers={"Host": f"{MARK}.example"}).status_code == 400
    assert client.post("/en/resume", headers={"Origin": f"https://{MARK}.example"}).status_code == 403
    assert len(written().splitlines()) == 2
    assert MARK not in written()
    assert MARK.lower() not in written()


def test_a_whole_test_leaves_no_token_and_no_choice_in_the_log(
    app: Flask, bundle: Bundle, written: Callable[[], str]
) -> None:
    client = take(app, bundle)
    client.get(f"/en/quizzes/{TEST}/resume")
    client.get(f"/en/quizzes/{TEST}/outcome")
    text = written()
    assert text.count(f"POST {pattern(app, 'attempts.respond')} 303") == len(bundle.quiz.items)
    assert own_token(client) not in text
    assert TEST not in text
    for item in bundle.quiz.items:
        assert item.id not in text


@pytest.fixture
def strict(app: Flask) -> Flask:
    """A database that refuses every response, so that something breaks in the middle."""
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON item_response BEGIN SELECT RAISE(ABORT, 'refused here'); END"
        )
    return app


def test_what_breaks_is_logged_with_the_pattern_and_the_place(
    strict: Flask, bundle: Bundle, written: Callable[[], str]
) -> None:
    form = {"token": fresh_token(), "choice": choice_of(bundle.quiz.items[0])}
    answer = strict.test_client().post(f"/en/quizzes/{TEST}/1/response?{MARK}=1", data=form)
    assert answer.status_code == 500
    text = written()
    assert f"ERROR POST {pattern(strict, 'attempts.respond')} failed" in text
    assert "Traceback" in text
    assert "save_response" in text
    assert "refused here" in text
    assert MARK not in text


def test_what_breaks_is_logged_without_what_was_chosen(
    strict: Flask, bundle: Bundle, written: Callable[[], str]
) -> None:
    token, item = fresh_token(), bundle.quiz.items[0]
    strict.test_client().post(f"/en/quizzes/{TEST}/1/response", data={"token": token, "choice": choice_of(item)})
    text = written()
    assert "Traceback" in text
    assert token not in text
    assert item.id not in text
    assert choice_of(item)[0] not in text


def cleaned(message: str, *parts: object) -> str:
    record = logging.LogRecord("gunicorn.error", logging.WARNING, __file__, 1, message, parts, None)
    assert WithoutAddresses().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    "address",
    [
        "198.51.100.7",
        "2001:db8::7",
        "2001:db8:0:1:2:3:4:5",
        "[2001:db8::7]",
        "::1",
        "::ffff:198.51.100.7",
        "64:ff9b::198.51.100.7",
        "fe80::7",
        "2001:DB8::A",
        "198.51.100.7:51234",
        "[2001:db8::7]:51234",
    ],
)
def test_addresses_are_taken_out_of_what_the_web_server_writes(address: str) -> None:
    line = cleaned("Invalid request from ip=%s: it broke", address)
    assert line.startswith("Invalid request from ip=(address)")
    assert line.endswith(" it broke")
    assert re.fullmatch(r"[\w =]+\(address\)(:51234)?:? it broke", line)


def test_what_is_no_address_stays_in_the_log() -> None:
    assert cleaned("Booting worker with pid: %s", 4711) == "Booting worker with pid: 4711"
    assert cleaned("Starting gunicorn %s", "23.0.0") == "Starting gunicorn 23.0.0"
    assert cleaned("Handling signal: term") == "Handling signal: term"


@pytest.mark.parametrize("line", [f"GET /{MARK}", f"GET /it's/{MARK}", f"GET /\"x'/{MARK}", f'GET /"/{MARK} y'])
def test_requests_are_taken_out_of_what_the_web_server_writes(line: str) -> None:
    assert MARK not in cleaned("Invalid request from ip=%s: %s", "198.51.100.7", f"Invalid HTTP request line: {line!r}")
    assert MARK not in cleaned("Error handling request %s", line.removeprefix("GET "))
