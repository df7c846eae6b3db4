"""What is stored is stored: on both databases, by many at once, before the answer is sent."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from app.content.loader import Bundle
from app.extensions import db
from app.library import get_bundle
from tests.checking import CheckingClient
from tests.cli.installations import (
    choice_of,
    command,
    fresh_database,
    fresh_token,
    migrate,
    own_token,
    respond,
    rows,
    take,
)
from tests.conftest import TEST

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)", re.I)
POSTGRES = [pytest.mark.postgres, pytest.mark.xdist_group("postgres")]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=POSTGRES)])
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The settings of a database of this test's own: embedded, or on a server."""
    if request.param == "sqlite":
        yield {}
    else:
        with fresh_database(request.getfixturevalue("postgres_url")) as url:
            yield {"DATABASE_URL": url}


@pytest.fixture
def stored(database: dict[str, str], make_app: Callable[..., Flask], today: Callable[[dt.datetime], None]) -> Flask:
    """The application on either database, at noon."""
    app = make_app(**database)
    if database:
        migrate(app)
    today(NOON)
    return app


@pytest.fixture
def quiz(stored: Flask) -> Bundle:
    with stored.app_context():
        return get_bundle(TEST)


@pytest.fixture
def sent() -> Iterator[list[str]]:
    """Every statement that is sent to any database while the test runs."""
    statements: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", keep)
    yield statements
    event.remove(Engine, "before_cursor_execute", keep)


def responses(app: Flask) -> dict[str, str | None]:
    return {str(row[1]): row[2] for row in rows(app)["item_response"]}  # type: ignore[misc]


def test_eighteen_responses_are_eighteen_rows(stored: Flask, quiz: Bundle) -> None:
    client = take(stored, quiz)
    assert client.get(f"/en/quizzes/{TEST}/outcome").status_code == 200
    expected = {item.id: " ".join(choice_of(item)) for item in quiz.quiz.items}
    reflective = [item.id for item in quiz.quiz.items if item.kind == "reflection"]
    assert responses(stored) == expected | dict.fromkeys(reflective, "thought")
    assert len(rows(stored)["attempt"]) == 1


def test_choosing_again_replaces_and_passing_empties(stored: Flask, quiz: Bundle) -> None:
    client = take(stored, quiz)
    respond(client, quiz, 3, own_token(client), which=1)
    passed = client.post(f"/en/quizzes/{TEST}/4/pass", data={"token": own_token(client)})
    assert passed.status_code == 303
    third, fourth = quiz.quiz.items[2:4]
    kept = responses(stored)
    assert len(kept) == 18
    assert kept[third.id] == " ".join(choice_of(third, 1))
    assert kept[fourth.id] is None


def test_a_short_code_leads_another_device_to_the_same_attempt(stored: Flask, quiz: Bundle) -> None:
    first = take(stored, quiz, until=3)
    page = first.get(f"/en/quizzes/{TEST}/resume").get_data(as_text=True)
    code = re.search(r'class="code[^"]*"[^>]*>([^<]+)<', page)
    assert code is not None
    second = stored.test_client()
    assert second.post("/en/resume", data={"code": code.group(1).lower()}).status_code == 303
    respond(second, quiz, 4, own_token(second))
    assert len(rows(stored)["attempt"]) == 1
    assert len(responses(stored)) == 4
    assert [row[2] for row in rows(stored)["knock"]] == [1]


def test_deleting_leaves_nothing_but_the_note_that_it_was_deleted(stored: Flask, quiz: Bundle) -> None:
    client = take(stored, quiz)
    (attempt,) = rows(stored)["attempt"]
    client.post(f"/en/quizzes/{TEST}/delete", data={"token": own_token(client)})
    after = rows(stored)
    assert after["attempt"] == after["item_response"] == []
    assert after["erasure"] == [(attempt[2], NOON.date())]
    client = take(stored, quiz, until=1)
    assert rows(stored)["attempt"][0][0] != attempt[0], "a number was given twice"


