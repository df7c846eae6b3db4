"""What somebody sees at the end: a cloth and lenses; no score, no rank, no sign of what was chosen."""

import re

import pytest
from flask import Flask
from sqlalchemy import update

from app.attempts.models import Attempt
from app.content.loader import Bundle
from tests.attempts.forms import (
    answer_all,
    begin,
    change,
    choose,
    form_of,
    pass_by,
    quiz,
    text_of,
    tree,
)
from tests.checking import CheckingClient

JUDGING = re.compile(
    r"\b(scores?|points?|percent|levels?|rank(ed|ing)?|grades?|correct|mistakes?|out of \d+|failed|passed the test)\b"
    r"|%|\d\s*/\s*\d|[★✓✗✔✘]",
    re.IGNORECASE,
)
SEED = 4711
CURIOUS = {2: "ask", 3: "never-asked", 10: "rather-disagree", 16: "rather-agree", 7: "rarely"}


def one_line(text: str) -> str:
    """Join what stands on several lines in a content file."""
    return " ".join(text.split())


def cloth_of(client: CheckingClient, language: str = "en") -> str:
    """Cut the cloth out of the outcome."""
    page = client.get(quiz("outcome", language)).get_data(as_text=True)
    return re.search(r'<table class="cloth".*?</table>', page, re.DOTALL).group()


def drawings(cloth: str) -> list[str]:
    """Keep the drawings of a cloth and leave out its words."""
    return re.findall(r"<td>(<svg.*?</svg>)", cloth, re.DOTALL)


def answer_with(client: CheckingClient, which: int) -> None:
    """Go through the whole quiz and choose the first (0) or the last (-1) of what there is."""
    for number in range(1, 19):
        page = client.get(quiz(str(number)))
        address, fields = form_of(page.get_data(as_text=True))
        root = tree(page)
        offered = [*root.iter("button"), *root.iter("input")]
        ids = [each.get("value") for each in offered if each.get("name") == "choice"]
        if ids:
            fields["choice"] = [ids[which]]
        elif "choice" in fields:
            fields["choice"] = fields["choice"][:: 1 if which == 0 else -1]
        assert client.post(address, data=fields).status_code == 303


def test_the_outcome_names_the_lens_that_stood_out_and_says_what_it_is(client: CheckingClient, bundle: Bundle) -> None:
    for number, choice in CURIOUS.items():
        choose(client, number, choice)
    text = text_of(client.get(quiz("outcome")))
    curiosity = bundle.languages["en"].general.lenses["curiosity"]
    assert one_line(curiosity.about) in text
    assert one_line(curiosity.open) not in text


def test_the_outcome_leads_back_to_an_item_through_a_lens_that_hardly_occurs(
    client: CheckingClient, bundle: Bundle
) -> None:
    for number, choice in CURIOUS.items():
        choose(client, number, choice)
    page = client.get(quiz("outcome"))
    opens = {name: one_line(words.open) for name, words in bundle.languages["en"].general.lenses.items()}
    (first, *_) = [name for name, words in opens.items() if words in text_of(page)]
    section = next(
        each for each in tree(page).findall(".//section") if opens[first] in one_line("".join(each.itertext()))
    )
    numbers = [int(each.get("href").split("#")[0].rsplit("/", 1)[1]) for each in section.findall(".//a")]
    assert numbers
    assert set(numbers) <= set(CURIOUS)


def test_no_lens_is_named_where_nothing_was_chosen(client: CheckingClient, bundle: Bundle) -> None:
    for number in (1, 2, 3):
        pass_by(client, number)
    text = text_of(client.get(quiz("outcome")))
    for words in bundle.languages["en"].general.lenses.values():
        assert one_line(words.about) not in text
        assert one_line(words.open) not in text


@pytest.mark.parametrize("which", [0, -1])
def test_the_outcome_has_no_score_no_share_and_no_rank(client: CheckingClient, which: int) -> None:
    answer_with(client, which)
    for address in (quiz("outcome"), quiz("outcome?plain=1")):
        assert JUDGING.findall(text_of(client.get(address))) == []
        assert tree(client.get(address)).findall(".//meter") == []
        assert tree(client.get(address)).findall(".//progress") == []


@pytest.mark.parametrize("which", [0, -1])
def test_no_item_page_says_that_a_choice_was_right_or_wrong(client: CheckingClient, bundle: Bundle, which: int) -> None:
    answer_with(client, which)
    content = {one_line(each) for item in bundle.languages["en"].items.values() for each in said_by(item)}
    for number in range(2, 19):
        text = text_of(client.get(quiz(str(number))))
        for each in sorted(content, key=len, reverse=True):
            text = text.replace(each, "")
        assert JUDGING.findall(text) == []


