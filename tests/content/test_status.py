"""How far each language has come."""

import pytest

from app.content.status import LanguageStatus, language_status
from tests.content.folders import bundle


def status(name: str, code: str = "fr") -> LanguageStatus:
    return next(row for row in language_status(bundle(name)) if row.language == code)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("translated", "translated fr: 1 items, unreviewed"),
        ("partial-translation", "partial-translation fr: 1 items, unreviewed; missing: table"),
        ("stale-item", "stale-item fr: 2 items, unreviewed; stale: bench"),
        ("stale-general", "stale-general fr: 1 items, unreviewed; stale: general"),
        ("unstamped", "unstamped fr: 1 items, unreviewed; stale: general, bench"),
        ("broken-general", "broken-general fr: 1 items, unreviewed; missing: general"),
        ("broken-language", "broken-language fr: 0 items, unreviewed; missing: general, bench"),
    ],
)
def test_a_line_says_what_is_translated_stale_and_missing(name: str, line: str) -> None:
    assert str(status(name)) == line


def test_only_what_is_whole_and_fresh_is_complete() -> None:
    names = ("translated", "partial-translation", "stale-item", "stale-general", "broken-item", "only-general-words")
    assert [name for name in names if status(name).is_complete] == ["translated"]


def test_the_source_language_is_always_complete() -> None:
    assert status("unstamped", "en").is_complete
    assert status("source-in-arabic", "ar").is_complete


def test_a_review_is_said() -> None:
    assert status("reviewed", "en").review == "reviewed"
    assert status("translated").review == "unreviewed"


def test_every_language_of_a_quiz_has_its_line() -> None:
    assert [row.language for row in language_status(bundle("two-right-to-left"))] == ["ar", "en", "he"]
