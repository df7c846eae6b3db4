"""What many chose: published once enough people differ, frozen then, coarse always, and never beside one's own."""

import datetime as dt
import json
import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.content.loader import Bundle
from tests.attempts.forms import (
    begin,
    choose,
    delete,
    everything,
    fresh_token,
    many_attempts,
    quiz,
    rows,
    send,
    stored_responses,
    text_of,
    tree,
    work,
)
from tests.checking import CheckingClient

FIRST = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)
Move = Callable[[dt.datetime], None]
STEP = r"hardly anyone|a few, or nobody|nearly everyone|about \d?[05] in 100|\d?[05] in 100 or more"


def day(number: int) -> dt.datetime:
    """Count days from the first."""
    return FIRST + dt.timedelta(days=number)


def published(app: Flask) -> list[tuple[str, int]]:
    """List the snapshots: the day, and how many attempts they hold."""
    return sorted((str(row["made_on"]), row["attempts"]) for row in rows(app, "snapshot"))


def figures(app: Flask) -> dict[str, dict[str, list[int]]]:
    """Read the figures of the newest snapshot."""
    return json.loads(max(rows(app, "snapshot"), key=lambda row: row["made_on"])["figures"])


def test_the_page_of_counts_says_first_that_many_is_not_right(client: CheckingClient) -> None:
    page = client.get(quiz("counts"))
    assert tree(page).find(".//h1").text == "Many is not right"
    assert "It does not say what is good" in tree(page).find(".//p[@class='lead']").text


def test_nothing_is_published_of_fewer_than_ten(client: CheckingClient, app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 9, item_2=("ask",))
    work(app)
    assert published(app) == []
    page = client.get(quiz("counts"))
    assert "Nothing is published yet" in text_of(page)
    assert tree(page).findall(".//table") == []


def test_ten_attempts_are_published(client: CheckingClient, app: Flask, bundle: Bundle, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 10, item_1=("coffee", "song"))
    work(app)
    assert published(app) == [("2027-03-01", 10)]
    (table,) = tree(client.get(quiz("counts"))).findall(".//table")
    words = bundle.languages["en"].items["from-elsewhere"]
    said = {row.find("th").text: "".join(row.find("td").itertext()).strip() for row in table.findall("tbody/tr")}
    chosen, others = {said.pop(words.choices[each]) for each in ("coffee", "song")}, set(said.values())
    assert len(chosen) == len(others) == 1
    assert chosen != others


def test_counts_stand_in_every_language_and_are_the_same(client: CheckingClient, app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 25, item_2=("ask",), item_7=("often",))
    work(app)
    bars = [
        re.findall(r'<rect class="c" width="(\d+)"', client.get(quiz("counts", language)).get_data(as_text=True))
        for language in ("en", "fr", "ar")
    ]
    assert len(bars[0]) == 9
    assert bars[0] == bars[1] == bars[2]


def test_an_exact_count_stands_nowhere_on_the_page(client: CheckingClient, app: Flask, today: Move) -> None:
    today(FIRST)
    for how_many, choice in ((23, "ask"), (13, "watch"), (7, "copy"), (3, "my-own")):
        many_attempts(app, how_many, item_2=(choice,))
    work(app)
    page = client.get(quiz("counts"))
    said = {"".join(cell.itertext()).strip() for cell in tree(page).findall(".//table/tbody/tr/td")}
    assert len(said) > 1
    exact = [each for each in said if not re.fullmatch(STEP, each)]
    assert exact == []
    assert "from about 40 goes at the test" in text_of(page)


def test_a_day_has_one_publication_at_most(app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 10, item_2=("ask",))
    work(app)
    many_attempts(app, 20, item_2=("watch",))
    work(app)
    assert published(app) == [("2027-03-01", 10)]
    today(day(1))
    work(app)
    assert published(app) == [("2027-03-01", 10), ("2027-03-02", 30)]