def said_by(item: object) -> list[str]:
    """List the words of an item: content may say «percent» where it tells a fact, the frame around it may not."""
    texts = [item.prompt, item.action, item.figure or "", *item.choices.values(), *item.reflections.values()]
    return [*texts, *(source.title for source in item.sources)]


def test_the_cloth_shows_which_places_are_laid(client: CheckingClient, bundle: Bundle) -> None:
    choose(client, 2, "ask")
    pass_by(client, 3)
    laid = [drawing.count('class="c"') for drawing in drawings(cloth_of(client))]
    item = bundle.quiz.items[1]
    row = [theme.id for theme in bundle.quiz.themes].index(item.theme)
    column = bundle.quiz.dimensions.index(item.dimension)
    assert laid == [1 if place == 3 * row + column else 0 for place in range(9)]


def test_every_cell_of_the_cloth_says_in_words_how_much_is_laid(client: CheckingClient) -> None:
    choose(client, 2, "ask")
    cells = tree(client.get(quiz("outcome"))).findall(".//table[@class='cloth']/tbody/tr/td")
    said = ["".join(each.itertext()) for each in cells if list(each)]
    assert sorted(said) == ["0 questions thought about"] * 8 + ["1 question thought about"]


def test_the_cloth_never_tells_what_was_chosen(app: Flask) -> None:
    cloths = []
    for which in (0, -1):
        person = app.test_client()
        answer_with(person, which)
        change(app, update(Attempt).values(seed=SEED))
        cloths.append(cloth_of(person))
    assert cloths[0] == cloths[1]


def test_the_cloth_tells_no_more_when_only_some_places_are_laid(app: Flask) -> None:
    cloths = []
    for first, second in (("ask", "everybody"), ("watch", "never-asked")):
        person = app.test_client()
        choose(person, 2, first)
        choose(person, 3, second)
        change(app, update(Attempt).values(seed=SEED))
        cloths.append(cloth_of(person))
    assert cloths[0] == cloths[1]


def test_no_two_cloths_are_the_same(app: Flask) -> None:
    people = [app.test_client() for _ in range(3)]
    for person in people:
        answer_with(person, 0)
    assert len({cloth_of(person) for person in people}) == 3


def test_a_cloth_is_the_same_in_every_language_and_each_time(client: CheckingClient) -> None:
    answer_all(client)
    first = drawings(cloth_of(client))
    assert len(first) == 9
    for language in ("en", "fr", "ar"):
        assert drawings(cloth_of(client, language)) == first


def test_the_small_cloth_of_an_item_page_tells_nothing_of_the_choices(app: Flask) -> None:
    places = []
    for choice in ("ask", "watch"):
        person = app.test_client()
        choose(person, 2, choice)
        page = person.get(quiz("4")).get_data(as_text=True)
        places.append(re.search(r'<div class="place side">.*?</div>', page, re.DOTALL).group())
    assert places[0] == places[1]


def test_the_outcome_counts_what_was_met_passed_and_left_open(client: CheckingClient) -> None:
    begin(client)
    pass_by(client, 2)
    pass_by(client, 3)
    text = text_of(client.get(quiz("outcome")))
    assert "You gave 1 question some thought. You passed 2 by. 15 are still open." in text


def test_the_outcome_names_small_things_only_from_items_that_were_met(client: CheckingClient, bundle: Bundle) -> None:
    choose(client, 2, "ask")
    text = text_of(client.get(quiz("outcome")))
    actions = {name: one_line(words.action) for name, words in bundle.languages["en"].items.items()}
    assert [name for name, action in actions.items() if action in text] == ["new-greeting"]


def test_the_last_response_is_answered_on_the_outcome(client: CheckingClient, bundle: Bundle) -> None:
    page = answer_all(client)
    words = bundle.languages["en"].items["two-neighbours"]
    assert one_line(words.reflections["thought"]) in text_of(page)


def test_the_outcome_leads_to_every_item_and_says_which_are_open(client: CheckingClient) -> None:
    begin(client)
    pass_by(client, 2)
    places = tree(client.get(quiz("outcome"))).findall(".//ol[@class='places']/li")
    assert [each.find("a").get("href") for each in places] == [quiz(f"{number}#item") for number in range(1, 19)]
    states = [(each.find("span").text if each.find("span") is not None else "") for each in places]
    assert states == ["", "passed", *["open"] * 16]
