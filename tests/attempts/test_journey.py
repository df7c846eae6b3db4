"""Somebody takes the test, without scripts."""

import re

import pytest

from app.content.loader import Bundle
from tests.checking import CheckingClient, parse

TEST = "intercultural-citizenship"


def form_of(text: str) -> tuple[str, dict[str, list[str]]]:
    """Fill the item form of a page: its address, and the least that one can choose."""
    form = next(each for each in parse(text).findall(".//form") if "/response" in each.get("action", ""))
    fields: dict[str, list[str]] = {"token": [form.find(".//input[@name='token']").get("value")]}
    buttons = [each.get("value") for each in form.findall(".//button[@name='choice']")]
    boxes = [each.get("value") for each in form.findall(".//input[@type='checkbox']")]
    selects = form.findall(".//select")
    if selects:
        values = [option.get("value") for option in selects[0].findall("option") if option.get("value")]
        fields["choice"] = values
    elif buttons or boxes:
        fields["choice"] = (buttons or boxes)[:1]
    return form.get("action"), fields


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_whole_test_takes_eighteen_forms_and_no_field(client: CheckingClient, bundle: Bundle, language: str) -> None:
    page = client.get(f"/{language}/quizzes/{TEST}/")
    assert "Set-Cookie" not in page.headers
    for _ in bundle.quiz.items:
        address, fields = form_of(page.get_data(as_text=True))
        page = client.post(address, data=fields, follow_redirects=True)
        assert page.status_code == 200
    assert page.request.path == f"/{language}/quizzes/{TEST}/outcome"
    assert len(re.findall(r"<td><svg", page.get_data(as_text=True))) == 9
