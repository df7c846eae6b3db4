"""What every response carries, whatever came of the request."""

import gzip
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.attempts.forms import begin, choose, fresh_token, quiz, send
from tests.checking import HEADERS, CheckingClient

FORWARDED = {"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost"}
RESPONSES: dict[str, Callable[[CheckingClient], TestResponse]] = {
    "page": lambda client: client.get("/en/"),
    "item": lambda client: client.get(quiz("3")),
    "redirect": lambda client: client.get("/"),
    "slash": lambda client: client.get(quiz().rstrip("/")),
    "healthz": lambda client: client.get("/healthz"),
    "form": lambda client: send(client, 2, fresh_token(), "ask"),
    "400": lambda client: send(client, 2, "no token", "ask"),
    "400 host": lambda client: client.get("/en/", headers={"Host": "evil.example"}),
    "403": lambda client: client.post("/en/resume", headers={"Origin": "null"}),
    "404": lambda client: client.get("/en/nothing"),
    "405": lambda client: client.post("/en/"),
    "413": lambda client: client.post("/en/resume", data={"code": "x" * 100_000}),
    "422": lambda client: client.post("/en/resume", data={"code": "x"}),
    "options": lambda client: FlaskClient(client.application).options(quiz("2")),
    "head": lambda client: FlaskClient(client.application).head(quiz("2")),
}


@pytest.mark.parametrize("name", RESPONSES)
def test_every_response_carries_each_security_header_once(client: CheckingClient, name: str) -> None:
    response = RESPONSES[name](client)
    counted = {header: len(response.headers.getlist(header)) for header in (*HEADERS, "Cross-Origin-Resource-Policy")}
    assert set(counted.values()) == {1}, counted


def test_a_static_file_carries_them_too(client: CheckingClient, app: Flask) -> None:
    for asset in app.extensions["assets"].values():
        response = client.get(asset.address)
        assert response.status_code == 200
        assert all(len(response.headers.getlist(header)) == 1 for header in HEADERS)


def test_a_page_that_breaks_carries_them_too(client: CheckingClient, app: Flask) -> None:
    app.view_functions["pages.about"] = lambda: 1 / 0
    response = client.get("/en/about")
    assert response.status_code == 500
    assert all(len(response.headers.getlist(header)) == 1 for header in HEADERS)


def test_the_policy_lets_in_nothing_but_our_own_files(client: CheckingClient) -> None:
    policy = client.get("/en/").headers["Content-Security-Policy"]
    rules = {name: values for name, *values in (rule.split() for rule in policy.split(";"))}
    assert rules["default-src"] == ["'self'"]
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == ["'none'"]
    assert rules["form-action"] == ["'self'"]
    for values in rules.values():
        assert set(values) <= {"'self'", "'none'"}


def test_a_browser_says_where_a_form_comes_from_but_tells_others_nothing(client: CheckingClient) -> None:
    headers = client.get("/en/").headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["page", "400", "404", "422"])
def test_no_page_is_kept_by_a_browser_or_on_the_way(client: CheckingClient, name: str) -> None:
    assert RESPONSES[name](client).headers["Cache-Control"] == "no-store"


def test_an_item_that_nobody_has_begun_comes_back_as_it_was_and_an_own_one_never_does(client: CheckingClient) -> None:
    item = RESPONSES["item"](client)
    assert item.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in item.headers["Vary"]
    begin(client)
    assert RESPONSES["item"](client).headers["Cache-Control"] == "no-store"


def test_a_page_is_compressed_for_those_who_can_read_it(client: CheckingClient) -> None:
    plain = client.get("/en/about")
    assert "Content-Encoding" not in plain.headers
    small = FlaskClient(client.application).get("/en/about", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert gzip.decompress(small.get_data()) == plain.get_data()


def test_over_plain_http_nothing_is_said_of_tls(client: CheckingClient) -> None:
    sent = choose(client, 2, "ask")
    assert "Strict-Transport-Security" not in sent.headers
    assert "Secure" not in sent.headers["Set-Cookie"]


def test_without_trusted_proxies_forwarded_headers_are_ignored(client: CheckingClient) -> None:
    headers = {**FORWARDED, "X-Forwarded-Host": "evil.example"}
    data = {"token": fresh_token(), "choice": "ask"}
    sent = client.post(quiz("2/response"), data=data, headers=headers)
    assert sent.status_code == 303
    assert "Secure" not in sent.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in sent.headers


def test_without_trusted_proxies_a_forwarded_address_hides_nobody_from_the_limit(client: CheckingClient) -> None:
    answers = [
        client.post("/en/resume", data={"code": "x"}, headers={"X-Forwarded-For": f"198.51.100.{number}"}).status_code
        for number in range(21)
    ]
    assert answers == [422] * 20 + [429]


@pytest.fixture
def behind_tls(make_app: Callable[..., Flask]) -> CheckingClient:
    """A browser that reaches the server over TLS, through one proxy."""
    client = make_app(TRUSTED_PROXIES="1").test_client()
    client.environ_base.update({f"HTTP_{name.upper().replace('-', '_')}": value for name, value in FORWARDED.items()})
    return client


def test_behind_tls_the_cookie_is_for_tls_alone(behind_tls: CheckingClient) -> None:
    sent = send(behind_tls, 2, fresh_token(), "ask")
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(sent.headers["Set-Cookie"].split("; "))


@pytest.mark.parametrize("address", ["/", "/en/", "/en/nothing", "/healthz", quiz("3")])
def test_behind_tls_browsers_are_told_to_stay_there(behind_tls: CheckingClient, address: str) -> None:
    assert behind_tls.get(address).headers["Strict-Transport-Security"] == "max-age=31536000"


def test_behind_a_trusted_proxy_guesses_are_counted_for_each_address(make_app: Callable[..., Flask]) -> None:
    client = make_app(TRUSTED_PROXIES="1").test_client()

    def guess(address: str) -> int:
        forwarded = {"X-Forwarded-For": f"192.0.2.9, {address}"}
        return client.post("/en/resume", data={"code": "x"}, headers=forwarded).status_code

    assert [guess("198.51.100.1") for _ in range(21)][-1] == 429
    assert guess("198.51.100.2") == 422


def test_the_last_word_of_the_attempt_takes_the_texts_of_this_device_along(client: CheckingClient) -> None:
    begin(client)
    assert client.get(quiz("deleted")).headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get(quiz("outcome")).headers
