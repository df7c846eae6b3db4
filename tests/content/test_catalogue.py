"""Content is compiled once, and again when anything has changed."""

import pickle
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.content.catalogue import BrokenContent, Catalogue, open_catalogue
from app.content.loader import read_bundles
from app.errors import NotFound
from tests.content.folders import BUNDLES, TRANSLATIONS, change, copied, styles, told


@dataclass
class House:
    """A folder of quizzes, house rules and a cache, as an installation has them."""

    root: Path

    @property
    def quizzes(self) -> Path:
        return self.root / "quizzes"

    @property
    def cache(self) -> Path:
        return self.root / "data" / "content.cache"

    def open(self) -> Catalogue:
        return open_catalogue([self.quizzes], self.root / "translations", self.cache)

    def compiled(self) -> tuple[int, int]:
        """Tell one compiled file from the next."""
        kept = self.cache.stat()
        return kept.st_ino, kept.st_mtime_ns


@pytest.fixture
def house(tmp_path: Path) -> House:
    shutil.copytree(TRANSLATIONS / "style", tmp_path / "translations" / "style")
    copied("translated", tmp_path / "quizzes")
    copied("broken-item", tmp_path / "quizzes")
    return House(tmp_path)


def test_what_is_compiled_is_what_stands_on_disk(house: House) -> None:
    house.open()
    again, disk = house.open(), read_bundles([house.quizzes], styles())
    assert {name: again.get_quiz(name) for name in again} == disk.bundles
    assert again.notes == disk.problems
    assert len(again.notes) == 1


def test_content_is_compiled_once(house: House) -> None:
    house.open()
    first = house.compiled()
    house.open()
    assert house.compiled() == first


def test_a_compiled_bundle_is_unpacked_once(house: House) -> None:
    catalogue = house.open()
    assert catalogue.get_quiz("translated") is catalogue.get_quiz("translated")


def test_a_quiz_that_is_not_there_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        house.open().get_quiz("nowhere")


CHANGES: dict[str, Callable[[House], object]] = {
    "a word": lambda house: change(house.quizzes / "translated/en/text.yaml", "title: A bench", "title: A seat"),
    "a structure": lambda house: change(house.quizzes / "translated/bundle.yaml", "version: 1.0.0", "version: 1.0.1"),
    "a house rule": lambda house: change(house.root / "translations/style/en.yaml", "prompt: 45", "prompt: 44"),
    "a new language": lambda house: shutil.copytree(BUNDLES / "good/right-to-left/ar", house.quizzes / "translated/ar"),
    "a language less": lambda house: shutil.rmtree(house.quizzes / "translated/fr"),
    "a new quiz": lambda house: copied("kind-ordering", house.quizzes),
    "a quiz less": lambda house: shutil.rmtree(house.quizzes / "broken-item"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_any_change_is_compiled(house: House, what: str) -> None:
    house.open()
    first = house.compiled()
    CHANGES[what](house)
    opened = house.open()
    assert house.compiled() != first
    disk = read_bundles([house.quizzes], styles()).bundles
    assert {name: opened.get_quiz(name) for name in opened} == disk


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"not a pickle",
        pickle.dumps(None),
        pickle.dumps({"a": "b"}),
        pickle.dumps((1, 2, 3, 4)),
        b"cno.such\nthing\n.",
    ],
)
def test_a_broken_cache_is_made_anew(house: House, spoilt: bytes) -> None:
    house.open()
    house.cache.write_bytes(spoilt)
    assert house.open().get_quiz("translated").quiz.id == "translated"
    assert house.cache.read_bytes() != spoilt


def test_a_cache_that_was_cut_off_is_made_anew_wherever_it_was_cut(house: House) -> None:
    house.open()
    whole = house.cache.read_bytes()
    for length in range(0, len(whole), len(whole) // 20):
        house.cache.write_bytes(whole[:length])
        assert house.open().get_quiz("translated").quiz.id == "translated"
        assert house.cache.read_bytes() == whole


def test_a_broken_source_is_refused_with_every_problem_of_every_bundle(house: House) -> None:
    for name in ("unknown-kind", "praise", "duplicate-key", "french-tu"):
        shutil.copytree(BUNDLES / "broken" / name, house.quizzes / name)
    with pytest.raises(BrokenContent) as refused:
        house.open()
    expected = [
        line for name in ("duplicate-key", "french-tu", "praise", "unknown-kind") for line in told("broken", name)
    ]
    assert str(refused.value).replace("quizzes/", "broken/").splitlines() == expected
    assert not house.cache.exists()


def test_a_source_that_breaks_later_is_refused_and_once_mended_is_served_again(house: House) -> None:
    house.open()
    words = house.quizzes / "translated/en/text.yaml"
    change(words, "title: A bench", "title: [A bench")
    with pytest.raises(BrokenContent, match=r"translated/en/text\.yaml:\d+: "):
        house.open()
    change(words, "title: [A bench", "title: A bench")
    assert house.open().get_quiz("translated")


def test_broken_house_rules_are_refused(house: House) -> None:
    change(house.root / "translations/style/en.yaml", "prompt: 45", "prompt: many")
    with pytest.raises(BrokenContent, match=r"translations/style/en\.yaml:2: words\.prompt: "):
        house.open()


def test_a_broken_translation_is_no_reason_to_refuse(house: House) -> None:
    (house.quizzes / "translated/fr/text.yaml").write_bytes(b"\xff")
    opened = house.open()
    assert opened.get_quiz("translated").languages["fr"].items == {}
    assert len(opened.notes) == 2
