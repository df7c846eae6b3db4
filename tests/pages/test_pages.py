"""A visitor finds the way: home, about, accessibility; and a machine hears whether the server is well."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.content.loader import Bundle
from app.content.wording import item_wording
from tests.attempts.forms import everything, quiz, text_of, tree
from tests.checking import CheckingClient
from tests.servers import ROOT

LANGUAGES = ("en", "fr", "ar")


def links(client: CheckingClient, address: str) -> list[str]:
    """List where the main part of a page leads to."""
    return [each.get("href") for each in tree(client.get(address)).findall(".//main//a")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_leads_into_the_test_with_its_first_link(client: CheckingClient, language: str) -> None:
    assert links(client, f"/{language}/")[0] == quiz(language=language)


def test_the_home_page_says_how_many_questions_there_are(client: CheckingClient, bundle: Bundle) -> None:
    assert str(len(bundle.quiz.items)) in tree(client.get("/en/")).find(".//h1").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_takes_a_code_from_another_device(client: CheckingClient, language: str) -> None:
    form = tree(client.get(f"/{language}/")).find(".//main//form")
    assert (form.get("method"), form.get("action")) == ("post", f"/{language}/resume")
    assert client.post(form.get("action"), data={"code": "ZZZZ ZZZZ"}).status_code == 422


def test_the_home_page_leads_around(client: CheckingClient) -> None:
    assert {quiz("friends"), quiz("counts"), "/en/about"} <= set(links(client, "/en/"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rest", ["", "about", "nothing-here"])
def test_every_page_leads_to_the_pages_about_it(client: CheckingClient, language: str, rest: str) -> None:
    footer = tree(client.get(f"/{language}/{rest}")).find(".//footer")
    found = [each.get("href") for each in footer.iter("a")]
    assert found == [f"/{language}/{each}" for each in ("about", "privacy", "accessibility", "resume")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_of_a_public_page_leads_nowhere(client: CheckingClient, language: str) -> None:
    seen, waiting = set(), [f"/{language}/"]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        page = client.get(address, follow_redirects=True)
        assert page.status_code == 200, address
        found = {each.get("href").split("#")[0] for each in tree(page).iter("a") if each.get("href")[0] == "/"}
        here = {each for each in found if each.startswith(f"/{language}/") and "plain=1" not in each}
        waiting += sorted(here - seen - set(waiting))
    assert len(seen) >= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_about_names_every_source_once(client: CheckingClient, bundle: Bundle, language: str) -> None:
    shown = [item_wording(bundle, item.id, language).item for item in bundle.quiz.items]
    wanted = sorted({source.title for words in shown for source in words.sources})
    lists = tree(client.get(f"/{language}/about")).findall(".//ul")
    lines = next(each for each in lists if "sources" in each.get("class", "")).findall("li/bdi")
    named = [(each.find("a").text if each.find("a") is not None else each.text) for each in lines]
    assert sorted(name.split(", ")[0] for name in named) == [title.split(", ")[0] for title in wanted]
    assert len(wanted) > 10


def test_the_page_about_says_who_has_read_the_words(client: CheckingClient) -> None:
    assert "not yet been reviewed" in text_of(client.get("/en/about"))


def test_the_page_about_claims_no_partner(client: CheckingClient) -> None:
    text = text_of(client.get("/en/about"))
    assert "not affiliated" in text
    assert "It does not measure you" in text


def test_the_page_on_accessibility_says_what_is_missing_and_whom_to_tell(client: CheckingClient) -> None:
    text = text_of(client.get("/en/accessibility"))
    assert "What is still missing" in text
    assert "If something stands in your way" in text


def test_a_machine_hears_that_the_server_is_well(client: CheckingClient, app: Flask) -> None:
    before = everything(app)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.mimetype, answer.get_data()) == (200, "text/plain", b"ready\n")
    assert everything(app) == before


def test_a_second_quiz_is_there_as_soon_as_its_folder_is(make_app: Callable[..., Flask]) -> None:
    folders = f"{ROOT / 'quizzes'}:{ROOT / 'tests' / 'bundles' / 'good'}"
    app = make_app(CONTENT_DIRS=folders)
    client = app.test_client()
    offered = [each for each in links(client, "/en/") if each.startswith("/en/quizzes/") and each.endswith("/")]
    assert len(offered) > 1
    for address in offered:
        assert client.get(address).status_code == 200
