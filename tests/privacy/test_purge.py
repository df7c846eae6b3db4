"""What need not be kept is forgotten in time, by hand as every hour."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from flask import Flask

from app.content.loader import Bundle
from tests.cli.installations import choice_of, command, own_token, respond, rows, take
from tests.conftest import TEST

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)

Today = Callable[[dt.datetime], None]


@pytest.fixture
def at_noon(app: Flask, today: Today) -> Flask:
    today(NOON)
    return app


def purge(app: Flask) -> dict[str, int]:
    result = command(app, "privacy", "purge", "--json")
    assert result.exit_code == 0, result.output
    answer: dict[str, int] = json.loads(result.stdout)
    return answer


def test_an_attempt_is_kept_for_ninety_days_after_its_last_choice(at_noon: Flask, bundle: Bundle, today: Today) -> None:
    client = take(at_noon, bundle, until=1)
    today(NOON + 60 * DAY)
    respond(client, bundle, 2, own_token(client))
    today(NOON + 150 * DAY)
    assert purge(at_noon)["attempts"] == 0
    assert client.get(f"/en/quizzes/{TEST}/outcome").status_code == 200
    today(NOON + 151 * DAY)
    assert purge(at_noon)["attempts"] == 1
    assert client.get(f"/en/quizzes/{TEST}/outcome").status_code == 302


def test_counts_are_left_of_old_attempts_and_nothing_that_joins_them(
    at_noon: Flask, bundle: Bundle, today: Today
) -> None:
    for which in (0, 0, 1):
        take(at_noon, bundle, until=1, which=which)
    passing = take(at_noon, bundle, until=1)
    passing.post(f"/en/quizzes/{TEST}/1/pass", data={"token": own_token(passing)})
    today(NOON + 91 * DAY)
    assert purge(at_noon)["attempts"] == 4
    after = rows(at_noon)
    item = bundle.quiz.items[0]
    expected = [(TEST, item.id, " ".join(choice_of(item, which)), people) for which, people in ((0, 2), (1, 1))]
    assert after["response_count"] == sorted(expected)
    assert after["archive"] == [(TEST, 4, 4)]
    assert after["attempt"] == after["item_response"] == []


def test_counts_of_later_attempts_are_added_to_those_there_are(at_noon: Flask, bundle: Bundle, today: Today) -> None:
    for days in (0, 100):
        today(NOON + days * DAY)
        take(at_noon, bundle, until=1)
        today(NOON + (days + 91) * DAY)
        purge(at_noon)
    after = rows(at_noon)
    assert [row[3] for row in after["response_count"]] == [2]
    assert after["archive"] == [(TEST, 2, 2)]


def test_purging_twice_changes_nothing_more(at_noon: Flask, bundle: Bundle, today: Today) -> None:
    take(at_noon, bundle, until=3)
    gone = take(at_noon, bundle, until=1)
    gone.post(f"/en/quizzes/{TEST}/delete", data={"token": own_token(gone)})
    gone.post("/en/resume", data={"code": "AAAA AAAA"})
    today(NOON + 91 * DAY)
    assert purge(at_noon) == {"attempts": 1, "tries": 1, "erasures": 1}
    after = rows(at_noon)
    assert purge(at_noon) == {"attempts": 0, "tries": 0, "erasures": 0}
    assert rows(at_noon) == after


def test_guesses_at_codes_are_forgotten_when_their_hour_is_over(at_noon: Flask, today: Today) -> None:
    client = at_noon.test_client()
    client.post("/en/resume", data={"code": "AAAA AAAA"})
    today(NOON + HOUR - dt.timedelta(seconds=1))
    assert purge(at_noon)["tries"] == 0
    today(NOON + HOUR)
    assert purge(at_noon)["tries"] == 1
    assert rows(at_noon)["knock"] == []


def test_erasures_are_known_as_long_as_backups_are_kept(at_noon: Flask, bundle: Bundle, today: Today) -> None:
    gone = take(at_noon, bundle, until=1)
    gone.post(f"/en/quizzes/{TEST}/delete", data={"token": own_token(gone)})
    today(NOON + 14 * DAY)
    assert purge(at_noon)["erasures"] == 0
    today(NOON + 15 * DAY)
    assert purge(at_noon)["erasures"] == 1
    assert rows(at_noon)["erasure"] == []


def test_a_published_count_stays_when_its_attempts_go(at_noon: Flask, bundle: Bundle, today: Today) -> None:
    for _ in range(10):
        take(at_noon, bundle, until=2)
    command(at_noon, "work", "--once")
    published = rows(at_noon)["snapshot"]
    assert len(published) == 1
    today(NOON + 91 * DAY)
    command(at_noon, "work", "--once")
    after = rows(at_noon)
    assert after["attempt"] == []
    assert after["snapshot"] == published
    assert after["archive"] == [(TEST, 10, 0)]


def test_the_command_says_in_words_what_it_forgot(at_noon: Flask, bundle: Bundle, today: Today) -> None:
    take(at_noon, bundle, until=1)
    today(NOON + 91 * DAY)
    lines = command(at_noon, "privacy", "purge").stdout.splitlines()
    assert lines[0].startswith("1 attempts reduced to counts")
    assert lines[-1].startswith("Next: ")
