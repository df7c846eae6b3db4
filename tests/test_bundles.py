"""The quizzes that the product ships: whole, fresh, and true to the rules of the house."""

from functools import cache
from itertools import product

import pytest

from app.content.kinds import KINDS
from app.content.languages import read_languages, read_styles
from app.content.loader import Bundle, Reading, read_bundles
from app.content.status import LanguageStatus, language_status
from app.content.wording import general_wording, item_wording
from tests.content.folders import ROOT, TRANSLATIONS

QUIZZES = tuple(sorted(path.parent.name for path in (ROOT / "quizzes").glob("*/bundle.yaml")))
LANGUAGES = tuple(entry.code for entry in read_languages(TRANSLATIONS))
TEST = "intercultural-citizenship"


@cache
def reading() -> Reading:
    styles, problems = read_styles(TRANSLATIONS)
    assert not problems
    return read_bundles([ROOT / "quizzes"], styles)


def the_test() -> Bundle:
    return reading().bundles[TEST]


def status(quiz: str, language: str) -> LanguageStatus | None:
    return next((row for row in language_status(reading().bundles[quiz]) if row.language == language), None)


@pytest.mark.parametrize("quiz", QUIZZES)
def test_a_quiz_is_valid_and_keeps_every_house_rule_in_every_language(quiz: str) -> None:
    assert [str(each) for each in reading().problems if each.file.startswith(f"quizzes/{quiz}/")] == []
    assert quiz in reading().bundles


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("quiz", QUIZZES)
def test_a_quiz_is_complete_and_fresh_in_every_language_of_the_interface(quiz: str, language: str) -> None:
    row = status(quiz, language)
    assert row, f"{quiz} is not translated into {language}"
    assert row.is_complete, str(row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_test_falls_back_to_another_language(language: str) -> None:
    bundle = the_test()
    shown = {item.id: item_wording(bundle, item.id, language).language for item in bundle.quiz.items}
    shown["general"] = general_wording(bundle, language).language
    assert {place: code for place, code in shown.items() if code != language} == {}


def test_the_cloth_of_the_test_is_full_with_two_items_in_each_of_nine_cells() -> None:
    quiz = the_test().quiz
    assert (len(quiz.themes), len(quiz.dimensions), len(quiz.items)) == (3, 3, 18)
    assert {theme.dye for theme in quiz.themes} == {"woad", "madder", "weld"}
    cells = [(item.theme, item.dimension) for item in quiz.items]
    for theme, dimension in product([theme.id for theme in quiz.themes], quiz.dimensions):
        assert cells.count((theme, dimension)) == 2, f"{theme}, {dimension}"


def test_the_test_uses_every_kind_of_item() -> None:
    assert {item.kind for item in the_test().quiz.items} == set(KINDS)


def test_the_test_begins_with_something_to_choose_and_asks_in_two_ways_in_each_cell() -> None:
    quiz = the_test().quiz
    assert quiz.items[0].choices
    assert all(len({item.kind for item in cell}) == len(cell) for row in quiz.cells for cell in row)


@pytest.mark.parametrize("lens", the_test().quiz.lenses)
def test_each_lens_can_be_used_in_five_items_at_least(lens: str) -> None:
    items = [item for item in the_test().quiz.items if any(lens in choice.lenses for choice in item.choices)]
    assert len(items) >= 5


def test_the_choices_of_an_item_are_seen_through_different_lenses() -> None:
    for item in the_test().quiz.items:
        lenses = [set(choice.lenses) for choice in item.choices if choice.lenses]
        assert not lenses or not set.intersection(*lenses), f"every choice of {item.id} uses the same lens"


def test_every_reflection_of_the_test_can_be_reached() -> None:
    for item in the_test().quiz.items:
        kind = KINDS[item.kind]
        if item.kind == "multiple-choice":
            continue
        chosen = [(each,) for each in item.choice_ids] or [("thought",)]
        assert {kind.reflection(item, each) for each in chosen} == set(kind.reflections(item)), item.id


def test_every_figure_names_its_source() -> None:
    for language, words in the_test().languages.items():
        for name, item in words.items.items():
            assert item.figure is None or item.sources, f"{language}: {name} tells a figure without a source"


def test_every_language_names_the_same_sources() -> None:
    bundle = the_test()
    for language, words in bundle.languages.items():
        for name, item in words.items.items():
            years = [source.year for source in item.sources]
            assert years == [source.year for source in bundle.source.items[name].sources], f"{language}: {name}"
