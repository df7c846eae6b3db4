"""The language of a page: from its address, else as the browser asks; with its direction, and links to the others."""

import re

import pytest
from flask import Flask

from tests.attempts.forms import TEST, begin, quiz, text_of, tree
from tests.checking import CheckingClient

DIRECTIONS = {"en": "ltr", "fr": "ltr", "ar": "rtl"}
FRAME = ["", "about", "accessibility", "privacy", "resume"]
FRAME += [f"quizzes/{TEST}/{rest}" for rest in ("outcome", "resume", "counts", "friends", "deleted")]
CONTENT = [f"quizzes/{TEST}/{rest}" for rest in ("", "5", "14", "18")]
PAGES = [*FRAME, *CONTENT]
ARABIC = re.compile(r"[\u0600-\u06ff]")


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("fr", "fr"),
        ("ar", "ar"),
        ("fr-CH", "fr"),
        ("FR-ch", "fr"),
        ("ar-MA, en;q=0.9", "ar"),
        ("fr-CH, en;q=0.5", "fr"),
        ("en;q=0.5, fr-CH", "fr"),
        ("de-DE, de;q=0.9, fr;q=0.8, en;q=0.7", "fr"),
        ("en-GB, en;q=0.9, fr;q=0.8", "en"),
        ("en;q=0, fr", "fr"),
        ("en;q=0, fr;q=0, ar;q=0.1", "ar"),
        ("fr;q=0", "en"),
        ("de, pl", "en"),
        ("frr", "en"),
        ("*", "en"),
        ("", "en"),
        ("fr;q=abc, ;;, ,", "en"),
        ("../../etc", "en"),
        ("\u0661", "en"),
    ],
)
def test_the_first_page_leads_to_the_language_that_the_browser_asks_for(
    client: CheckingClient, wanted: str, language: str
) -> None:
    sent = client.get("/", headers={"Accept-Language": wanted.encode("utf-8").decode("latin-1")})
    assert sent.status_code == 302
    assert sent.headers["Location"] == f"/{language}/"


def test_the_first_page_without_any_wish_leads_to_the_first_language(client: CheckingClient) -> None:
    assert client.get("/").headers["Location"] == "/en/"


def test_the_first_page_says_that_it_depends_on_the_browser(client: CheckingClient) -> None:
    assert "Accept-Language" in client.get("/").headers["Vary"]


def test_an_address_says_its_language_whatever_the_browser_asks_for(client: CheckingClient) -> None:
    for language in DIRECTIONS:
        page = client.get(f"/{language}/", headers={"Accept-Language": "ar, fr;q=0.5"})
        assert tree(page).get("lang") == language


@pytest.mark.parametrize("language", DIRECTIONS)
@pytest.mark.parametrize("rest", PAGES)
def test_every_page_stands_in_every_language_and_leads_to_itself_in_the_others(
    client: CheckingClient, rest: str, language: str
) -> None:
    begin(client)
    page = client.get(f"/{language}/{rest}")
    assert page.status_code == 200
    root = tree(page)
    assert (root.get("lang"), root.get("dir")) == (language, DIRECTIONS[language])
    links = {each.get("hreflang"): each.get("href") for each in root.findall(".//header//a[@hreflang]")}
    assert links == {other: f"/{other}/{rest}" for other in DIRECTIONS if other != language}


@pytest.mark.parametrize("rest", FRAME)
def test_no_page_is_left_in_the_first_language(client: CheckingClient, rest: str) -> None:
    begin(client)
    headings = {language: tree(client.get(f"/{language}/{rest}")).find(".//h1") for language in DIRECTIONS}
    said = {language: "".join(heading.itertext()) for language, heading in headings.items()}
    assert len(set(said.values())) == 3
    assert ARABIC.search(said["ar"])
    assert not ARABIC.search(said["fr"])


@pytest.mark.parametrize("rest", CONTENT)
def test_words_of_a_quiz_are_translated_or_said_to_be_in_another_language(client: CheckingClient, rest: str) -> None:
    first = "".join(tree(client.get(f"/en/{rest}")).find(".//h1").itertext())
    for language in ("fr", "ar"):
        root = tree(client.get(f"/{language}/{rest}"))
        marked = [each for each in root.findall(".//main//*[@lang='en']") if each.get("dir") == "ltr"]
        is_marked = any(each.find(".//h1") is not None for each in marked)
        assert is_marked == ("".join(root.find(".//h1").itertext()) == first)


@pytest.mark.parametrize("language", DIRECTIONS)
def test_each_language_is_offered_by_its_own_name_and_said_to_be_that(client: CheckingClient, language: str) -> None:
    nav = tree(client.get(f"/{language}/about")).find(".//header//nav")
    named = {each.get("lang"): each.text for each in nav.iter() if each.get("lang")}
    assert named == {"en": "English", "fr": "Français", "ar": "العربية"}
    (current,) = list(nav.iter("b"))
    assert (current.get("lang"), current.get("aria-current")) == (language, "true")


@pytest.mark.parametrize("language", DIRECTIONS)
@pytest.mark.parametrize("rest", ["", f"quizzes/{TEST}/"])
def test_pages_to_be_found_name_their_other_languages_to_machines(
    client: CheckingClient, rest: str, language: str
) -> None:
    links = tree(client.get(f"/{language}/{rest}")).findall(".//head/link[@rel='alternate']")
    others = {each.get("hreflang"): each.get("href") for each in links}
    assert {other: f"/{other}/{rest}" for other in DIRECTIONS if other != language}.items() <= others.items()


def test_an_unknown_language_is_no_page(client: CheckingClient) -> None:
    for address in ("/xx/", "/EN/", "/en-GB/", "/enfr/", f"/xx/quizzes/{TEST}/"):
        assert client.get(address).status_code == 404


def test_a_language_without_its_slash_leads_on(client: CheckingClient) -> None:
    sent = client.get("/fr?plain=1")
    assert sent.status_code == 308
    assert sent.headers["Location"].endswith("/fr/?plain=1")


def test_numbers_and_words_of_the_frame_are_those_of_the_page(client: CheckingClient, app: Flask) -> None:
    begin(client)
    for language in ("fr", "ar", "en", "fr"):
        text = text_of(client.get(quiz("2", language)))
        assert ("Question 2 of 18" in text) == (language == "en")
        assert ("As written" in text) == (language == "en")