def test_what_is_published_stays_as_it_is_until_ten_more_differ(
    client: CheckingClient, app: Flask, today: Move
) -> None:
    today(FIRST)
    many_attempts(app, 10, item_1=("coffee", "song"))
    work(app)
    frozen = client.get(quiz("counts")).get_data()
    many_attempts(app, 9, item_1=("potatoes", "chestnut"))
    for number in range(1, 5):
        today(day(number))
        work(app)
        assert client.get(quiz("counts")).get_data() == frozen
    many_attempts(app, 1, item_1=("potatoes", "chestnut"))
    work(app)
    assert published(app)[-1] == ("2027-03-05", 20)
    assert client.get(quiz("counts")).get_data() != frozen


def test_choosing_again_makes_an_attempt_differ_once_and_not_each_time(app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 10, item_2=("ask",))
    token = fresh_token()
    amina = app.test_client()
    send(amina, 2, token, "ask")
    work(app)
    today(day(1))
    for choice in ("watch", "copy", "my-own") * 4:
        choose(amina, 2, choice)
    work(app)
    assert len(published(app)) == 1


def test_choosing_the_same_again_is_no_difference(app: Flask, today: Move) -> None:
    today(FIRST)
    people = [app.test_client() for _ in range(10)]
    for person in people:
        choose(person, 2, "ask")
    work(app)
    today(day(1))
    for person in people:
        choose(person, 2, "ask")
    work(app)
    assert published(app) == [("2027-03-01", 10)]


def test_going_back_over_what_was_published_changes_no_count_until_ten_did(app: Flask, today: Move) -> None:
    today(FIRST)
    people = [app.test_client() for _ in range(10)]
    for person in people:
        choose(person, 2, "ask")
    work(app)
    today(day(1))
    for person in people[:9]:
        choose(person, 2, "watch")
    work(app)
    assert len(published(app)) == 1
    choose(people[9], 2, "watch")
    work(app)
    assert published(app)[-1] == ("2027-03-02", 10)


def test_deleting_takes_the_rows_and_leaves_what_was_published(client: CheckingClient, app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 9, item_2=("ask",))
    choose(client, 2, "ask")
    work(app)
    before = client.get(quiz("counts")).get_data()
    delete(client)
    today(day(1))
    work(app)
    assert len(rows(app, "attempt")) == 9
    assert published(app) == [("2027-03-01", 10)]
    assert app.test_client().get(quiz("counts")).get_data() == before


def test_when_nearly_all_are_deleted_nothing_is_said_of_the_few_that_are_left(app: Flask, today: Move) -> None:
    today(FIRST)
    people = [app.test_client() for _ in range(12)]
    for person in people:
        choose(person, 2, "ask")
    work(app)
    for person in people[:10]:
        delete(person)
    today(day(1))
    work(app)
    assert all(attempts >= 10 for _, attempts in published(app))
    assert "about 0" not in text_of(app.test_client().get(quiz("counts")))


def test_a_pass_is_in_no_count(app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 9, item_1=("coffee", "song"), item_12=("seats", "shade"))
    many_attempts(app, 8, item_1=("coffee", "song"), item_12=())
    work(app)
    assert set(figures(app)) == {"from-elsewhere"}
    assert {people for *_, people in figures(app)["from-elsewhere"].values()} == {17}


def test_a_thought_is_in_no_count(app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 12, item_18=("thought",), item_1=("coffee", "song"))
    work(app)
    assert set(figures(app)) == {"from-elsewhere"}


def test_a_sensitive_item_is_counted_for_thirty_and_not_for_fewer(app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 29, item_10=("agree",), item_2=("ask",))
    work(app)
    assert set(figures(app)) == {"new-greeting"}
    today(day(1))
    many_attempts(app, 10, item_10=("agree",), item_2=("ask",))
    work(app)
    assert set(figures(app)) == {"new-greeting", "one-told-me"}


def test_an_order_counts_what_was_put_first(app: Flask, today: Move) -> None:
    today(FIRST)
    order = ("planners", "food", "ask-first", "price", "tables")
    many_attempts(app, 25, item_14=order)
    work(app)
    low = {choice: low for choice, (low, *_) in figures(app)["annual-meal"].items()}
    assert [choice for choice, least in low.items() if least > 0] == ["planners"]