def test_counts_are_published_from_ten_attempts_on_and_once_a_day(stored: Flask, quiz: Bundle) -> None:
    for _ in range(9):
        take(stored, quiz, until=2)
    command(stored, "work", "--once")
    assert rows(stored)["snapshot"] == []
    take(stored, quiz, until=2)
    command(stored, "work", "--once")
    command(stored, "work", "--once")
    assert [row[:3] for row in rows(stored)["snapshot"]] == [(TEST, NOON.date(), 10)]
    page = stored.test_client().get(f"/en/quizzes/{TEST}/counts").get_data(as_text=True)
    assert "Published on" in page


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_who_begins_while_counts_are_made_is_counted_next_time(
    make_app: Callable[..., Flask], bundle: Bundle, postgres_url: str
) -> None:
    waiting = [1]

    def begin(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "JOIN attempt" in statement and waiting:
            waiting.clear()
            with ThreadPoolExecutor(1) as thread:  # a request has a thread, and so a transaction, of its own
                thread.submit(take, app, bundle, until=2).result()

    with fresh_database(postgres_url) as url:
        app = make_app(DATABASE_URL=url)
        migrate(app)
        for _ in range(10):
            take(app, bundle, until=2)
        event.listen(Engine, "before_cursor_execute", begin)
        command(app, "work", "--once")
        event.remove(Engine, "before_cursor_execute", begin)
        after = rows(app)
    assert waiting == []
    assert [row[2] for row in after["snapshot"]] == [10]
    assert sorted(row[6] for row in after["attempt"]) == [0] + [1] * 10


def test_after_ninety_days_only_counts_are_left(
    stored: Flask, quiz: Bundle, today: Callable[[dt.datetime], None]
) -> None:
    for which in (0, 0, 1):
        take(stored, quiz, until=2, which=which)
    today(NOON + dt.timedelta(days=90))
    command(stored, "privacy", "purge")
    assert len(rows(stored)["attempt"]) == 3
    today(NOON + dt.timedelta(days=91))
    command(stored, "privacy", "purge")
    after = rows(stored)
    assert after["attempt"] == after["item_response"] == []
    assert after["archive"] == [(TEST, 3, 3)]
    expected = [
        (TEST, item.id, " ".join(choice_of(item, which)), people)
        for item in quiz.quiz.items[:2]
        for which, people in ((0, 2), (1, 1))
    ]
    assert after["response_count"] == sorted(expected, key=repr)


def test_320_first_responses_at_once_are_320_attempts(stored: Flask, quiz: Bundle) -> None:
    def forty(_: int) -> None:
        for _turn in range(40):
            respond(stored.test_client(), quiz, 1, fresh_token())

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(forty, range(8)))
    after = rows(stored)
    assert len(after["attempt"]) == len(after["item_response"]) == 320


def test_a_form_sent_by_eight_threads_at_once_is_one_attempt(stored: Flask, quiz: Bundle) -> None:
    tokens = [fresh_token() for _ in range(20)]

    def all_of_them(_: int) -> list[str]:
        kept = []
        for token in tokens:
            client = stored.test_client()
            respond(client, quiz, 1, token)
            kept.append(own_token(client))
        return kept

    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(all_of_them, range(8)))
    after = rows(stored)
    assert len(after["attempt"]) == len(after["item_response"]) == 20
    assert all(each == seen[0] for each in seen)


@pytest.fixture
def commits(stored: Flask) -> Iterator[list[Connection]]:
    """Every commit that is tried; the first one fails, as on a full disk."""
    tried: list[Connection] = []

    def fail_first(connection: Connection) -> None:
        tried.append(connection)
        if len(tried) == 1:
            raise OperationalError("COMMIT", {}, Exception("the disk is full"))

    event.listen(Engine, "commit", fail_first)
    yield tried
    event.remove(Engine, "commit", fail_first)


