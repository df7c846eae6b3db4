"""Each capability and each mistake has a bundle; what is told of it stands beside it, line by line."""

import pytest

from app.content.kinds import KINDS
from app.content.model import When
from tests.content.folders import BROKEN, BUNDLES, GOOD, reading, told


@pytest.mark.parametrize("name", GOOD)
def test_a_good_bundle_is_used_and_nothing_is_told_but_its_notes(name: str) -> None:
    notes = BUNDLES / "good" / name / "notes.txt"
    assert name in reading("good").bundles
    assert told("good", name) == (notes.read_text("utf-8").splitlines() if notes.exists() else [])


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_bundle_is_refused_with_the_lines_that_stand_beside_it(name: str) -> None:
    expected = (BUNDLES / "broken" / name / "expected.txt").read_text("utf-8").splitlines()
    assert told("broken", name) == expected
    assert name not in reading("broken").bundles


def test_every_problem_belongs_to_a_bundle_and_only_notes_leave_it_usable() -> None:
    assert not reading("good").errors
    assert reading("broken").errors == reading("broken").problems


def test_every_kind_and_every_condition_has_a_bundle() -> None:
    assert {f"kind-{name}" for name in KINDS} <= set(GOOD)
    assert {f"when-{name.replace('_', '-')}" for name in When.model_fields} <= set(GOOD)
    for name in KINDS:
        kinds = {item.kind for item in reading("good").bundles[f"kind-{name}"].quiz.items}
        assert kinds == {name}


def test_all_bundles_of_all_folders_are_told_together_in_the_order_of_their_files() -> None:
    problems = reading("broken").problems
    assert problems == sorted(problems)
    assert len({each.file.split("/")[1] for each in problems}) == len(BROKEN)