def test_counts_are_never_beside_ones_own_choices(client: CheckingClient, app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 10, item_1=("coffee", "song"))
    work(app)
    stranger = app.test_client().get(quiz("counts")).get_data()
    assert b'class="data tally"' in stranger
    choose(client, 1, "potatoes")
    assert client.get(quiz("counts")).get_data() == stranger
    for rest in ("", "1", "2", "outcome"):
        page = client.get(quiz(rest))
        assert tree(page).findall(".//table[@class='data tally']") == []
        assert not re.search(r"in 100|hardly anyone|nearly everyone", text_of(page))


def test_ninety_days_after_the_last_choice_an_attempt_is_only_counts(
    client: CheckingClient, app: Flask, today: Move
) -> None:
    today(FIRST)
    begin(client)
    choose(client, 2, "ask")
    for number, kept in ((90, 1), (91, 0)):
        today(day(number))
        work(app)
        assert len(rows(app, "attempt")) == kept
    assert stored_responses(app) == {}
    assert [(row["attempts"], row["not_counted"]) for row in rows(app, "archive")] == [(1, 1)]
    counted = {(row["item_id"], row["choices"]): row["people"] for row in rows(app, "response_count")}
    assert counted == {("from-elsewhere", "coffee"): 1, ("new-greeting", "ask"): 1}


def test_a_new_choice_keeps_an_attempt_for_another_ninety_days(client: CheckingClient, app: Flask, today: Move) -> None:
    today(FIRST)
    begin(client)
    today(day(80))
    choose(client, 2, "ask")
    today(day(170))
    work(app)
    assert len(rows(app, "attempt")) == 1


def test_reducing_to_counts_twice_changes_nothing_more(app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 3, item_2=("ask",))
    today(day(100))
    work(app)
    before = everything(app)
    work(app)
    assert everything(app) == before


def test_what_is_only_counts_is_still_in_the_next_publication(app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 9, item_1=("coffee", "song"))
    work(app)
    today(day(100))
    work(app)
    assert (rows(app, "attempt"), published(app)) == ([], [])
    many_attempts(app, 1, item_1=("coffee", "song"))
    work(app)
    assert published(app) == [("2027-06-09", 10)]
    assert figures(app)["from-elsewhere"]["coffee"] == [5, 10, 10]


def test_becoming_counts_alone_is_no_reason_to_publish_again(app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 15, item_1=("coffee", "song"))
    work(app)
    today(day(100))
    work(app)
    assert len(published(app)) == 1
    many_attempts(app, 9, item_1=("potatoes", "chestnut"))
    today(day(101))
    work(app)
    assert len(published(app)) == 1
    many_attempts(app, 1, item_1=("potatoes", "chestnut"))
    work(app)
    assert published(app)[-1] == ("2027-06-10", 25)
    assert {people for *_, people in figures(app)["from-elsewhere"].values()} == {25}


def test_counts_of_old_attempts_add_up_from_one_year_to_the_next(app: Flask, today: Move) -> None:
    for number in (0, 200):
        today(day(number))
        many_attempts(app, 4, item_2=("ask",))
        today(day(number + 95))
        work(app)
    (archive,) = rows(app, "archive")
    (counted,) = rows(app, "response_count")
    assert (archive["attempts"], counted["people"]) == (8, 8)


@pytest.mark.parametrize("rest", ["2", "outcome", "resume"])
def test_an_attempt_that_is_only_counts_has_no_page_any_more(
    client: CheckingClient, app: Flask, today: Move, rest: str
) -> None:
    today(FIRST)
    begin(client)
    choose(client, 2, "ask")
    today(day(100))
    work(app)
    page = client.get(quiz(rest), follow_redirects=True)
    assert page.status_code == 200
    assert not [each for each in tree(page).iter("button") if "chosen" in each.get("class", "")]


def test_a_publication_names_its_day_in_the_words_of_the_page(client: CheckingClient, app: Flask, today: Move) -> None:
    today(FIRST)
    many_attempts(app, 10, item_1=("coffee", "song"))
    work(app)
    for language, said in (("en", "1 March 2027"), ("fr", "1 mars 2027"), ("ar", "2027")):
        assert said in text_of(client.get(quiz("counts", language)))
