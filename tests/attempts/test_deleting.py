"""Somebody deletes what she chose: at once, for good, and nothing of anybody else."""

import datetime as dt

from flask import Flask

from tests.attempts.forms import (
    COOKIE,
    answer_all,
    begin,
    choose,
    delete,
    everything,
    fresh_token,
    quiz,
    rows,
    send,
    stored_responses,
    text_of,
    token_of,
    tree,
)
from tests.checking import CheckingClient

GONE = "These responses are no longer here"


def test_deleting_takes_every_row_away_at_once_and_clears_the_cookie(client: CheckingClient, app: Flask) -> None:
    answer_all(client)
    assert len(stored_responses(app)) == 18
    sent = delete(client)
    assert (sent.status_code, sent.headers["Location"]) == (303, quiz("deleted"))
    assert client.get_cookie(COOKIE) is None
    assert rows(app, "attempt") == rows(app, "item_response") == []


def test_the_page_after_deleting_says_so_and_offers_a_new_beginning(client: CheckingClient) -> None:
    begin(client)
    page = client.get(delete(client).headers["Location"])
    assert tree(page).find(".//h1").text == "Your responses are gone"
    assert quiz() in [each.get("href") for each in tree(page).findall(".//main//a")]
    assert page.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Backups of the last 14 days" in text_of(page)


def test_deleting_leaves_a_line_on_the_list_of_erasures_and_no_more(client: CheckingClient, app: Flask) -> None:
    begin(client)
    (attempt,) = rows(app, "attempt")
    delete(client)
    (erasure,) = rows(app, "erasure")
    assert set(erasure) == {"nonce_digest", "erased_on"}
    assert erasure["nonce_digest"] == attempt["nonce_digest"]
    assert erasure["erased_on"] == dt.datetime.now(dt.UTC).date()


def test_deleting_takes_nothing_of_anybody_else(client: CheckingClient, app: Flask) -> None:
    otto = app.test_client()
    for person in (client, otto):
        begin(person)
    delete(client)
    assert stored_responses(app) == {(2, "from-elsewhere"): "coffee"}
    assert otto.get(quiz("outcome")).status_code == 200


def test_an_old_form_of_a_deleted_attempt_stores_nothing_and_says_why(client: CheckingClient, app: Flask) -> None:
    token = begin(client)
    delete(client)
    before = everything(app)
    for number, choice in ((1, "song"), (2, "ask")):
        page = send(client, number, token, choice)
        assert page.status_code == 404
        assert GONE in text_of(page)
        assert "Set-Cookie" not in page.headers
    assert client.post(quiz("3/pass"), data={"token": token}).status_code == 404
    assert everything(app) == before


def test_the_first_form_sent_again_does_not_bring_a_deleted_attempt_back(client: CheckingClient, app: Flask) -> None:
    first = fresh_token()
    send(client, 1, first, "coffee")
    delete(client)
    before = everything(app)
    page = send(client, 1, first, "coffee")
    assert page.status_code == 404
    assert GONE in text_of(page)
    assert everything(app) == before


def test_deleting_twice_is_deleting_once(client: CheckingClient, app: Flask) -> None:
    token = begin(client)
    for _ in range(2):
        sent = client.post(quiz("delete"), data={"token": token})
        assert sent.headers["Location"] == quiz("deleted")
    assert len(rows(app, "erasure")) == 1


def test_the_number_of_a_deleted_attempt_is_never_given_again(client: CheckingClient, app: Flask) -> None:
    begin(client)
    cookie = client.get_cookie(COOKIE)
    delete(client)
    begin(app.test_client())
    assert [row["id"] for row in rows(app, "attempt")] == [2]
    client.set_cookie(COOKIE, cookie.value)
    assert not [each for each in tree(client.get(quiz("1"))).iter("input") if each.get("checked") is not None]


def test_deleting_an_old_attempt_leaves_the_cookie_of_the_new_one(client: CheckingClient, app: Flask) -> None:
    begin(client)
    old_page = token_of(client.get(quiz("outcome")))
    send(client, 1, token_of(client.get(quiz("?afresh=1"))), "song")
    client.post(quiz("delete"), data={"token": old_page})
    assert stored_responses(app) == {(2, "from-elsewhere"): "song"}
    assert client.get(quiz("outcome")).status_code == 200


def test_nothing_is_said_to_be_deleted_for_a_form_that_has_no_attempt(client: CheckingClient, app: Flask) -> None:
    begin(client)
    before = everything(app)
    page = client.post(quiz("delete"), data={"token": fresh_token()})
    assert page.status_code >= 400
    assert everything(app) == before
    assert client.get_cookie(COOKIE) is not None


def test_looking_at_the_page_after_deleting_deletes_nothing(client: CheckingClient, app: Flask) -> None:
    begin(client)
    before = everything(app)
    assert client.get(quiz("deleted")).status_code == 200
    assert client.get(quiz("delete")).status_code == 405
    assert everything(app) == before


def test_deleting_needs_a_token_of_this_attempt_and_not_its_cookie_alone(client: CheckingClient, app: Flask) -> None:
    begin(client)
    before = everything(app)
    for token in ("", "a1", client.get_cookie(COOKIE).value[:-2]):
        assert client.post(quiz("delete"), data={"token": token}).status_code == 400
    assert everything(app) == before


def test_deleted_ways_back_lead_nowhere(client: CheckingClient, app: Flask) -> None:
    begin(client)
    page = client.get(quiz("resume"))
    link = tree(page).find(".//input[@id='link']").get("value")
    code = tree(page).find(".//bdi").text
    delete(client)
    fatou = app.test_client()
    gone = fatou.get(link)
    assert gone.status_code == 404
    assert GONE in text_of(gone)
    assert fatou.post("/en/resume", data={"code": code}).status_code == 422


def test_choosing_again_after_deleting_begins_another_attempt(client: CheckingClient, app: Flask) -> None:
    begin(client)
    delete(client)
    choose(client, 2, "ask")
    assert stored_responses(app) == {(2, "new-greeting"): "ask"}
