"""A new quiz is valid from the start."""

from pathlib import Path

import pytest

from app.content.loader import read_bundles
from app.content.scaffold import new_quiz
from app.errors import Invalid
from tests.content.folders import styles


@pytest.mark.parametrize("quiz_id", ["a", "our-quiz", "quiz2", "q" * 40])
def test_a_new_quiz_is_valid_and_keeps_every_house_rule(tmp_path: Path, quiz_id: str) -> None:
    made = new_quiz(tmp_path, quiz_id, "en")
    assert sorted(made) == sorted(path for path in tmp_path.rglob("*") if path.is_file())
    reading = read_bundles([tmp_path], styles())
    assert reading.problems == []
    assert list(reading.bundles) == [quiz_id]


def test_a_new_quiz_is_written_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    new_quiz(tmp_path, "ours", "xx")
    reading = read_bundles([tmp_path], {})
    assert reading.problems == []
    assert list(reading.bundles["ours"].languages) == ["xx"]


@pytest.mark.parametrize("quiz_id", ["", "Quiz", "2nd", "a b", "../up", "a/b", "é", "q" * 41, "a\n"])
def test_an_id_that_is_none_is_refused_and_nothing_is_written(tmp_path: Path, quiz_id: str) -> None:
    with pytest.raises(Invalid):
        new_quiz(tmp_path, quiz_id, "en")
    assert list(tmp_path.iterdir()) == []


def test_a_quiz_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    structure, _ = new_quiz(tmp_path, "ours", "en")
    structure.write_text("id: ours\n", "utf-8")
    with pytest.raises(Invalid, match="is there already"):
        new_quiz(tmp_path, "ours", "en")
    assert structure.read_text("utf-8") == "id: ours\n"
