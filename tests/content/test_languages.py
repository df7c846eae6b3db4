"""Languages and their house rules are data."""

from pathlib import Path

import pytest

from app.content.languages import read_languages, read_styles
from tests.content.folders import TRANSLATIONS, styles


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


def test_the_languages_of_the_interface_are_read_in_their_order() -> None:
    found = read_languages(TRANSLATIONS)
    assert found[0].state == "source"
    assert [language.state for language in found].count("source") == 1
    assert len({language.code for language in found}) == len(found)


def test_every_language_of_the_interface_has_house_rules() -> None:
    assert {language.code for language in read_languages(TRANSLATIONS)} <= set(styles())


def test_a_language_is_added_by_a_line(tmp_path: Path) -> None:
    text = "languages:\n  - {code: pt, locale: pt_PT, name: Português, state: unreviewed}\n"
    (language,) = read_languages(write(tmp_path, "languages.yaml", text))
    assert (language.code, language.locale, language.name) == ("pt", "pt_PT", "Português")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "languages:\n  - {code: French, locale: fr, name: Français, state: unreviewed}\n",
            r":2: languages\.0\.code: ",
        ),
        ("languages:\n  - {code: fr, locale: fr, name: Français, state: nearly}\n", r":2: languages\.0\.state: "),
        ("languages:\n  - code: fr\n    locale: fr\n    state: source\n", r":2: languages\.0\.name: this is missing"),
        ("tongues: []\n", r":1: languages: this is missing"),
        ("", r":1: : keys and values are expected here"),
    ],
)
def test_a_broken_list_of_languages_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"translations/languages\.yaml" + message):
        read_languages(write(tmp_path, "languages.yaml", text))


LENGTHS = "words: {prompt: 1, choice: 1, reflection_min: 1, reflection_max: 1, action: 1, plain_sentence: 1}\n"


def test_a_rule_that_cannot_be_read_is_told_and_the_other_languages_keep_theirs(tmp_path: Path) -> None:
    write(tmp_path, "style/aa.yaml", LENGTHS)
    write(tmp_path, "style/bb.yaml", LENGTHS + "avoid:\n  - {pattern: '(', why: a bracket}\n")
    found, problems = read_styles(tmp_path)
    assert list(found) == ["aa"]
    assert [(each.file, each.line, each.path) for each in problems] == [
        ("translations/style/bb.yaml", 3, "avoid.0.pattern")
    ]


def test_an_installation_without_house_rules_has_none(tmp_path: Path) -> None:
    assert read_styles(tmp_path) == ({}, [])
