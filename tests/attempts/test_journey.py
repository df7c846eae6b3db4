"""Somebody takes the test, without scripts."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.attempts.models import ItemResponse
from app.content.loader import Bundle
from tests.attempts.forms import (
    answer_all,
    begin,
    change,
    choose,
    everything,
    form_of,
    pass_by,
    quiz,
    send,
    stored_responses,
    text_of,
    token_of,
    tree,
)
from tests.checking import CheckingClient

TEST = "intercultural-citizenship"
ORDER = ("planners", "food", "ask-first", "price", "tables")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_whole_test_takes_eighteen_forms_and_no_field(
    client: CheckingClient, bundle: Bundle, language: str
) -> None:
    page = client.get(f"/{language}/quizzes/{TEST}/")
    assert "Set-Cookie" not in page.headers
    for _ in bundle.quiz.items:
        address, fields = form_of(page.get_data(as_text=True))
        page = client.post(address, data=fields, follow_redirects=True)
        assert page.status_code == 200
    assert page.request.path == f"/{language}/quizzes/{TEST}/outcome"
    assert len(re.findall(r"<td><svg", page.get_data(as_text=True))) == 9


def test_every_item_stands_at_its_number_and_nowhere_else(client: CheckingClient, bundle: Bundle) -> None:
    words = bundle.languages["en"].items
    for number, item in enumerate(bundle.quiz.items, 1):
        prompt = " ".join(words[item.id].prompt.split())
        assert prompt in text_of(client.get(quiz(str(number))))
    assert client.get(quiz("19")).status_code == 404


def test_a_choice_leads_to_the_next_item_under_its_reflection(client: CheckingClient, bundle: Bundle) -> None:
    sent = choose(client, 2, "ask")
    assert sent.headers["Location"] == quiz("3#echo")
    page = client.get(quiz("3"))
    said = bundle.languages["en"].items["new-greeting"]
    echo = " ".join("".join(tree(page).find(".//section[@aria-labelledby='echo']").itertext()).split())
    assert said.choices["ask"] in echo
    assert " ".join(said.reflections["ask"].split()) in echo
    assert " ".join(said.reflections["watch"].split()) not in text_of(page)


def test_the_same_choice_in_plain_words_is_answered_in_plain_words(client: CheckingClient, bundle: Bundle) -> None:
    choose(client, 2, "ask")
    said = bundle.languages["en"].items["new-greeting"]
    assert " ".join(said.plain.reflections["ask"].split()) in text_of(client.get(quiz("3?plain=1")))


def test_going_back_shows_the_button_that_was_chosen(client: CheckingClient) -> None:
    choose(client, 2, "ask")
    chosen = [each for each in tree(client.get(quiz("2"))).findall(".//button") if "chosen" in each.get("class", "")]
    assert [each.get("value") for each in chosen] == ["ask"]


def test_going_back_shows_the_boxes_that_were_ticked(client: CheckingClient) -> None:
    choose(client, 1, "song", "coffee")
    boxes = tree(client.get(quiz("1"))).findall(".//input[@type='checkbox']")
    assert {each.get("value") for each in boxes if each.get("checked") is not None} == {"song", "coffee"}


def test_going_back_shows_the_order_that_was_given(client: CheckingClient) -> None:
    choose(client, 14, *ORDER)
    selected = [
        next(option.get("value") for option in each.findall("option") if option.get("selected") is not None)
        for each in tree(client.get(quiz("14"))).findall(".//select")
    ]
    assert tuple(selected) == ORDER


def test_going_back_lets_one_keep_the_choice_and_go_on(client: CheckingClient, app: Flask) -> None:
    choose(client, 2, "ask")
    before = everything(app)
    links = [each.get("href") for each in tree(client.get(quiz("2"))).findall(".//form//a")]
    assert quiz("3#echo") in links
    assert everything(app) == before


def test_another_choice_replaces_the_first(client: CheckingClient, app: Flask) -> None:
    for each in ("ask", "watch"):
        choose(client, 2, each)
    assert stored_responses(app) == {(1, "new-greeting"): "watch"}


def test_a_pass_is_stored_as_a_pass_and_leads_on_without_a_reflection(client: CheckingClient, app: Flask) -> None:
    sent = pass_by(client, 2)
    assert sent.headers["Location"] == quiz("3#item")
    assert stored_responses(app) == {(1, "new-greeting"): None}
    assert tree(client.get(quiz("3"))).find(".//*[@id='echo']") is None


def test_a_passed_item_stays_open_to_a_choice(client: CheckingClient, app: Flask) -> None:
    pass_by(client, 2)
    assert "You passed this one. It stays open to you." in text_of(client.get(quiz("2")))
    choose(client, 2, "ask")
    assert stored_responses(app) == {(1, "new-greeting"): "ask"}
    assert "You passed this one" not in text_of(client.get(quiz("2")))


def test_a_choice_can_be_taken_back_by_passing(client: CheckingClient, app: Flask) -> None:
    choose(client, 2, "ask")
    pass_by(client, 2)
    assert stored_responses(app) == {(1, "new-greeting"): None}
    assert not [each for each in tree(client.get(quiz("2"))).iter("button") if "chosen" in each.get("class", "")]


def test_passing_everything_leads_to_an_outcome_too(client: CheckingClient, bundle: Bundle) -> None:
    for number in range(1, len(bundle.quiz.items) + 1):
        sent = pass_by(client, number)
    page = client.get(sent.headers["Location"])
    assert page.request.path == quiz("outcome")
    assert "You passed 18 by." in text_of(page)


def test_a_form_that_succeeds_never_renders_so_refresh_sends_nothing_again(client: CheckingClient, app: Flask) -> None:
    sent = choose(client, 2, "ask")
    assert sent.status_code == 303
    before = everything(app)
    for _ in range(2):
        assert client.get(sent.headers["Location"]).status_code == 200
    assert everything(app) == before


@pytest.mark.parametrize(
    ("number", "given", "says"),
    [(1, (), "Choose at least one"), (2, (), "Choose one,"), (14, ("food", "food"), "or pass this question")],
)
def test_a_form_without_a_choice_asks_again_and_stores_nothing(
    client: CheckingClient, app: Flask, number: int, given: tuple[str, ...], says: str
) -> None:
    token = begin(client)
    before = everything(app)
    page = send(client, number, token, *given)
    assert page.status_code == 422
    assert everything(app) == before
    summary = tree(page).find(".//*[@role='alert']")
    assert says in "".join(summary.itertext())
    assert summary.find(".//a").get("href") == "#item"
    assert tree(page).find(".//title").text != tree(client.get(quiz(str(number)))).find(".//title").text
    assert token_of(page) == token


def test_asking_again_offers_the_same_page_in_every_language(client: CheckingClient) -> None:
    page = send(client, 2, begin(client))
    links = [each.get("href") for each in tree(page).findall(".//nav//a[@hreflang]")]
    assert links == [quiz("2", language) for language in ("fr", "ar")]


def test_asking_again_for_an_order_keeps_the_places_that_were_given(client: CheckingClient) -> None:
    page = send(client, 14, begin(client), "food", "price", "", "", "")
    selects = tree(page).findall(".//select")
    given = [[o.get("value") for o in each.findall("option") if o.get("selected") is not None] for each in selects]
    assert given[:2] == [["food"], ["price"]]


def test_asking_again_has_no_link_on_that_would_lose_what_was_given(client: CheckingClient) -> None:
    token = begin(client)
    for page in (send(client, 14, token, "food", "price", "", "", ""), send(client, 2, token)):
        assert page.status_code == 422
        assert "Keep it, and go on" not in text_of(page)


def test_another_language_keeps_the_place_and_the_responses(client: CheckingClient, app: Flask) -> None:
    choose(client, 2, "ask")
    before = everything(app)
    for language in ("fr", "ar", "en"):
        here = client.get(quiz("2", "en" if language != "en" else "fr"))
        link = next(each for each in tree(here).findall(".//nav//a") if each.get("hreflang") == language)
        page = client.get(link.get("href"))
        assert page.request.path == quiz("2", language)
        assert tree(page).get("lang") == language
        chosen = [each.get("value") for each in tree(page).iter("button") if "chosen" in each.get("class", "")]
        assert chosen == ["ask"]
    assert everything(app) == before


def test_plain_words_keep_the_place_and_lead_back(client: CheckingClient, bundle: Bundle) -> None:
    choose(client, 2, "ask")
    words = bundle.languages["en"].items["new-greeting"]
    link = tree(client.get(quiz("2"))).find(".//nav[@class='words']//a")
    page = client.get(link.get("href"))
    assert (page.request.path, page.request.query_string) == (quiz("2"), b"plain=1")
    assert words.plain.prompt in text_of(page)
    back = tree(page).find(".//nav[@class='words']//a")
    assert words.prompt in text_of(client.get(back.get("href")))


def own_addresses(page: TestResponse) -> Iterator[str]:
    """Go through the addresses of pages that a page leads to, but the one that leaves plain words."""
    root = tree(page)
    leaving = {id(each) for nav in root.findall(".//nav[@class='words']") for each in nav.iter("a")}
    for each in root.iter():
        if id(each) not in leaving and each.tag in {"a", "form", "button"}:
            for name in ("href", "action", "formaction"):
                address = each.get(name) or "#"
                if address[0] == "/":
                    yield address


@pytest.mark.parametrize(
    "rest", ["", "?afresh=1", "1", "2", "14", "18", "outcome", "resume", "counts", "friends", "deleted"]
)
def test_plain_words_are_carried_by_every_link_and_form(client: CheckingClient, rest: str) -> None:
    begin(client)
    page = client.get(quiz(f"{rest}{'&' if '?' in rest else '?'}plain=1"))
    assert page.status_code == 200
    found = list(own_addresses(page))
    assert len(found) > 5
    assert [each for each in found if parse_qs(urlsplit(each).query).get("plain") != ["1"]] == []


@pytest.mark.parametrize("address", ["/en/", "/en/about", "/en/privacy", "/en/accessibility", "/en/resume"])
def test_pages_beside_the_test_carry_plain_words_too(client: CheckingClient, address: str) -> None:
    found = list(own_addresses(client.get(f"{address}?plain=1")))
    assert [each for each in found if parse_qs(urlsplit(each).query).get("plain") != ["1"]] == []


def test_plain_words_are_carried_over_a_form_and_never_stored(client: CheckingClient, app: Flask) -> None:
    token = begin(client)
    assert send(client, 2, token, "ask", query="?plain=1").headers["Location"] == quiz("3?plain=1#echo")
    plainly = everything(app)
    assert send(client, 2, token, "ask").headers["Location"] == quiz("3#echo")
    assert everything(app) == plainly


def test_somebody_who_has_begun_finds_the_first_item_and_the_way_on(client: CheckingClient) -> None:
    token = begin(client)
    pass_by(client, 2)
    choose(client, 4, "ask")
    page = client.get(quiz())
    assert token_of(page) == token
    assert [each.get("value") for each in tree(page).iter("input") if each.get("checked") is not None] == ["coffee"]
    links = {"".join(each.itertext()): each.get("href") for each in tree(page).findall(".//main//a")}
    assert links["Go on with question 3"] == quiz("3")
    assert links["Start afresh"] == quiz("?afresh=1")


def test_somebody_who_has_finished_finds_the_way_to_the_cloth(client: CheckingClient) -> None:
    answer_all(client)
    links = {"".join(each.itertext()): each.get("href") for each in tree(client.get(quiz())).findall(".//main//a")}
    assert links["To your cloth"] == quiz("outcome")
    assert not [words for words in links if words.startswith("Go on with question")]


def test_a_stranger_with_the_same_address_finds_nothing_of_it(client: CheckingClient, app: Flask) -> None:
    choose(client, 2, "ask")
    otto = app.test_client()
    for rest in ("", "2", "3"):
        page = otto.get(quiz(rest))
        assert "Go on with question" not in text_of(page)
        assert tree(page).find(".//*[@id='echo']") is None
        assert not [each for each in tree(page).iter("button") if "chosen" in each.get("class", "")]


@pytest.mark.parametrize(("item_id", "number"), [("new-greeting", 2), ("languages", 5), ("two-neighbours", 18)])
def test_a_choice_that_a_new_version_has_taken_out_breaks_no_page(
    client: CheckingClient, app: Flask, item_id: str, number: int
) -> None:
    answer_all(client)
    gone = update(ItemResponse).where(ItemResponse.item_id == item_id).values(choices="taken-out")
    change(app, gone)
    for rest in ("", str(number), str(min(number + 1, 18)), "outcome"):
        assert client.get(quiz(rest)).status_code == 200


@pytest.mark.parametrize("number", [1, 2, 14, 18])
def test_what_somebody_adds_to_a_form_is_never_stored(client: CheckingClient, app: Flask, number: int) -> None:
    address, fields = form_of(client.get(quiz(str(number))).get_data(as_text=True))
    secret = "My name is Amina"
    fields |= {name: [secret] for name in ("text", "own", "comment", "name", "item_id", "seed", "choices")}
    assert client.post(address, data=fields, headers={"User-Agent": secret, "Referer": secret}).status_code == 303
    assert secret not in repr(everything(app))


def test_a_thought_of_ones_own_has_no_way_to_be_sent(client: CheckingClient) -> None:
    root = tree(client.get(quiz("18")))
    own = root.find(".//textarea")
    assert own.get("name") is None
    assert own.get("form") is None
    assert root.findall(".//form//textarea") == []


@pytest.mark.parametrize("sent", ["I thought of my aunt", "", "thought thought", "<b>"])
def test_a_thought_of_ones_own_is_refused(client: CheckingClient, app: Flask, sent: str) -> None:
    token = begin(client)
    before = everything(app)
    page = client.post(quiz("18/response"), data={"token": token, "choice": sent})
    assert page.status_code == 400
    assert everything(app) == before
