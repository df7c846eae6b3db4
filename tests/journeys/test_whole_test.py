"""Somebody takes the whole test by taps alone, from the first page to the outcome, with scripts and without."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.browsing import COOKIE, ITEMS, PHONE, Visit
from tests.journeys.stored import attempt_of, count_attempts, own_responses, responses_of
from tests.journeys.walking import GO_ON, answer, begin, walk

WAYS = [("en", True), ("en", False), ("ar", True), ("ar", False), ("fr", True)]
DIRECTIONS = {"en": "ltr", "fr": "ltr", "ar": "rtl"}
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_the_whole_test_is_taken_by_taps_alone(visit: Callable[..., Visit], language: str, scripts: bool) -> None:
    visitor = visit(language, java_script_enabled=scripts, viewport=PHONE, has_touch=True, is_mobile=True)
    before = count_attempts(visitor.product)
    begin(visitor)
    assert visitor.context.cookies() == []
    chosen = walk(visitor)
    assert visitor.is_at("outcome")
    assert visitor.page.locator(".cloth td svg").count() == 9
    assert visitor.page.locator(".cloth td svg").first.is_visible()
    assert visitor.page.locator("html").get_attribute("dir") == DIRECTIONS[language]
    assert own_responses(visitor) == chosen
    assert count_attempts(visitor.product) == before + 1
    assert len(visitor.watch.posts()) == len(ITEMS)


def test_no_page_of_the_walk_asks_for_more_than_a_tap_or_two(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    begin(visitor)
    walk(visitor)
    ticks = sum(item.kind == "multiple-choice" for item in ITEMS)
    assert visitor.taps == 1 + len(ITEMS) + ticks


@SCRIPTS
def test_passing_everything_leads_to_an_open_cloth(visit: Callable[..., Visit], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    begin(visitor)
    for _ in ITEMS:
        visitor.tap("form.band button.text")
    assert visitor.is_at("outcome")
    assert own_responses(visitor) == dict.fromkeys(item.id for item in ITEMS)


@pytest.mark.parametrize(("language", "scripts"), [("en", True), ("en", False), ("ar", True)])
def test_back_shows_the_choice_and_choosing_again_replaces_it(
    visit: Callable[..., Visit], language: str, scripts: bool
) -> None:
    visitor = visit(language, java_script_enabled=scripts)
    begin(visitor)
    walk(visitor, 1, 2)
    visitor.page.go_back()
    assert visitor.is_at("2")
    chosen = visitor.page.locator("button.chosen")
    assert [chosen.nth(index).get_attribute("value") for index in range(chosen.count())] == [ITEMS[1].choice_ids[0]]
    answer(visitor, ITEMS[1], 2)
    assert visitor.is_at("3")
    assert own_responses(visitor)[ITEMS[1].id] == ITEMS[1].choice_ids[2]
    assert len(own_responses(visitor)) == 2


@SCRIPTS
def test_back_shows_the_ticks(visit: Callable[..., Visit], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    begin(visitor)
    visitor.touch(visitor.page.locator("label.choice").nth(1))
    visitor.touch(visitor.page.locator("label.choice").nth(3))
    visitor.tap(GO_ON)
    visitor.page.go_back()
    ticked = visitor.page.locator("input[name=choice]:checked")
    ids = [ticked.nth(index).get_attribute("value") for index in range(ticked.count())]
    assert ids == [ITEMS[0].choice_ids[1], ITEMS[0].choice_ids[3]]
    visitor.touch(visitor.page.locator("label.choice").nth(3))
    visitor.tap(GO_ON)
    assert own_responses(visitor) == {ITEMS[0].id: ITEMS[0].choice_ids[1]}


@SCRIPTS
def test_the_link_back_does_what_back_does(visit: Callable[..., Visit], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    begin(visitor)
    walk(visitor, 1, 2)
    visitor.tap("a.back")
    assert visitor.is_at("2")
    assert visitor.page.locator("button.chosen").get_attribute("value") == ITEMS[1].choice_ids[0]


@SCRIPTS
def test_refresh_after_a_response_sends_nothing_again(visit: Callable[..., Visit], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    begin(visitor)
    walk(visitor, 1, 3)
    before, sent = own_responses(visitor), len(visitor.watch.posts())
    visitor.page.reload()
    assert visitor.is_at("4")
    assert visitor.page.locator("#echo").is_visible()
    assert len(visitor.watch.posts()) == sent == 3
    assert own_responses(visitor) == before


def test_another_language_mid_way_keeps_place_and_responses(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    begin(visitor)
    walk(visitor, 1, 4)
    before = own_responses(visitor)
    for language in ("ar", "fr", "en"):
        visitor.tap(f".langs a[hreflang={language}]")
        visitor.language = language
        assert visitor.is_at("5")
        assert visitor.page.locator("html").get_attribute("dir") == DIRECTIONS[language]
        assert visitor.page.locator("#echo").is_visible()
        assert own_responses(visitor) == before
    walk(visitor, 5, 5)
    assert set(own_responses(visitor)) == {item.id for item in ITEMS[:5]}


@SCRIPTS
def test_plain_words_mid_way_keep_place_and_responses_and_stay(visit: Callable[..., Visit], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    begin(visitor)
    walk(visitor, 1, 2)
    as_written = visitor.page.locator("#item").inner_text()
    visitor.tap(".words a")
    assert visitor.is_at("3")
    assert "plain=1" in visitor.page.url
    assert visitor.page.locator("#item").inner_text() != as_written
    chosen = walk(visitor, 3, 4)
    assert "plain=1" in visitor.page.url
    visitor.tap(".words a")
    assert "plain" not in visitor.page.url
    assert own_responses(visitor).items() >= chosen.items()
    assert len(own_responses(visitor)) == 4


@SCRIPTS
def test_a_cookie_lost_between_two_pages_loses_nothing(visit: Callable[..., Visit], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    begin(visitor)
    walk(visitor, 1, 2)
    attempt, attempts = attempt_of(visitor), count_attempts(visitor.product)
    visitor.context.clear_cookies()
    walk(visitor, 3, 4)
    assert attempt_of(visitor) == attempt
    assert count_attempts(visitor.product) == attempts
    assert set(responses_of(visitor.product, attempt)) == {item.id for item in ITEMS[:4]}


@SCRIPTS
def test_starting_afresh_is_another_attempt(visit: Callable[..., Visit], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    begin(visitor)
    chosen = walk(visitor, 1, 3)
    earlier = attempt_of(visitor)
    visitor.open(visitor.quiz())
    visitor.tap(".btns .btn.plain")
    assert visitor.page.locator("input[name=choice]:checked").count() == 0
    answer(visitor, ITEMS[0], 2)
    assert own_responses(visitor) == {ITEMS[0].id: ITEMS[0].choice_ids[2]}
    assert attempt_of(visitor) != earlier
    assert responses_of(visitor.product, earlier) == chosen


@SCRIPTS
def test_back_after_starting_afresh_shows_the_choice_too(visit: Callable[..., Visit], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    visitor.send(1)
    visitor.open(visitor.quiz())
    visitor.tap(".btns .btn.plain")
    answer(visitor, ITEMS[0], 2)
    afresh, attempts = attempt_of(visitor), count_attempts(visitor.product)
    visitor.page.go_back()
    ticked = visitor.page.locator("input[name=choice]:checked")
    assert [ticked.nth(index).get_attribute("value") for index in range(ticked.count())] == [ITEMS[0].choice_ids[2]]
    visitor.tap(GO_ON)
    assert attempt_of(visitor) == afresh
    assert count_attempts(visitor.product) == attempts


@SCRIPTS
def test_sending_nothing_puts_the_focus_on_what_is_missing(visit: Callable[..., Visit], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts)
    begin(visitor)
    before = count_attempts(visitor.product)
    visitor.tap(GO_ON)
    assert visitor.measure("isFocused", "[role=alert]")
    assert visitor.page.title().startswith("To mend:")
    visitor.page.keyboard.press("Tab")
    assert visitor.measure("isFocused", "[role=alert] a[href='#item']")
    visitor.page.keyboard.press("Enter")
    assert visitor.measure("isFocused", "#item")
    assert count_attempts(visitor.product) == before
    walk(visitor, 1, 1)
    assert count_attempts(visitor.product) == before + 1


@pytest.mark.parametrize(("language", "scripts"), [("en", True), ("en", False), ("ar", True)])
def test_the_outcome_leads_back_to_an_item_through_a_lens(
    visit: Callable[..., Visit], language: str, scripts: bool
) -> None:
    visitor = visit(language, java_script_enabled=scripts)
    visitor.answer_everything()
    visitor.open(visitor.quiz("outcome"))
    link = visitor.page.locator("p.screen a[href$='#item']").first
    number = int(re.findall(r"/(\d+)#item", str(link.get_attribute("href")))[0])
    item = ITEMS[number - 1]
    visitor.tap(link)
    assert visitor.is_at(str(number))
    assert visitor.measure("isFocused", "#item")
    assert visitor.page.locator(".chosen, :checked, select, .order").count() > 0
    before = own_responses(visitor)
    chosen = answer(visitor, item, 1)
    assert set(chosen) <= set(str(own_responses(visitor)[item.id]).split())
    assert own_responses(visitor) != before
    assert len(own_responses(visitor)) == len(ITEMS)
    visitor.tap(visitor.page.locator("main a[href$='/outcome']"))
    assert visitor.is_at("outcome")


def test_every_item_can_be_reached_from_the_outcome(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.send(2)
    visitor.open(visitor.quiz("outcome"))
    visitor.touch("details:has(.places) summary")
    links = visitor.page.locator(".places a")
    assert links.count() == len(ITEMS)
    visitor.tap(links.nth(4))
    assert visitor.is_at("5")
    assert {each["name"] for each in visitor.context.cookies()} == {COOKIE}


def test_with_friends_the_address_stands_there_as_a_picture(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.answer_everything()
    visitor.open(visitor.quiz("outcome"))
    visitor.tap(".screen .btns a.btn")
    assert visitor.is_at("friends")
    picture = visitor.page.locator(".qr svg")
    box = picture.bounding_box()
    assert picture.is_visible()
    assert box is not None
    assert min(box["width"], box["height"]) > 150
    assert visitor.page.locator("bdi[dir=ltr]").last.inner_text() == visitor.quiz()
    assert attempt_of(visitor) > 0
    assert visitor.cookie() not in visitor.page.content()
