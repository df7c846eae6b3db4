"""Forms come from our own pages, and this server answers under its own names alone."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.attempts.forms import COOKIE, begin, everything, fresh_token, quiz, send, text_of, tree
from tests.checking import CheckingClient

FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "SAME-ORIGIN, cross-site"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://evil.example/localhost"},
    {"Origin": "http://evil.example#localhost"},
    {"Origin": "http://localhost@evil.example"},
    {"Origin": "http://localhost:8001"},
    {"Origin": "http://["},
    {"Origin": "localhost"},
    {"Origin": "http://localhost, http://evil.example"},
]
NOT_OURS = [
    "evil.example",
    "evil.example:80",
    "localhost.evil.example",
    "localhost:80@evil.example",
    "10.0.0.1",
    "[::2]",
    "[::2]:8000",
    "évil.example",
    "localhost/evil",
    "localhost\\evil",
    "local host",
    "",
    " ",
]
OWN = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
    {},
]


def named(headers: dict[str, str]) -> str:
    """Name a case after its headers."""
    return " ".join(f"{name}={value}" for name, value in headers.items()) or "neither"


@pytest.mark.parametrize("headers", FOREIGN, ids=named)
def test_a_form_from_elsewhere_is_left_alone(client: CheckingClient, app: Flask, headers: dict[str, str]) -> None:
    token = begin(client)
    before = everything(app)
    data = {"token": token, "choice": "ask", "code": "ABCD EFGH"}
    for address in (quiz("2/response"), quiz("2/pass"), quiz("delete"), "/en/resume"):
        page = client.post(address, data=data, headers=headers)
        assert page.status_code == 403
        assert "The form came from another place than our own pages" in text_of(page)
        assert "Set-Cookie" not in page.headers
    assert everything(app) == before
    assert client.get_cookie(COOKIE) is not None


@pytest.mark.parametrize("headers", OWN, ids=named)
def test_a_form_of_our_own_is_taken(client: CheckingClient, app: Flask, headers: dict[str, str]) -> None:
    data = {"token": fresh_token(), "choice": "ask"}
    assert client.post(quiz("2/response"), data=data, headers=headers).status_code == 303


def test_an_old_browser_that_says_neither_needs_the_token(client: CheckingClient, app: Flask) -> None:
    begin(client)
    before = everything(app)
    for data in ({"choice": "ask"}, {"choice": "ask", "token": "x"}):
        assert client.post(quiz("2/response"), data=data).status_code == 400
    assert everything(app) == before


def test_a_page_may_be_opened_from_anywhere(client: CheckingClient) -> None:
    for headers in FOREIGN:
        assert client.get(quiz(), headers=headers).status_code == 200


def test_our_own_origin_is_the_one_that_was_asked_for(make_app: Callable[..., Flask]) -> None:
    app = make_app(BASE_URL="https://convive.example", TRUSTED_PROXIES="1")
    forwarded = {"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "convive.example"}
    data = {"token": fresh_token(), "choice": "ask"}
    for origin, status in (("https://convive.example", 303), ("http://localhost", 403)):
        headers = {**forwarded, "Origin": origin}
        assert app.test_client().post(quiz("2/response"), data=data, headers=headers).status_code == status


@pytest.mark.parametrize("host", NOT_OURS)
def test_another_host_name_is_not_answered(client: CheckingClient, app: Flask, host: str) -> None:
    before = everything(app)
    for language in ("en", "fr", "ar"):
        page = client.get(f"/{language}/", headers={"Host": host})
        assert page.status_code == 400
        assert tree(page).get("lang") == language
        if host.strip():
            assert host not in page.get_data(as_text=True)
    assert send(client, 2, fresh_token(), "ask").status_code == 303
    sent = client.post(quiz("2/response"), data={"token": fresh_token(), "choice": "ask"}, headers={"Host": host})
    assert sent.status_code == 400
    assert len(everything(app)["attempt"]) == len(before["attempt"]) + 1


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "127.0.0.1:8000"])
def test_our_own_host_names_are_answered(client: CheckingClient, host: str) -> None:
    assert client.get("/en/", headers={"Host": host}).status_code == 200


def test_the_host_name_of_base_url_is_answered(make_app: Callable[..., Flask]) -> None:
    client = make_app(BASE_URL="https://convive.example").test_client()
    assert client.get("/en/", headers={"Host": "convive.example"}).status_code == 200
    assert client.get("/en/", headers={"Host": "other.example"}).status_code == 400


def test_addresses_that_leave_a_page_are_those_of_base_url(make_app: Callable[..., Flask]) -> None:
    client = make_app(BASE_URL="https://convive.example").test_client()
    begin(client)
    link = tree(client.get(quiz("resume"))).find(".//input[@id='link']").get("value")
    assert link.startswith("https://convive.example/en/resume/")
    assert f"https://convive.example{quiz()}" in text_of(client.get(quiz("friends")))
    card = tree(client.get("/en/")).find(".//meta[@property='og:image']").get("content")
    assert card.startswith("https://convive.example/static/")


def test_a_foreign_host_that_was_refused_leaves_no_trace_in_later_pages(app: Flask) -> None:
    before = app.test_client().get("/en/about").get_data()
    for language in ("en", "fr", "ar"):
        app.test_client().get(f"/{language}/about", headers={"Host": "evil.example"})
    assert app.test_client().get("/en/about").get_data() == before
    assert b"evil" not in app.test_client().get("/fr/about").get_data()
