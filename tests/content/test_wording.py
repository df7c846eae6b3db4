"""Which words a reader sees: never two languages in one item."""

import pytest

from app.content.loader import Bundle
from app.content.wording import general_wording, item_wording
from tests.content.folders import GOOD, bundle

CODES = ("en", "fr", "ar", "he", "pt-br", "xx")


@pytest.mark.parametrize("name", GOOD)
def test_an_item_is_shown_whole_in_one_language_or_whole_in_the_source_language(name: str) -> None:
    known = bundle(name)
    for item in known.quiz.items:
        for code in CODES:
            written, plain = (item_wording(known, item.id, code, plain=each) for each in (False, True))
            assert written.language == plain.language in {code, known.quiz.source_language}
            whole = known.languages[written.language].items[item.id]
            assert (written.words, written.item) == (whole, whole)
            assert (plain.words, plain.item) == (whole.plain, whole)


@pytest.mark.parametrize("name", GOOD)
def test_general_words_are_shown_whole_in_one_language(name: str) -> None:
    known = bundle(name)
    for code in CODES:
        shown = general_wording(known, code)
        assert shown.language in {code, known.quiz.source_language}
        assert shown.words == known.languages[shown.language].general


def shown_in(known: Bundle, code: str) -> dict[str, str]:
    """Say in which language each item, and what is general, is shown to a reader."""
    items = {item.id: item_wording(known, item.id, code).language for item in known.quiz.items}
    return {"general": general_wording(known, code).language, **items}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("translated", {"general": "fr", "bench": "fr"}),
        ("partial-translation", {"general": "fr", "bench": "fr", "table": "en"}),
        ("stale-item", {"general": "fr", "bench": "en", "table": "fr"}),
        ("stale-general", {"general": "en", "bench": "fr"}),
        ("unstamped", {"general": "en", "bench": "en"}),
        ("only-general-words", {"general": "fr", "bench": "en"}),
        ("broken-item", {"general": "fr", "bench": "en", "table": "fr"}),
        ("broken-general", {"general": "en", "bench": "fr"}),
        ("broken-language", {"general": "en", "bench": "en"}),
        ("abbreviation-in-a-translation", {"general": "fr", "bench": "en"}),
        ("kind-reflection", {"general": "en", "bench": "en"}),
        ("source-in-french", {"general": "fr", "bench": "fr"}),
    ],
)
def test_what_is_missing_stale_or_broken_is_shown_in_the_source_language(name: str, expected: dict[str, str]) -> None:
    assert shown_in(bundle(name), "fr") == expected


def test_two_languages_that_run_from_right_to_left_each_keep_their_own_words() -> None:
    known = bundle("two-right-to-left")
    assert shown_in(known, "ar") == {"general": "ar", "bench": "ar"}
    assert shown_in(known, "he") == {"general": "he", "bench": "he"}
    assert item_wording(known, "bench", "ar").words != item_wording(known, "bench", "he").words


def test_plain_words_are_other_words_of_the_same_item() -> None:
    shown = item_wording(bundle("plain-words"), "bench", "en", plain=True)
    assert shown.words.prompt == "Think of a seat. Who was next to you?"
    assert shown.item.prompt == "Who sat beside you last?"
