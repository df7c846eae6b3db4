"""An attempt is known before its first write, without a cookie, and is never split or mixed up."""

from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import delete

from app.attempts.models import Attempt, ItemResponse
from tests.attempts.forms import (
    COOKIE,
    begin,
    change,
    choose,
    everything,
    fresh_token,
    quiz,
    rows,
    send,
    stored_responses,
    token_of,
    tree,
)
from tests.checking import CheckingClient

THREADS = 8


@pytest.mark.parametrize(
    "address",
    ["/", "/en/", "/en/about", "/en/accessibility", "/en/privacy", "/en/resume", "/healthz", "/en/nothing-here"]
    + [quiz(rest) for rest in ("", "?afresh=1", "1", "7", "18", "outcome", "resume", "counts", "friends", "deleted")],
)
def test_nobody_gets_a_cookie_or_a_row_for_looking(client: CheckingClient, app: Flask, address: str) -> None:
    before = everything(app)
    assert "Set-Cookie" not in client.get(address).headers
    assert everything(app) == before


def test_every_look_at_the_first_item_carries_a_token_of_its_own(client: CheckingClient) -> None:
    assert token_of(client.get(quiz())) != token_of(client.get(quiz()))


def test_the_first_stored_response_sets_a_cookie_that_scripts_and_other_sites_cannot_use(
    client: CheckingClient,
) -> None:
    sent = choose(client, 1, "coffee")
    (cookie,) = sent.headers.getlist("Set-Cookie")
    name, *attributes = cookie.split("; ")
    assert name.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=7776000"} <= set(attributes)


def test_a_form_sent_twice_is_one_attempt_and_one_response(client: CheckingClient, app: Flask) -> None:
    token = token_of(client.get(quiz()))
    first, second = (send(client, 1, token, "coffee") for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert first.headers["Set-Cookie"].split(";")[0] == second.headers["Set-Cookie"].split(";")[0]
    assert len(rows(app, "attempt")) == 1
    assert stored_responses(app) == {(1, "from-elsewhere"): "coffee"}


def test_a_first_form_sent_again_from_a_browser_that_lost_the_answer_is_the_same_attempt(app: Flask) -> None:
    token = fresh_token()
    for browser in (app.test_client(), app.test_client()):
        send(browser, 1, token, "coffee")
        assert stored_responses(app) == {(1, "from-elsewhere"): "coffee"}
    assert choose(browser, 2, "ask").status_code == 303
    assert {attempt for attempt, _ in stored_responses(app)} == {1}


def test_the_same_first_form_eight_times_at_once_is_one_attempt_and_one_response(app: Flask) -> None:
    token, start, answers = fresh_token(), Barrier(THREADS), []

    def send_it() -> None:
        client = app.test_client()
        start.wait()
        answers.append(send(client, 1, token, "coffee"))

    threads = [Thread(target=send_it) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.status_code for each in answers] == [303] * THREADS
    assert len({each.headers["Set-Cookie"].split(";")[0] for each in answers}) == 1
    assert len(rows(app, "attempt")) == 1
    assert len(rows(app, "item_response")) == 1


def test_two_people_are_two_attempts(app: Flask) -> None:
    for person in (app.test_client(), app.test_client()):
        choose(person, 1, "coffee")
    assert sorted(stored_responses(app)) == [(1, "from-elsewhere"), (2, "from-elsewhere")]


def test_a_form_whose_cookie_was_lost_still_belongs_to_its_attempt(client: CheckingClient, app: Flask) -> None:
    begin(client)
    token = token_of(client.get(quiz("2")))
    client.delete_cookie(COOKIE)
    sent = send(client, 2, token, "ask")
    assert sent.headers["Set-Cookie"].startswith(f"{COOKIE}=")
    assert stored_responses(app) == {(1, "from-elsewhere"): "coffee", (1, "new-greeting"): "ask"}
    assert client.get_cookie(COOKIE) is not None


def test_a_cookie_that_was_lost_is_not_replaced_when_a_choice_was_missing(client: CheckingClient, app: Flask) -> None:
    token = begin(client)
    client.delete_cookie(COOKIE)
    asked_again = send(client, 2, token)
    assert asked_again.status_code == 422
    send(client, 2, token_of(asked_again), "ask")
    assert {attempt for attempt, _ in stored_responses(app)} == {1}


def test_the_form_counts_and_not_the_cookie_where_the_two_differ(client: CheckingClient, app: Flask) -> None:
    old = begin(client)
    send(client, 1, fresh_token(), "song")
    send(client, 2, old, "ask")
    assert stored_responses(app)[1, "new-greeting"] == "ask"
    assert (2, "new-greeting") not in stored_responses(app)


def test_starting_afresh_begins_another_attempt_and_leaves_the_old_one(client: CheckingClient, app: Flask) -> None:
    begin(client)
    page = client.get(quiz("?afresh=1"))
    assert stored_responses(app) == {(1, "from-elsewhere"): "coffee"}
    send(client, 1, token_of(page), "song")
    assert stored_responses(app) == {(1, "from-elsewhere"): "coffee", (2, "from-elsewhere"): "song"}
    choose(client, 2, "ask")
    assert stored_responses(app)[2, "new-greeting"] == "ask"


def test_starting_afresh_with_a_choice_missing_never_touches_the_old_attempt(
    client: CheckingClient, app: Flask
) -> None:
    begin(client)
    fresh = token_of(client.get(quiz("?afresh=1")))
    asked_again = send(client, 1, fresh)
    assert token_of(asked_again) == fresh
    send(client, 1, token_of(asked_again), "song")
    assert stored_responses(app) == {(1, "from-elsewhere"): "coffee", (2, "from-elsewhere"): "song"}


@pytest.mark.parametrize("link", [".//nav//a[@hreflang='fr']", ".//nav[@class='words']//a"])
def test_starting_afresh_stays_afresh_in_another_language_and_in_plain_words(
    client: CheckingClient, app: Flask, link: str
) -> None:
    begin(client)
    there = client.get(tree(client.get(quiz("?afresh=1"))).find(link).get("href"))
    assert there.request.path in {quiz(), quiz(language="fr")}
    assert "Cookie" in there.request.headers
    assert not [each for each in tree(there).iter("input") if each.get("checked") is not None]
    assert len(rows(app, "attempt")) == 1


def test_a_token_of_another_quiz_stores_nothing(client: CheckingClient, app: Flask) -> None:
    page = client.post(quiz("2/response"), data={"token": "a1.bm90IG91cnM", "choice": "ask"})
    assert page.status_code == 400
    assert rows(app, "attempt") == []


def test_a_cookie_of_an_attempt_that_is_gone_is_as_good_as_none(client: CheckingClient, app: Flask) -> None:
    begin(client)
    for table in (ItemResponse, Attempt):
        change(app, delete(table))
    page = client.get(quiz("2"))
    assert page.status_code == 200
    assert send(client, 2, token_of(page), "ask").status_code == 303
    assert stored_responses(app) == {(2, "new-greeting"): "ask"}


def test_a_stored_attempt_holds_the_day_and_no_time_and_no_person(client: CheckingClient, app: Flask) -> None:
    begin(client)
    (attempt,) = rows(app, "attempt")
    assert set(attempt) == {"id", "quiz_id", "nonce_digest", "code_digest", "seed", "last_on", "is_counted"}
    assert type(attempt["last_on"]).__name__ == "date"
