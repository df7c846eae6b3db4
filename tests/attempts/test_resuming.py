"""Somebody goes on with an attempt on another device: by link, by picture, by a short code."""

import datetime as dt
import string
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.attempts.tokens import ALPHABET, CODE_LENGTH
from tests.attempts.forms import (
    COOKIE,
    begin,
    choose,
    everything,
    quiz,
    rows,
    stored_responses,
    text_of,
    tree,
)
from tests.checking import CheckingClient

GUESSES = 20
WRONG = "ZZZZ ZZZZ"
MOMENT = dt.datetime(2027, 3, 1, 10, 40, tzinfo=dt.UTC)


def ways_back(client: CheckingClient) -> tuple[str, str]:
    """Read the link and the code off the page that tells them."""
    page = tree(client.get(quiz("resume")))
    return page.find(".//input[@id='link']").get("value"), page.find(".//bdi").text


def try_code(client: CheckingClient, code: str, address: str = "127.0.0.1") -> TestResponse:
    """Type a code, from a network address."""
    return client.post("/en/resume", data={"code": code}, environ_base={"REMOTE_ADDR": address})


def test_a_link_leads_another_device_into_the_same_attempt(client: CheckingClient, app: Flask) -> None:
    begin(client)
    link, _ = ways_back(client)
    other = app.test_client()
    sent = other.get(link)
    assert (sent.status_code, sent.headers["Location"]) == (303, quiz(2))
    assert "HttpOnly" in sent.headers["Set-Cookie"]
    choose(other, 2, "ask")
    assert stored_responses(app) == {(1, "from-elsewhere"): "coffee", (1, "new-greeting"): "ask"}


def test_a_link_works_in_every_language_and_any_number_of_times(client: CheckingClient, app: Flask) -> None:
    begin(client)
    link, _ = ways_back(client)
    for language in ("en", "fr", "ar", "fr"):
        sent = app.test_client().get(link.replace("/en/", f"/{language}/"))
        assert sent.headers["Location"] == quiz(2, language=language)


def test_the_secret_of_a_link_does_not_stay_in_the_address(client: CheckingClient, app: Flask) -> None:
    begin(client)
    link, _ = ways_back(client)
    other = app.test_client()
    page = other.get(link, follow_redirects=True)
    assert page.request.path == quiz(2)
    assert link.rsplit("/", 1)[1] not in page.get_data(as_text=True)


def test_a_link_with_any_letter_changed_leads_nowhere(client: CheckingClient, app: Flask) -> None:
    begin(client)
    secret = ways_back(client)[0].rsplit("/", 1)[1]
    for place, letter in enumerate(secret):
        other = "A" if letter != "A" else "B"
        page = app.test_client().get(f"/en/resume/{secret[:place]}{other}{secret[place + 1 :]}")
        assert page.status_code == 404
        assert "Set-Cookie" not in page.headers


def test_a_link_leads_nowhere_with_any_other_last_letter(client: CheckingClient, app: Flask) -> None:
    begin(client)
    secret = ways_back(client)[0].rsplit("/", 1)[1]
    others = set(string.ascii_letters + string.digits + "-_") - {secret[-1]}
    taken = [
        each for each in sorted(others) if app.test_client().get(f"/en/resume/{secret[:-1]}{each}").status_code != 404
    ]
    assert taken == []


def test_a_code_leads_another_device_into_the_same_attempt(client: CheckingClient, app: Flask) -> None:
    begin(client)
    _, code = ways_back(client)
    assert len(code.replace(" ", "")) == CODE_LENGTH
    other = app.test_client()
    sent = try_code(other, code)
    assert (sent.status_code, sent.headers["Location"]) == (303, quiz(2))
    assert other.get_cookie(COOKIE).value == client.get_cookie(COOKIE).value


@pytest.mark.parametrize("typed", [str.lower, lambda code: f"  {' '.join(code)} ", lambda code: code.replace(" ", "-")])
def test_a_code_may_be_typed_small_with_spaces_or_with_hyphens(
    client: CheckingClient, app: Flask, typed: Callable[[str], str]
) -> None:
    begin(client)
    _, code = ways_back(client)
    assert try_code(app.test_client(), typed(code)).status_code == 303


def test_a_code_stays_the_same_as_long_as_the_attempt(client: CheckingClient) -> None:
    begin(client)
    before = ways_back(client)
    choose(client, 2, "ask")
    assert ways_back(client) == before


