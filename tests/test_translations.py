"""The words of the interface: every one in every language, whole, in the right plural, in the tone of the house."""

import re
from collections.abc import Iterator
from functools import cache
from gettext import c2py

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import _parse_mapping_toml
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from flask import Flask

from app.content.languages import LanguageEntry, read_languages, read_styles
from app.i18n import translate, translate_plural
from tests.servers import ROOT

FOLDER = ROOT / "translations"
LANGUAGES = {entry.code: entry for entry in read_languages(FOLDER)}
TRANSLATED = [entry for entry in LANGUAGES.values() if entry.state != "source"]
NUMBERS = (0, 1, 2, 3, 5, 11, 21, 22, 100, 101, 111)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

Key = str | tuple[str, str]

each_translation = pytest.mark.parametrize("entry", TRANSLATED, ids=lambda entry: entry.code)
each_language = pytest.mark.parametrize("code", sorted(LANGUAGES))


@cache
def keys_in_the_code() -> frozenset[Key]:
    """Find every interface word as `make i18n` does, but never past a template that cannot be read."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        methods, _ = _parse_mapping_toml(file, "pyproject.toml", "pyproject.toml")
    options = {pattern: {"silent": "false"} for pattern, _ in methods}
    keywords = {**DEFAULT_KEYWORDS, "_l": None}
    found = extract_from_dir(ROOT, methods, options, keywords)
    return frozenset(_key(message) for _file, _line, message, _comments, _context in found)


def _key(message: object) -> Key:
    return (message[0], message[1]) if isinstance(message, tuple | list) else str(message)


@cache
def catalogue(entry: LanguageEntry) -> Catalog:
    path = FOLDER / entry.locale / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=entry.locale, abort_invalid=True)


def messages(entry: LanguageEntry) -> list[Message]:
    return [message for message in catalogue(entry) if message.id]


def forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_the_source_is_one_language_and_the_first() -> None:
    assert [entry.state == "source" for entry in LANGUAGES.values()] == [True] + [False] * len(TRANSLATED)


@each_language
def test_every_language_has_house_rules(code: str) -> None:
    styles, problems = read_styles(FOLDER)
    assert problems == []
    assert styles[code].avoid


@each_translation
def test_a_catalogue_holds_the_words_of_the_code_and_no_others(entry: LanguageEntry) -> None:
    found = {_key(message.id) for message in messages(entry)}
    assert len(keys_in_the_code()) > 100
    assert {"missing": keys_in_the_code() - found, "gone": found - keys_in_the_code()} == {
        "missing": set(),
        "gone": set(),
    }
    assert not catalogue(entry).obsolete


@each_translation
def test_no_word_is_left_untranslated_or_unsure(entry: LanguageEntry) -> None:
    assert [message.id for message in messages(entry) if not all(map(str.strip, forms(message)))] == []
    assert [message.id for message in messages(entry) if message.fuzzy] == []


@each_translation
def test_every_plural_has_the_forms_of_its_language(entry: LanguageEntry) -> None:
    expected = get_plural(entry.locale)
    assert catalogue(entry).num_plurals == expected.num_plurals
    plurals = [message for message in messages(entry) if message.pluralizable]
    assert plurals
    assert [message.id for message in plurals if len(forms(message)) != expected.num_plurals] == []


@each_translation
def test_placeholders_are_those_of_the_source(entry: LanguageEntry) -> None:
    shared = forms_for_more_than_one_number(entry)
    for message in messages(entry):
        if not message.pluralizable:
            assert placeholders(str(message.string)) == placeholders(str(message.id)), message.id
            continue
        wanted = placeholders(message.id[1])
        for number, text in enumerate(forms(message)):
            # «two questions» may be one word; a form that stands for several numbers has to name the one at hand
            enough = wanted if number in shared else set()
            assert enough <= placeholders(text) <= wanted, (message.id, number)


def forms_for_more_than_one_number(entry: LanguageEntry) -> set[int]:
    plural = catalogue(entry).plural_expr
    chosen = [_plural_of(plural, number) for number in range(300)]
    return {form for form in chosen if chosen.count(form) > 1}


def _plural_of(expression: str, number: int) -> int:
    """Work out a plural form as gettext does."""
    return int(c2py(expression)(number))


def spoken(code: str) -> Iterator[tuple[object, str]]:
    """Every interface text of a language, with numbers in the place of placeholders."""
    if LANGUAGES[code].state == "source":
        for key in keys_in_the_code():
            yield from ((key, PLACEHOLDER.sub("7", text)) for text in ((key,) if isinstance(key, str) else key))
    else:
        for message in messages(LANGUAGES[code]):
            yield from ((message.id, PLACEHOLDER.sub("7", text)) for text in forms(message))


@each_language
def test_interface_words_keep_the_rules_of_the_house(code: str) -> None:
    rules = read_styles(FOLDER)[0][code].avoid
    broken = [f"{text} — {rule.why}" for _key_, text in spoken(code) for rule in rules if rule.pattern.search(text)]
    assert broken == []


@each_language
def test_every_word_can_be_said_with_every_number(app: Flask, code: str) -> None:
    with app.test_request_context(f"/{code}/"):
        app.preprocess_request()
        for key in keys_in_the_code():
            for number in NUMBERS:
                said = translate(key) if isinstance(key, str) else translate_plural(*key, number)
                rendered = said % dict.fromkeys(placeholders("".join(key)), number)
                assert rendered.strip()
                assert not PLACEHOLDER.search(rendered)


@each_translation
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_takes_its_own_plural_form(app: Flask, entry: LanguageEntry, number: int) -> None:
    form = _plural_of(catalogue(entry).plural_expr, number)
    with app.test_request_context(f"/{entry.code}/"):
        app.preprocess_request()
        for message in messages(entry):
            if message.pluralizable:
                assert translate_plural(*message.id, number) == forms(message)[form]


@each_translation
def test_the_catalogue_is_really_used(app: Flask, entry: LanguageEntry) -> None:
    different = [m for m in messages(entry) if not m.pluralizable and m.string and m.string != m.id]
    assert len(different) > 100
    with app.test_request_context(f"/{entry.code}/"):
        app.preprocess_request()
        assert [translate(m.id) for m in different] == [m.string for m in different]
