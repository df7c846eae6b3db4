"""Requests that nobody's browser would send: each is answered kindly, never with a 500, and changes nothing."""

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as some
from werkzeug.test import TestResponse

from app import create_app
from app.attempts.tokens import Begun, ResumeTokens, Tokens
from app.extensions import db, writes
from tests.attempts.forms import COOKIE, begin, everything, quiz
from tests.checking import check_headers, check_page, parse
from tests.conftest import SECRET, TEST, environment

TOKEN = "TOKEN"  # stands for the token of the attempt that is there
FORM = "application/x-www-form-urlencoded"
STRANGER, OTHER_MARK = Begun(999_999, b"12345678"), Begun(1, b"12345678")
OTHER_SECRET = "another-secret-that-is-long-enough-too"
BENT = "<script>alert(1)</script>"

READ, MOVED, REFUSED = {200}, {301, 302, 303, 308}, {400, 403, 404, 405, 411, 413, 414, 415, 422, 429}
ASKED_AGAIN, BAD, GONE, NO_PAGE, NO_WAY, TOO_LARGE = {422}, {400}, {404}, {404}, {405}, {413}


@dataclass(frozen=True)
class Hostile:
    """A request, and the answers that are right."""

    name: str
    answers: set[int]
    path: str = quiz("2/response", "fr")
    method: str = "POST"
    more: dict[str, Any] = field(default_factory=dict)


def post(name: str, answers: set[int], path: str = quiz("2/response", "fr"), **data: Any) -> Hostile:
    """Send a form."""
    return Hostile(name, answers, path, more={"data": data})


def look(name: str, answers: set[int], path: str, **more: Any) -> Hostile:
    """Open a page."""
    return Hostile(name, answers, path, "GET", more)


def raw(name: str, answers: set[int], body: bytes, content_type: str, path: str = quiz("2/response", "fr")) -> Hostile:
    """Send bytes."""
    return Hostile(name, answers, path, more={"data": body, "content_type": content_type})


