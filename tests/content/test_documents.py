"""YAML files remember where everything stands."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from app.content.documents import LOADER, Document, Problem
from tests.content.folders import few

WORDS = st.text("abcdefgh", min_size=1, max_size=6)
TREES = st.dictionaries(
    WORDS,
    st.recursive(
        WORDS,
        lambda inside: (
            st.dictionaries(WORDS, inside, min_size=1, max_size=3) | st.lists(inside, min_size=1, max_size=3)
        ),
        max_leaves=12,
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


def read(folder: Path, text: str | bytes) -> Document:
    path = folder / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Document(path, "shown/file.yaml")


def lines(document: Document) -> list[str]:
    return [str(each) for each in document.problems]


def marked(tree: object, number: list[int]) -> object:
    """Replace every value by a number that stands in the file once."""
    if isinstance(tree, dict):
        return {key: marked(value, number) for key, value in tree.items()}
    if isinstance(tree, list):
        return [marked(value, number) for value in tree]
    number[0] += 1
    return f"value{number[0]}."


def leaves(tree: object, place: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(tree, str):
        return [(place, tree)]
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    return [leaf for key, value in pairs for leaf in leaves(value, (*place, key))]


@few
@given(tree=TREES, flow=st.sampled_from([False, None]))
def test_every_value_is_found_on_the_line_where_it_stands(folder: Path, tree: dict, flow: bool | None) -> None:
    tree = marked(tree, [0])
    text = yaml.safe_dump(tree, default_flow_style=flow, width=1000)
    document = read(folder, text)
    assert document.data == tree
    for place, value in leaves(tree):
        assert f" {value}" in " " + text.splitlines()[document.line(place) - 1].replace("[", " ")


def test_what_is_not_there_is_told_where_the_thing_around_it_begins(folder: Path) -> None:
    document = read(folder, "# a comment\nitems:\n  - id: bench\n    kind: riddle\n")
    assert document.line(("items", 0, "near")) == 3
    assert document.line(("title",)) == 1


@pytest.mark.parametrize("written", ["no", "1.10", "007", "2026-11-23", "~", "0x1F", "=", "1e3"])
def test_every_scalar_stays_the_text_that_was_typed(folder: Path, written: str) -> None:
    assert read(folder, f"key: {written}\n").data == {"key": written}


def test_each_repetition_of_a_key_is_told_with_its_own_line(folder: Path) -> None:
    document = read(folder, "a: 1\nb:\n  c: 2\n  c: 3\na: 4\na: 5\n")
    said = "this key stands here twice; keep one"
    assert sorted(lines(document)) == [f"shown/file.yaml:{place}: {said}" for place in ("4: b.c", "5: a", "6: a")]


def test_a_file_that_is_not_there_is_told(folder: Path) -> None:
    document = Document(folder / "nowhere.yaml", "shown/nowhere.yaml")
    assert lines(document) == [
        "shown/nowhere.yaml:1: : the file is missing; copy the nearest one and change its values"
    ]
    assert document.data == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [b\n", 2),
        ("a: 'b\n", 2),
        ("a: b\nc: d: e\n", 2),
        ("\ta: b\n", 1),
        ("a: *nobody\n", 1),
        ("a: &me [*me]\n", 1),
        ("a: b\n---\nc: d\n", 2),
        ("a: b\n{{slot:hours}}: open\n", 2),
        ("a: b\nc: {{slot:hours}}\n", 2),
        ("a: b\n[c, d]: e\n", 2),
    ],
)
def test_what_is_not_readable_is_told_with_its_line_and_never_breaks_off(folder: Path, text: str, line: int) -> None:
    document = read(folder, text)
    assert [each.line for each in document.problems] == [line]
    assert document.data == {}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "- a\n", "a\n", "[a, b]\n"])
def test_a_file_without_keys_and_values_is_told(folder: Path, text: str) -> None:
    assert lines(read(folder, text)) == [
        "shown/file.yaml:1: : keys and values are expected here, such as `id: my-quiz`"
    ]


@pytest.mark.parametrize("text", ["\ufeffa: b\n", "a: b\r\n", "---\na: b\n", "a: b"])
def test_what_other_editors_leave_in_a_file_is_read(folder: Path, text: str) -> None:
    document = read(folder, text)
    assert (document.data, document.problems) == ({"a": "b"}, [])


@few
@given(text=st.text("ab:-[]{}&*!|>'\"#%? \n\t,", max_size=30))
def test_whatever_is_typed_is_read_or_told(folder: Path, text: str) -> None:
    document = read(folder, text)
    assert isinstance(document.data, dict)
    assert document.problems or document.data == yaml.load(text, Loader=LOADER)


def test_everything_that_does_not_fit_a_model_is_told_at_once(folder: Path) -> None:
    class Person(BaseModel):
        name: str
        age: int

    document = read(folder, "age: old\n")
    assert document.parse(Person, document.data) is None
    assert lines(document) == [
        "shown/file.yaml:1: name: this is missing; add it",
        "shown/file.yaml:1: age: input should be a valid integer, unable to parse string as an integer",
    ]


def test_problems_are_written_as_editors_understand_them() -> None:
    assert str(Problem("a/b.yaml", 3, "items.0.id", "mend it")) == "a/b.yaml:3: items.0.id: mend it"