@pytest.mark.parametrize("code", [WRONG, "", "A", "ÄÖÜ", "x" * 41, "\0", "\u202e" * 8, "'; DROP TABLE attempt; --"])
def test_a_wrong_code_asks_again_and_leads_to_its_field(client: CheckingClient, app: Flask, code: str) -> None:
    begin(client)
    other = app.test_client()
    before = everything(app, but=("knock",))
    page = try_code(other, code)
    assert page.status_code == 422
    summary = tree(page).find(".//*[@role='alert']")
    assert summary.find(".//a").get("href") == "#code"
    assert "".join(summary.find(".//a").itertext()).strip()
    assert tree(page).find(".//title").text != tree(other.get("/en/resume")).find(".//title").text
    shown = "".join(each for each in code if each.isprintable())
    assert tree(page).find(".//input[@id='code']").get("value") in {code, shown}
    assert "Set-Cookie" not in page.headers
    assert everything(app, but=("knock",)) == before


def test_a_wrong_code_offers_its_page_in_every_language(client: CheckingClient) -> None:
    links = tree(try_code(client, WRONG)).findall(".//nav//a[@hreflang]")
    assert [each.get("href") for each in links] == ["/fr/resume", "/ar/resume"]


def test_after_twenty_guesses_in_an_hour_not_even_the_right_code_is_taken(
    client: CheckingClient, app: Flask, today: Callable[[dt.datetime], None]
) -> None:
    today(MOMENT)
    begin(client)
    _, code = ways_back(client)
    otto = app.test_client()
    assert {try_code(otto, WRONG).status_code for _ in range(GUESSES)} == {422}
    for guess in (WRONG, code):
        page = try_code(otto, guess)
        assert page.status_code == 429
        assert page.headers["Retry-After"].isdigit()
        assert "Set-Cookie" not in page.headers
    assert "Error 429" in text_of(page)


def test_who_waits_as_long_as_they_are_told_may_try_again(
    client: CheckingClient, app: Flask, today: Callable[[dt.datetime], None]
) -> None:
    today(MOMENT)
    begin(client)
    _, code = ways_back(client)
    otto = app.test_client()
    for _ in range(GUESSES + 1):
        page = try_code(otto, WRONG)
    wait = dt.timedelta(seconds=int(page.headers["Retry-After"]))
    assert dt.timedelta() < wait <= dt.timedelta(hours=1)
    today(MOMENT + wait)
    assert try_code(otto, code).status_code == 303


def test_the_next_hour_begins_anew(client: CheckingClient, today: Callable[[dt.datetime], None]) -> None:
    today(MOMENT)
    assert [try_code(client, WRONG).status_code for _ in range(GUESSES + 1)][-1] == 429
    today(MOMENT + dt.timedelta(minutes=20))
    assert try_code(client, WRONG).status_code == 422


def test_guesses_from_one_address_do_not_shut_out_another(client: CheckingClient) -> None:
    assert [try_code(client, WRONG, "198.51.100.1").status_code for _ in range(GUESSES + 1)][-1] == 429
    assert try_code(client, WRONG, "198.51.100.2").status_code == 422


def test_guesses_are_counted_without_keeping_the_address(client: CheckingClient, app: Flask) -> None:
    for _ in range(3):
        try_code(client, WRONG, "198.51.100.1")
    (knock,) = rows(app, "knock")
    assert set(knock) == {"digest", "hour", "tries"}
    assert knock["tries"] == 3
    assert b"198.51" not in knock["digest"]


def test_guesses_of_another_day_cannot_be_joined_to_those_of_today(
    client: CheckingClient, app: Flask, today: Callable[[dt.datetime], None]
) -> None:
    for days in range(2):
        today(MOMENT + dt.timedelta(days=days))
        try_code(client, WRONG)
    assert len({row["digest"] for row in rows(app, "knock")}) == 2


@pytest.mark.parametrize("rest", ["resume", "outcome"])
def test_without_an_attempt_its_pages_lead_to_the_test(client: CheckingClient, rest: str) -> None:
    sent = client.get(quiz(rest))
    assert 300 <= sent.status_code < 400
    assert sent.headers["Location"] == quiz()


def test_a_code_has_no_letter_that_is_mistaken_for_another() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    for alike in ("0OQ", "1IL", "2Z", "5S", "6G", "8B"):
        assert len(set(alike) & set(ALPHABET)) <= 1
