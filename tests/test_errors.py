"""Whatever goes wrong, a page says so in the reader's language, and nothing has changed."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, Response
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.test import TestResponse

from app.attempts import queries
from app.attempts.models import ItemResponse
from app.attempts.tokens import Begun, Tokens
from app.errors import NotFound
from app.extensions import connection, db
from tests.attempts.forms import COOKIE, begin, everything, fresh_token, quiz, rows, send, text_of, tree
from tests.checking import CheckingClient
from tests.conftest import SECRET, TEST

DIRECTIONS = {"en": "ltr", "fr": "ltr", "ar": "rtl"}
Provoke = Callable[[Flask, CheckingClient, str], TestResponse]


def breaking(app: Flask, client: CheckingClient, language: str) -> TestResponse:
    """Ask for a page that breaks."""
    app.view_functions["pages.about"] = lambda: 1 / 0
    return client.get(f"/{language}/about")


def waiting(app: Flask, client: CheckingClient, language: str) -> TestResponse:
    """Ask for a page whose database has no connection free."""

    def give_up(*_anything: object) -> None:
        raise PoolTimeout

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "find_attempt", give_up)
        return client.get(quiz("2", language))


def guessing(app: Flask, client: CheckingClient, language: str) -> TestResponse:
    """Guess a code too often."""
    return [client.post(f"/{language}/resume", data={"code": "x"}) for _ in range(21)][-1]


ERRORS: dict[int, Provoke] = {
    400: lambda _, client, language: client.post(quiz("2/response", language), data={"choice": "ask", "token": "x"}),
    403: lambda _, client, language: client.post(f"/{language}/resume", headers={"Sec-Fetch-Site": "cross-site"}),
    404: lambda _, client, language: client.get(f"/{language}/nothing-here"),
    405: lambda _, client, language: client.post(f"/{language}/about"),
    413: lambda _, client, language: client.post(quiz("2/response", language), data={"token": "x" * 10_000_000}),
    422: lambda _, client, language: client.post(f"/{language}/resume", data={"code": "x"}),
    429: guessing,
    500: breaking,
    503: waiting,
}


@pytest.mark.parametrize("language", DIRECTIONS)
@pytest.mark.parametrize("code", ERRORS)
def test_an_error_is_a_page_in_the_readers_language(
    client: CheckingClient, app: Flask, code: int, language: str
) -> None:
    begin(client)
    before = everything(app, but=("knock",))
    page = ERRORS[code](app, client, language)
    assert page.status_code == code
    assert (tree(page).get("lang"), tree(page).get("dir")) == (language, DIRECTIONS[language])
    assert everything(app, but=("knock",)) == before


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_speaks_another_language_in_each(client: CheckingClient, app: Flask, code: int) -> None:
    begin(client)
    pages = {language: ERRORS[code](app, client, language) for language in DIRECTIONS}
    assert len({tree(page).find(".//h1").text for page in pages.values()}) == 3
    assert len({tree(page).find(".//p[@class='lead']").text for page in pages.values()}) == 3


@pytest.mark.parametrize("code", [code for code in ERRORS if code != 422])
def test_an_error_page_leads_home_and_names_its_number(client: CheckingClient, app: Flask, code: int) -> None:
    begin(client)
    page = ERRORS[code](app, client, "fr")
    assert str(code) in text_of(page)
    assert "/fr/" in [each.get("href") for each in tree(page).findall(".//main//a")]


@pytest.mark.parametrize("code", [429, 503])
def test_whoever_is_told_to_wait_is_told_how_long(client: CheckingClient, app: Flask, code: int) -> None:
    begin(client)
    assert int(ERRORS[code](app, client, "en").headers["Retry-After"]) > 0


def test_a_wrong_method_is_told_the_right_one(client: CheckingClient) -> None:
    assert client.get(quiz("2/response")).allow == {"OPTIONS", "POST"}


@pytest.mark.parametrize("address", ["/xx/", "/nothing", "/xx/quizzes/nothing/", "/en-GB/", "/static/0/nothing.css"])
@pytest.mark.parametrize("language", DIRECTIONS)
def test_an_address_without_a_language_of_ours_is_answered_in_that_of_the_browser(
    client: CheckingClient, address: str, language: str
) -> None:
    page = client.get(address, headers={"Accept-Language": f"xx, {language};q=0.5"})
    assert page.status_code == 404
    assert (tree(page).get("lang"), tree(page).get("dir")) == (language, DIRECTIONS[language])


def test_an_error_page_leads_to_the_same_address_in_other_languages(client: CheckingClient) -> None:
    page = client.get("/en/quizzes/unknown/")
    links = [each.get("href") for each in tree(page).findall(".//nav//a[@hreflang]")]
    assert links == ["/fr/quizzes/unknown/", "/ar/quizzes/unknown/"]


@pytest.fixture
def unreachable(make_app: Callable[..., Flask]) -> Flask:
    """The application, with a database that is not there."""
    return make_app(DATABASE_URL="sqlite:////nowhere/at/all/convive.sqlite3")


@pytest.mark.parametrize("language", DIRECTIONS)
def test_without_a_database_a_page_asks_to_wait(unreachable: Flask, language: str) -> None:
    client = unreachable.test_client()
    client.set_cookie(COOKIE, Tokens(SECRET, TEST).begun(Begun(1, b"12345678")))
    for page in (client.get(quiz("2", language)), client.get("/healthz", headers={"Accept-Language": language})):
        assert page.status_code == 503
        assert (tree(page).get("lang"), tree(page).get("dir")) == (language, DIRECTIONS[language])
        assert page.headers["Retry-After"] == "30"


@pytest.mark.parametrize("language", DIRECTIONS)
def test_without_a_database_a_form_is_asked_to_wait_and_not_said_to_be_stored(
    unreachable: Flask, language: str
) -> None:
    page = unreachable.test_client().post(quiz("2/response", language), data={"token": fresh_token(), "choice": "ask"})
    assert page.status_code == 503
    assert tree(page).get("lang") == language
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("language", DIRECTIONS)
def test_without_a_database_a_broken_page_still_says_so(unreachable: Flask, language: str) -> None:
    page = breaking(unreachable, unreachable.test_client(), language)
    assert page.status_code == 500
    assert (tree(page).get("lang"), tree(page).get("dir")) == (language, DIRECTIONS[language])


def test_without_a_database_pages_that_need_none_are_there(unreachable: Flask) -> None:
    for address in ("/en/", "/fr/about", "/ar/privacy", "/en/accessibility", quiz(), quiz("friends")):
        assert unreachable.test_client().get(address).status_code == 200


@pytest.fixture
def commit_fails(app: Flask) -> Iterator[Callable[[], None]]:
    """Let each COMMIT be refused by the database itself, until the function is called that this gives."""

    def spoil(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql("INSERT INTO item_response VALUES (999, 'nothing', NULL)")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "commit", spoil)

    def mend() -> None:
        if event.contains(engine, "commit", spoil):
            event.remove(engine, "commit", spoil)

    yield mend
    mend()


def test_a_form_whose_commit_fails_is_never_said_to_be_stored(app: Flask, commit_fails: Callable[[], None]) -> None:
    page = send(app.test_client(), 2, fresh_token(), "ask")
    commit_fails()
    assert page.status_code in {500, 503}
    assert (tree(page).get("lang"), tree(page).get("dir")) == ("en", "ltr")
    assert "Set-Cookie" not in page.headers
    assert rows(app, "attempt") == []


def test_a_commit_that_failed_stands_in_nobodys_way(app: Flask, commit_fails: Callable[[], None]) -> None:
    send(app.test_client(), 2, fresh_token(), "ask")
    commit_fails()
    assert app.test_client().get(quiz("2")).status_code == 200
    answers = [send(app.test_client(), 2, fresh_token(), "ask").status_code for _ in range(3)]
    assert answers == [303] * 3
    assert len(rows(app, "attempt")) == 3


def breaks() -> Response:
    """Break."""
    raise ZeroDivisionError


def refuses() -> Response:
    """Find that something is not there after all."""
    raise NotFound("attempt")


def answers_with_an_error() -> Response:
    """Answer without raising anything."""
    return Response("no", 409, mimetype="text/plain")


@pytest.mark.parametrize(("ending", "code"), [(breaks, 500), (refuses, 404), (answers_with_an_error, 409)])
def test_a_view_that_ends_in_an_error_after_writing_has_written_nothing(
    client: CheckingClient, app: Flask, ending: Callable[[], Response], code: int
) -> None:
    token = begin(client)
    before = everything(app)
    view = app.view_functions["attempts.respond"]

    def write_and_end(**values: object) -> Response:
        view(**values)
        assert uncommitted() == 1
        return ending()

    app.view_functions["attempts.respond"] = write_and_end
    assert send(client, 2, token, "ask").status_code == code
    assert everything(app) == before
    app.view_functions["attempts.respond"] = view
    assert send(client, 2, token, "ask").status_code == 303


def uncommitted() -> int:
    """Count what this very request has written so far."""
    written = select(ItemResponse).where(ItemResponse.item_id == "new-greeting")
    return len(connection().execute(written).all())


def test_a_broken_page_tells_nothing_of_its_inside(client: CheckingClient, app: Flask) -> None:
    text = text_of(breaking(app, client, "en"))
    assert "ZeroDivisionError" not in text
    assert "Traceback" not in text