def test_a_commit_that_fails_is_never_answered_as_stored(
    stored: Flask, quiz: Bundle, commits: list[Connection]
) -> None:
    client, token = stored.test_client(), fresh_token()
    form = {"token": token, "choice": choice_of(quiz.quiz.items[0])}
    answer = client.post(f"/en/quizzes/{TEST}/1/response", data=form)
    assert answer.status_code in {500, 503}
    assert "Set-Cookie" not in answer.headers
    assert len(commits) == 1, "the hook committed again for the error page"
    assert rows(stored)["attempt"] == rows(stored)["item_response"] == []
    respond(client, quiz, 1, token)
    assert len(rows(stored)["attempt"]) == 1


def test_an_answer_of_400_or_more_stores_nothing(stored: Flask, quiz: Bundle) -> None:
    client = take(stored, quiz, until=1)
    before = rows(stored)
    last = len(quiz.quiz.items)
    for number, form, status in ((1, {"choice": "no-such"}, 400), (2, {}, 422), (last + 1, {"choice": "x"}, 404)):
        data = {"token": own_token(client), **form}
        assert client.post(f"/en/quizzes/{TEST}/{number}/response", data=data).status_code == status
    assert rows(stored) == before


def addresses(app: Flask, client: CheckingClient) -> list[str]:
    """Every address that can be fetched, with something real in each place."""
    link = re.search(r"/resume/([^\"?]+)\"", client.get(f"/en/quizzes/{TEST}/resume").get_data(as_text=True))
    assert link is not None
    asset = next(iter(app.extensions["assets"].values())).address.split("/", 3)
    real = {
        "lang": "en",
        "quiz_id": TEST,
        "number": 1,
        "token": link.group(1),
        "digest": asset[2],
        "name": asset[3],
    }
    adapter = app.url_map.bind("localhost")
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return [adapter.build(rule.endpoint, {name: real[name] for name in rule.arguments}) for rule in rules]


def test_fetching_never_writes(stored: Flask, quiz: Bundle, sent: list[str]) -> None:
    client = take(stored, quiz)
    before = rows(stored)
    pages = addresses(stored, client)
    assert len(pages) > 10
    sent.clear()
    bare = FlaskClient(stored, stored.response_class)  # HEAD has no page to check
    for address in pages:
        for fetch in (client.get, stored.test_client().get, bare.head):
            assert fetch(address).status_code < 400, address
    assert sent, "no page asked the database"
    assert not [statement for statement in sent if WRITING.match(statement) or "IMMEDIATE" in statement]
    assert rows(stored) == before


def test_sqlite_is_set_as_promised_on_every_connection(app: Flask) -> None:
    promised = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 10000,
    }
    with app.app_context():
        connections = [db.engine.connect() for _ in range(3)]
        for connection in connections:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in promised}
            assert found == promised
            connection.close()


def test_a_writing_request_takes_the_lock_of_sqlite_at_once(app: Flask, bundle: Bundle, sent: list[str]) -> None:
    client = take(app, bundle, until=1)
    sent.clear()
    respond(client, bundle, 2, own_token(client))
    assert [each for each in sent if each.startswith("BEGIN")] == ["BEGIN IMMEDIATE"]
    sent.clear()
    client.get(f"/en/quizzes/{TEST}/2")
    assert sent
    assert "BEGIN IMMEDIATE" not in sent


def test_a_response_cannot_outlive_its_attempt(app: Flask, bundle: Bundle) -> None:
    take(app, bundle)
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM attempt")
    assert rows(app)["item_response"] == []


def test_what_is_deleted_leaves_no_trace_in_any_file_within_the_hour(app: Flask, bundle: Bundle) -> None:
    client = take(app, bundle)
    code_digest = rows(app)["attempt"][0][3]
    assert isinstance(code_digest, bytes)
    client.post(f"/en/quizzes/{TEST}/delete", data={"token": own_token(client)})
    assert any(code_digest in path.read_bytes() for path in app.config["DATA_DIR"].glob("convive.sqlite3*"))
    command(app, "work", "--once")  # as every hour
    for path in app.config["DATA_DIR"].glob("convive.sqlite3*"):
        assert code_digest not in path.read_bytes(), path.name
