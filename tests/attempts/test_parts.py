"""Parts of pages are rendered once and kept; nobody ever sees a part that was made for somebody else."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from flask import Flask

from app.content.documents import LOADER
from tests.attempts.forms import COOKIE, fresh_token, quiz, text_of, token_of
from tests.checking import CheckingClient
from tests.servers import ROOT

Step = tuple[int, tuple[str, ...] | None]  # an item, and what is chosen in it; None passes it
PEOPLE: dict[str, tuple[Step, ...]] = {
    "Amina": ((1, ("coffee",)), (2, ("ask",)), (14, ("food", "price", "tables", "planners", "ask-first")), (18, ())),
    "Otto": ((1, ("coffee", "song")), (2, ("watch",)), (14, ("tables", "food", "price", "planners", "ask-first"))),
    "Fatou": ((1, None), (2, None), (14, None), (18, None)),
    "Coralie": ((1, ("song", "somebody")), (5, ("about-200",)), (2, ("ask",)), (18, ())),
}
LOOKED_AT = ("", "1", "2", "3", "6", "14", "15", "18", "outcome", "2?plain=1", "3?plain=1")


def without_secrets(text: str) -> str:
    """Leave out the tokens of forms, which are new on every page of somebody who has not begun."""
    return re.sub(r'name="token" value="[^"]*"', "", text)


def go_on(client: CheckingClient, token: str, step: Step) -> None:
    """Choose or pass."""
    number, chosen = step
    if chosen is None:
        sent = client.post(quiz(f"{number}/pass"), data={"token": token})
    else:
        sent = client.post(quiz(f"{number}/response"), data={"token": token, "choice": list(chosen)})
    assert sent.status_code == 303


def pages_of(client: CheckingClient, language: str) -> Iterator[tuple[str, str]]:
    """Look at every sort of page, as this person sees it now."""
    for rest in LOOKED_AT:
        yield f"{language} {rest}", without_secrets(client.get(quiz(rest, language)).get_data(as_text=True))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_that_others_saw_before_is_the_page_made_anew(
    app: Flask, make_app: Callable[..., Flask], language: str
) -> None:
    people = {name: (app.test_client(), fresh_token()) for name in PEOPLE}
    for turn in range(max(map(len, PEOPLE.values()))):
        for name, (client, token) in people.items():
            if turn < len(PEOPLE[name]):
                go_on(client, token, PEOPLE[name][turn])
                dict(pages_of(client, language))
    for client, _ in people.values():
        alone = make_app().test_client()
        alone.set_cookie(COOKIE, client.get_cookie(COOKIE).value)
        assert dict(pages_of(client, language)) == dict(pages_of(alone, language))


def test_a_stranger_sees_nothing_that_was_kept_for_somebody(app: Flask, make_app: Callable[..., Flask]) -> None:
    amina, token = app.test_client(), fresh_token()
    for step in PEOPLE["Amina"]:
        go_on(amina, token, step)
        dict(pages_of(amina, "en"))
    amina.post(quiz("14/response"), data={"token": token, "choice": ["food", "price"]})
    assert dict(pages_of(app.test_client(), "en")) == dict(pages_of(make_app().test_client(), "en"))


def test_asking_again_and_the_item_itself_are_not_mixed_up(client: CheckingClient) -> None:
    token = fresh_token()
    go_on(client, token, (2, ("ask",)))
    for _ in range(2):
        assert "Keep it, and go on" in text_of(client.get(quiz("2")))
        asked_again = client.post(quiz("2/response"), data={"token": token_of(client.get(quiz("2")))})
        assert asked_again.status_code == 422
        assert "Keep it, and go on" not in text_of(asked_again)


@pytest.fixture
def crowded(tmp_path: Path) -> Path:
    """A folder with a quiz that has four items in one place of its cloth."""
    source = ROOT / "tests" / "bundles" / "good" / "kind-scenario"
    structure = yaml.load((source / "bundle.yaml").read_text("utf-8"), Loader=LOADER)
    words = yaml.load((source / "en" / "text.yaml").read_text("utf-8"), Loader=LOADER)
    (item,) = structure["items"]
    structure["id"] = "crowded"
    structure["items"] = [{**item, "id": f"item-{number}"} for number in range(1, 5)]
    words["items"] = {each["id"]: words["items"][item["id"]] for each in structure["items"]}
    folder = tmp_path / "quizzes" / "crowded"
    (folder / "en").mkdir(parents=True)
    # JSON is YAML too, and never refers back to what was written before.
    (folder / "bundle.yaml").write_text(json.dumps(structure), "utf-8")
    (folder / "en" / "text.yaml").write_text(json.dumps(words), "utf-8")
    return folder.parent


def test_more_items_in_a_place_than_it_shows_are_counted_all_the_same(
    make_app: Callable[..., Flask], crowded: Path
) -> None:
    client = make_app(CONTENT_DIRS=str(crowded)).test_client()
    said = []
    for number in range(1, 5):
        page = client.get(f"/en/quizzes/crowded/{number}")
        form = page.get_data(as_text=True)
        token = re.search(r'name="token" value="([^"]+)"', form).group(1)
        choice = re.search(r'name="choice" value="([^"]+)"', form).group(1)
        client.post(f"/en/quizzes/crowded/{number}/response", data={"token": token, "choice": choice})
        said.append(re.search(r"(\d) strips? laid", text_of(client.get("/en/quizzes/crowded/4"))).group(1))
    assert said == ["1", "2", "3", "4"]