WRONG_TOKENS = {
    "none": "",
    "nonsense": "x",
    "a bare number": "a1",
    "a wrong signature": "a1-3132333435363738.AAAA",
    "a signature alone": ".AAAA",
    "dots": "." * 1000,
    "another quiz": Tokens(SECRET, "another-quiz").begun(Begun(1, b"12345678")),
    "another installation": Tokens(OTHER_SECRET, TEST).begun(Begun(1, b"12345678")),
    "a resume link": ResumeTokens(SECRET).sign(Begun(1, b"12345678")),
    "a null byte": "a1\0.x",
    "not of our letters": "ä€𝄞\u202e",
    "very long": "a" * 60_000,
    "markup": BENT,
    "sql": "' OR 1=1 --",
}
TOKENS = [
    case
    for name, token in WRONG_TOKENS.items()
    for case in (
        post(f"token: {name}", BAD, token=token, choice="ask"),
        post(f"pass with token: {name}", BAD, quiz("2/pass", "fr"), token=token),
        post(f"delete with token: {name}", BAD, quiz("delete", "fr"), token=token),
    )
] + [
    post("token of an attempt that never was", GONE, token=Tokens(SECRET, TEST).begun(STRANGER), choice="ask"),
    post("token of a number with another mark", GONE, token=Tokens(SECRET, TEST).begun(OTHER_MARK), choice="ask"),
    post("token of an attempt that never was, and no choice", GONE, token=Tokens(SECRET, TEST).begun(STRANGER)),
    post("no token and no choice", BAD),
    look("link with a form's token", GONE, f"/fr/resume/{Tokens(SECRET, TEST).begun(STRANGER)}"),
    look("link of an attempt that never was", GONE, f"/fr/resume/{ResumeTokens(SECRET).sign(STRANGER)}"),
    look("link that is nonsense", GONE, "/fr/resume/~~~~"),
    look("link that is very long", GONE, f"/fr/resume/{'1' * 50_000}"),
    look("link of bent bytes", GONE, "/fr/resume/%ff%fe%00"),
]
CHOICES = [
    post("a choice that is not there", BAD, token=TOKEN, choice="invented"),
    post("a choice of another item", BAD, token=TOKEN, choice="coffee"),
    post("no text as a choice", BAD, token=TOKEN, choice=""),
    post("two choices where one is asked", BAD, token=TOKEN, choice=["ask", "watch"]),
    post("the same choice twice", BAD, token=TOKEN, choice=["ask", "ask"]),
    post("no choice", ASKED_AGAIN, token=TOKEN),
    post("markup as a choice", BAD, token=TOKEN, choice=BENT),
    post("a null byte in a choice", BAD, token=TOKEN, choice="ask\0"),
    post("a choice with a space", BAD, token=TOKEN, choice="ask watch"),
    post("capitals", BAD, token=TOKEN, choice="ASK"),
    post("an unknown box among known ones", BAD, quiz("1/response", "fr"), token=TOKEN, choice=["coffee", "tea"]),
    post("an order with an unknown thing", BAD, quiz("14/response", "fr"), token=TOKEN, choice=["food", "x"]),
    post("an order that is too short", ASKED_AGAIN, quiz("14/response", "fr"), token=TOKEN, choice=["food"]),
    post("an order of one thing", ASKED_AGAIN, quiz("14/response", "fr"), token=TOKEN, choice=["food"] * 5),
    post("an order that is far too long", ASKED_AGAIN, quiz("14/response", "fr"), token=TOKEN, choice=["food"] * 500),
    post("a thousand choices", BAD, token=TOKEN, choice=["ask"] * 1000),
    post("a thought in words", BAD, quiz("18/response", "fr"), token=TOKEN, choice="my own thought"),
]
NUMBERS = [
    case
    for number in ("0", "19", "99999999999999999999", "9" * 5000, "-1", "1.5", "one", "0x1", "%00", "2%20", "½")
    for case in (
        look(f"number {number[:24]}", NO_PAGE, quiz(number, "fr")),
        post(f"response to number {number[:24]}", NO_PAGE, quiz(f"{number}/response", "fr"), token=TOKEN, choice="ask"),
        post(f"pass number {number[:24]}", NO_PAGE, quiz(f"{number}/pass", "fr"), token=TOKEN),
    )
]
PLACES = [
    look("an unknown quiz", NO_PAGE, "/fr/quizzes/unknown/"),
    look("a quiz of null bytes", NO_PAGE, "/fr/quizzes/%00/"),
    look("a quiz of bent UTF-8", NO_PAGE, "/fr/quizzes/%ff%fe/"),
    look("a quiz of markup", NO_PAGE, f"/fr/quizzes/{BENT}/"),
    look("a quiz far too long", NO_PAGE, f"/fr/quizzes/{'x' * 20_000}/"),
    look("a quiz above", NO_PAGE | MOVED, f"/fr/quizzes/../quizzes/{TEST}/"),
    look("a quiz in capitals", NO_PAGE, f"/fr/quizzes/{TEST.upper()}/"),
    post("a form of an unknown quiz", NO_PAGE, "/fr/quizzes/unknown/1/response", token=TOKEN, choice="ask"),
    post("deleting in an unknown quiz", NO_PAGE, "/fr/quizzes/unknown/delete", token=TOKEN),
    look("a path of bent UTF-8", NO_PAGE, "/%ff"),
    look("a path of half a letter", NO_PAGE, "/fr/%c3"),
    look("a path of null bytes", NO_PAGE, "/fr/%00%00"),
    look("a path with a line break", NO_PAGE, "/fr/%0d%0aSet-Cookie:%20a=b"),
    look("a very long path", NO_PAGE, f"/fr/{'a/' * 20_000}"),
    look("an address that leads outside", NO_PAGE | MOVED, "/", environ_overrides={"PATH_INFO": "//evil.example/fr/"}),
    look("an address with backslashes", NO_PAGE, "/", environ_overrides={"PATH_INFO": "/\\evil.example/fr"}),
    look("no path at all", READ | MOVED, "/", environ_overrides={"PATH_INFO": ""}),
    look("an unknown language", NO_PAGE, f"/xx/quizzes/{TEST}/"),
    look("a language in capitals", NO_PAGE, "/FR/"),
    look("a language with a line break", NO_PAGE, "/fr%0a/"),
    look("a language with a country", NO_PAGE, f"/fr-CH/quizzes/{TEST}/"),
    look("a static file above", NO_PAGE, "/static/../../wsgi.py"),
    look("a static file above, in disguise", NO_PAGE, "/static/0000000000/..%2f..%2fwsgi.py"),
    look("a static file of the system", NO_PAGE | MOVED, "/static/0000000000//etc/passwd"),
    look("a static file above with backslashes", NO_PAGE, "/static/0000000000/..%5c..%5cwsgi.py"),
    look("a static file of null bytes", NO_PAGE, "/static/0000000000/%00"),
]
QUERIES = [
    look("plain words of another sort", READ, quiz("2?plain=2", "fr")),
    look("plain words of markup", READ, quiz(f"2?plain={BENT}", "fr")),
    look("plain words many times", READ, quiz("2?" + "plain=1&" * 500, "fr")),
    look("afresh with markup", READ, quiz(f"?afresh={BENT}", "fr")),
    look("a language in the query", READ, quiz("2?lang=xx&lang=ar", "fr")),
    look("values of the route in the query", READ, quiz("2?quiz_id=x&number=9&_anchor=x&_external=1", "fr")),
    look("a query of bent UTF-8", READ, quiz("2?plain=%ff&%fe=%00", "fr")),
    look("a very long query", READ, quiz(f"2?x={'y' * 60_000}", "fr")),
]
METHODS = [
    Hostile(f"{method} on {path}", answers, path, method)
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "GET", "NONSENSE")
    for path, answers in (
        (quiz("2/response", "fr"), NO_WAY),
        (quiz("2/pass", "fr"), NO_WAY),
        (quiz("delete", "fr"), NO_WAY),
        *(((quiz("", "fr"), NO_WAY), ("/fr/resume", NO_WAY)) if method != "GET" else ()),
    )
] + [
    Hostile("HEAD on a form", NO_WAY, method="HEAD"),
    Hostile("HEAD on a page", READ, quiz("2", "fr"), "HEAD"),
    Hostile("HEAD on what is not there", NO_PAGE, "/fr/nothing", "HEAD"),
    Hostile("OPTIONS on a form", READ, method="OPTIONS"),
    Hostile("OPTIONS on a page", READ, quiz("2", "fr"), "OPTIONS"),
    Hostile("OPTIONS on everything", NO_PAGE, "/*", "OPTIONS"),
    Hostile("a form to a page", NO_WAY, quiz("2", "fr")),
    Hostile("a form to the outcome", NO_WAY, quiz("outcome", "fr")),
    Hostile("a form to the first page", NO_WAY, "/"),
    Hostile("a form to a static file", NO_WAY, "/static/0000000000/css/convive.css"),
]
BODIES = [
    raw("ten megabytes", TOO_LARGE, b"x" * 10_000_000, FORM),
    raw("ten megabytes to pass", TOO_LARGE, b"x" * 10_000_000, FORM, quiz("2/pass", "fr")),
    raw("ten megabytes to delete", TOO_LARGE, b"x" * 10_000_000, FORM, quiz("delete", "fr")),
    raw("ten megabytes as parts", TOO_LARGE, b"--b\r\n" + b"x" * 10_000_000, "multipart/form-data; boundary=b"),
    raw("ten megabytes to what is not there", NO_PAGE, b"x" * 10_000_000, FORM, "/fr/nothing"),
    raw("bent UTF-8", BAD, b"token=%ff%fe&choice=%c3%28", FORM),
    raw("bytes that are no UTF-8", BAD, b"token=\xff\xfe&choice=\xc3\x28", FORM),
    raw("a charset that is not there", BAD, b"token=x&choice=ask", f"{FORM}; charset=nothing"),
    raw("JSON", REFUSED, b'{"token": "x", "choice": "ask"}', "application/json"),
    raw("broken JSON", REFUSED, b'{"token": ', "application/json"),
    raw("XML", REFUSED, b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "text/xml"),
    raw("no body", REFUSED, b"", FORM),
    raw("no sort of body", REFUSED, b"token=x", ""),
    raw("nonsense of a body", REFUSED, b"\0\1\2", "///;;="),
    raw("parts without a boundary", REFUSED, b"--x\r\nfoo", "multipart/form-data"),
    raw("parts with another boundary", REFUSED, b"--x\r\nfoo", "multipart/form-data; boundary=y"),
    raw("parts with a bent boundary", REFUSED, b"--\xff\r\nfoo\r\n--\xff--", 'multipart/form-data; boundary="\u00ff'),
    raw(
        "parts that end too soon",
        REFUSED,
        b"--b\r\nContent-Disposition: form-data; n",
        "multipart/form-data; boundary=b",
    ),
    raw("parts without names", REFUSED, b"--b\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
    post("two thousand fields and no choice", ASKED_AGAIN, token=TOKEN, **{f"f{n}": "x" for n in range(2000)}),
    Hostile(
        "two thousand parts",
        TOO_LARGE,
        more={"data": {f"f{n}": "x" for n in range(2000)}, "content_type": "multipart/form-data"},
    ),
    Hostile("a file as a choice", REFUSED, more={"data": {"token": TOKEN, "choice": (io.BytesIO(b"ask"), "ask.txt")}}),
    Hostile("a file as a token", REFUSED, more={"data": {"token": (io.BytesIO(b"x"), "x"), "choice": "ask"}}),
    Hostile(
        "a length below nothing", REFUSED, more={"data": b"token=x", "environ_overrides": {"CONTENT_LENGTH": "-1"}}
    ),
    Hostile(
        "a length that is no number", REFUSED, more={"data": b"token=x", "environ_overrides": {"CONTENT_LENGTH": "x"}}
    ),
    Hostile(
        "a length beyond the body", REFUSED, more={"data": b"token=x", "environ_overrides": {"CONTENT_LENGTH": "999"}}
    ),
    Hostile(
        "a form in a form's query",
        BAD,
        quiz(f"2/response?token={TOKEN}&choice=ask", "fr"),
        more={"data": {"choice": "ask"}},
    ),
]
HEADERS = [
    look(f"{name} that is {what}", READ, quiz("2", "fr"), headers={name: value})
    for name, what, value in (
        ("Cookie", "huge", f"{COOKIE}={'a' * 60_000}"),
        ("Cookie", "many", "; ".join(f"c{n}=x" for n in range(3000))),
        ("Cookie", "malformed", f"{COOKIE}=\xff\xfe; ;=;==;\x01; {COOKIE}"),
        ("Cookie", "unsigned", f"{COOKIE}=a1"),
        ("Cookie", "of another quiz", f"{COOKIE}={Tokens(SECRET, 'other').begun(STRANGER)}"),
        ("Cookie", "of nobody", f"{COOKIE}={Tokens(SECRET, TEST).begun(STRANGER)}"),
        ("Cookie", "fresh", f"{COOKIE}={Tokens(SECRET, TEST).fresh(b'0123456789abcdef')}"),
        ("Cookie", "in quotes", f'{COOKIE}="a1\\056x\\'),
        ("Accept-Language", "endless", "x," * 20_000),
        ("Accept-Language", "nonsense", "\xff;q=\xff, fr;q=1e999, ar;q=-1"),
        ("Accept-Encoding", "nonsense", "gzip;q=x, \xff"),
        ("Accept", "nothing", "nothing/nothing;q=x"),
        ("If-None-Match", "nonsense", "\xff"),
        ("Range", "beyond", "bytes=99999999999999999999-1"),
        ("Authorization", "nonsense", "Basic \xff"),
        ("X-Forwarded-For", "nonsense", "\xff, " * 5000),
        ("X-Forwarded-Host", "foreign", "evil.example"),
        ("X-HTTP-Method-Override", "deleting", "DELETE"),
        ("User-Agent", "markup", BENT),
        ("Referer", "markup", BENT),
    )
]
CODES = [
    post(f"code: {name}", answers, "/fr/resume", code=code)
    for name, code, answers in (
        ("none", "", ASKED_AGAIN),
        ("very long", "A" * 60_000, ASKED_AGAIN),
        ("null bytes", "\0" * 8, ASKED_AGAIN),
        ("markup", BENT, ASKED_AGAIN),
        ("wildcards", "%%%%%%%%", ASKED_AGAIN),
        ("letters that grow in capitals", "ßßßß", ASKED_AGAIN),
        ("marks upon marks", "e" + "\u0301" * 38, ASKED_AGAIN),
        ("the other way round", "\u202eABCDEFGH", ASKED_AGAIN),
        ("too large", "A" * 100_000, TOO_LARGE),
    )
]
CASES = [*TOKENS, *CHOICES, *NUMBERS, *PLACES, *QUERIES, *METHODS, *BODIES, *HEADERS, *CODES]


@pytest.fixture(scope="module")
def app(empty_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One installation for all cases: none of them may change it."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(empty_installation, folder)
    made = create_app(environment(folder))
    yield made
    with made.app_context():
        db.engine.dispose()
    writes.set(False)


@pytest.fixture(scope="module")
def begun(app: Flask) -> str:
    """Somebody's attempt is there; its token."""
    return begin(FlaskClient(app))


def filled(value: Any, token: str) -> Any:
    """Put the token of the attempt that is there where it belongs."""
    if isinstance(value, dict):
        return {name: filled(each, token) for name, each in value.items()}
    return token if value == TOKEN else value


def refuse_what_is_not_whole(page: TestResponse) -> None:
    """Check headers and page of an answer, and that it leads to no other place."""
    check_headers(page)
    moved = urlsplit(page.headers.get("Location", ""))
    assert moved.netloc in {"", "localhost"}
    if (
        page.mimetype == "text/html"
        and page.status_code not in MOVED
        and page.request.method not in {"HEAD", "OPTIONS"}
    ):
        text = page.get_data(as_text=True)
        check_page(text)
        assert BENT not in text
        assert parse(text).get("lang") == "fr"


@pytest.mark.parametrize("case", CASES, ids=lambda case: re.sub(r"[^ -~]", "?", case.name))
def test_a_hostile_request_is_answered_kindly_and_changes_nothing(app: Flask, begun: str, case: Hostile) -> None:
    forgotten = ("knock",) if case.path == "/fr/resume" else ()  # guesses are counted, on purpose
    before = everything(app, but=forgotten)
    more = filled(case.more, begun)
    headers = {"Accept-Language": "fr", **more.pop("headers", {})}
    path = case.path.replace(TOKEN, begun)
    page = FlaskClient(app).open(path, method=case.method, headers=headers, **more)
    assert page.status_code in case.answers
    refuse_what_is_not_whole(page)
    assert everything(app, but=forgotten) == before


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_a_hostile_cookie_does_not_keep_anybody_from_choosing(app: Flask) -> None:
    for cookie in ("a1", "x" * 4000, Tokens(SECRET, TEST).begun(STRANGER), '"'):
        client = FlaskClient(app, use_cookies=False)
        data = {"token": Tokens(SECRET, TEST).fresh(cookie.encode()[:16].ljust(16)), "choice": "ask"}
        sent = client.post(quiz("2/response"), data=data, headers={"Cookie": f"{COOKIE}={cookie}"})
        assert sent.status_code == 303


def test_markup_that_was_sent_stands_nowhere_as_markup(app: Flask) -> None:
    client = FlaskClient(app)
    for page in (
        client.post("/fr/resume", data={"code": BENT}),
        client.get(f"/fr/quizzes/{BENT}/"),
        client.get(f"/fr/quizzes/%22%3E{BENT}/"),
        client.get(f"/fr/{BENT}?plain={BENT}"),
    ):
        assert BENT not in page.get_data(as_text=True)


actions = some.builds("{}/{}".format, some.integers(min_value=1, max_value=18), some.sampled_from(["response", "pass"]))
texts = some.text(max_size=50)
fields = some.lists(some.tuples(some.sampled_from(["choice", "token", "code", "plain", "x"]), texts), max_size=8)


@settings(max_examples=60, deadline=None)
@given(actions, fields, some.booleans())
def test_no_form_that_anybody_can_think_of_breaks_an_item(
    app: Flask, begun: str, action: str, sent: list[tuple[str, str]], has_token: bool
) -> None:
    data: dict[str, list[str]] = {"token": [begun]} if has_token else {}
    for name, value in sent:
        data.setdefault(name, []).append(value)
    page = FlaskClient(app).post(quiz(action, "fr"), data=data)
    assert page.status_code in {303, 400, 404, 413, 422}
    refuse_what_is_not_whole(page)


@settings(max_examples=60, deadline=None)
@given(some.binary(max_size=200), some.sampled_from([FORM, "multipart/form-data; boundary=b", "application/json", ""]))
def test_no_bytes_that_anybody_can_think_of_break_an_item(
    app: Flask, begun: str, body: bytes, content_type: str
) -> None:
    before = everything(app)
    page = FlaskClient(app).post(quiz("2/response", "fr"), data=body, content_type=content_type)
    assert page.status_code in {400, 413, 422}
    refuse_what_is_not_whole(page)
    assert everything(app) == before


@settings(max_examples=60, deadline=None)
@given(some.lists(some.text(some.characters(codec="utf-8"), max_size=12), max_size=5))
def test_no_address_that_anybody_can_think_of_breaks_a_page(app: Flask, parts: list[str]) -> None:
    path = "/fr/" + "/".join(parts)
    environ = {"PATH_INFO": path.encode().decode("latin-1")}
    page = FlaskClient(app).get("/", environ_overrides=environ, headers={"Accept-Language": "fr"})
    assert page.status_code in {200, 302, 308, 400, 404, 405}
    refuse_what_is_not_whole(page)
