"""Strips, signs and cloths: what is drawn, and what it never tells."""

import re
from itertools import product
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import cloth

few = settings(max_examples=25, deadline=None)
SEEDS = st.integers(0, 2**31 - 1)
PLACES = st.tuples(st.integers(0, 5), st.integers(0, 5))
LAID = list(product([False, True], repeat=2))
PAINTS = {"w", "m", "y", "k", "c", "o", "thread"}


def elements(drawing: str) -> list[ElementTree.Element]:
    """Parse a drawing as XML; its first element is the drawing itself."""
    return list(ElementTree.fromstring(drawing).iter())


def of_class(drawing: str, name: str) -> list[ElementTree.Element]:
    return [each for each in elements(drawing) if each.get("class") == name]


def threads(drawing: str) -> list[str | None]:
    return [each.get("d") for each in of_class(drawing, "thread")]


def drawings() -> dict[str, str]:
    rows = (((True, False), (True, True)), ((False, False), (False, True)))
    return {
        "mark": cloth.mark(),
        "hero": cloth.hero(7),
        "small cloth": cloth.small_cloth(("woad", "weld"), rows),
        "empty cloth": cloth.small_cloth((), ()),
        **{f"sign {name}": cloth.sign(name) for name in cloth.SIGNS},
        **{f"cell {row} {laid}": cloth.cell(row, 0, laid, 7) for row in (0, 1) for laid in LAID},
        **{f"distance {place}": cloth.distance(place, 5) for place in range(5)},
        **{f"idea {number}": cloth.pair_of_strips(number) for number in (0, 1)},
    }


@pytest.mark.parametrize("name", drawings())
def test_every_drawing_is_well_formed_hidden_from_readers_and_free_of_styles(name: str) -> None:
    drawing = drawings()[name]
    root, *parts = elements(drawing)
    assert root.tag == "svg"
    assert root.get("aria-hidden") == "true"
    assert re.fullmatch(r"0 0 \d+ \d+", root.get("viewBox", ""))
    for part in parts:
        assert part.tag in {"path", "rect"}
        assert part.get("class") in PAINTS | {None}
        assert not {"style", "fill", "stroke", "id"} & set(part.keys())
        assert not [key for key in dict(part.attrib) if key.startswith("on")]
    assert "nan" not in drawing
    assert "inf" not in drawing


@few
@given(place=PLACES, seed=SEEDS)
def test_the_same_place_and_seed_have_the_same_stitches_whatever_else_is_laid(
    place: tuple[int, int], seed: int
) -> None:
    both = threads(cloth.cell(*place, (True, True), seed))
    assert len(both) == 2
    assert threads(cloth.cell(*place, (True, False), seed)) == both[:1]
    assert threads(cloth.cell(*place, (False, True), seed)) == both[1:]
    assert threads(cloth.cell(*place, (False, False), seed)) == []


@few
@given(seed=SEEDS)
def test_the_same_places_with_another_seed_have_other_stitches(seed: int) -> None:
    def sewn(own: int) -> list[list[str | None]]:
        return [threads(cloth.cell(row, column, (True, True), own)) for row in range(3) for column in range(3)]

    assert sewn(seed) == sewn(seed)
    assert sewn(seed) != sewn(seed + 1)


@few
@given(place=PLACES, seed=SEEDS)
def test_a_seed_changes_stitches_and_nothing_else(place: tuple[int, int], seed: int) -> None:
    for laid in LAID:
        plain = [
            [(each.get("class"), each.get("x"), each.get("y")) for each in elements(drawing) if each.tag == "rect"]
            for drawing in (cloth.cell(*place, laid, seed), cloth.cell(*place, laid, seed + 1))
        ]
        assert plain[0] == plain[1]


@few
@given(place=PLACES, laid=st.sampled_from(LAID))
def test_a_strip_is_filled_where_it_is_laid_and_open_where_it_is_not(place: tuple[int, int], laid: cloth.Pair) -> None:
    drawing = cloth.cell(*place, laid, 1)
    paints = [each.get("class") for each in elements(drawing) if each.tag == "rect"]
    assert paints == ["c" if each else "o" for each in laid]


@few
@given(place=PLACES, side=st.integers(6, 120))
def test_cells_lie_upright_and_across_by_turns_and_keep_inside_their_square(place: tuple[int, int], side: int) -> None:
    row, column = place
    is_upright = (row + column) % 2 == 0
    for x, y, width, height in cloth.boxes(row, column, side):
        assert (height > width) is is_upright
        assert x > 0
        assert y > 0
        assert x + width < side
        assert y + height < side
    (first_x, first_y, width, height), (second_x, second_y, *_) = cloth.boxes(row, column, side)
    gap = second_x - first_x - width if is_upright else second_y - first_y - height
    assert 0.079 * side < gap < 0.121 * side


def test_neighbours_never_lie_the_same_way() -> None:
    def is_upright(row: int, column: int) -> bool:
        _, _, width, height = cloth.boxes(row, column)[0]
        return height > width

    for row, column in product(range(4), repeat=2):
        assert is_upright(row, column) is not is_upright(row + 1, column)
        assert is_upright(row, column) is not is_upright(row, column + 1)


def test_the_mark_keeps_one_strip_open() -> None:
    paints = [each.get("class") for each in elements(cloth.mark())[1:]]
    assert paints.count("o") == 1
    assert len(paints) == 8
    assert {"w", "m", "y"} < set(paints)


def test_a_small_cloth_has_two_strips_for_each_cell_in_the_dye_of_its_row() -> None:
    rows = (((True, True), (False, True)), ((False, False), (True, False)))
    paints = [each.get("class") for each in elements(cloth.small_cloth(("woad", "madder"), rows))[1:]]
    assert paints == ["w", "w", "o", "w", "o", "o", "m", "o"]
    assert "thread" not in paints


def test_the_four_signs_differ_and_each_is_made_of_one_path() -> None:
    assert len(cloth.SIGNS) == 4
    assert len({cloth.sign(name) for name in cloth.SIGNS}) == 4
    for name in cloth.SIGNS:
        assert [each.tag for each in elements(cloth.sign(name))] == ["svg", "path"]


@pytest.mark.parametrize("places", [2, 5, 7])
def test_two_strips_come_closer_with_each_place_and_touch_at_the_last(places: int) -> None:
    gaps = []
    for place in range(places):
        path = elements(cloth.distance(place, places))[1].get("d", "")
        left, right = (float(each) for each in re.findall(r"M([\d.]+) ", path))
        gaps.append(right - left - 6)
    assert gaps == sorted(set(gaps), reverse=True)
    assert gaps[-1] == 0
    assert all(gap > 0 for gap in gaps[:-1])


@few
@given(seed=SEEDS)
def test_the_hero_has_one_path_for_each_paint(seed: int) -> None:
    paints = [each.get("class") for each in elements(cloth.hero(seed))[1:] if each.get("class") != "thread"]
    assert len(paints) == len(set(paints))
    assert set(paints) <= {"w", "m", "y", "k", "o"}
    assert "o" in paints


def test_the_hero_is_light_and_no_two_are_alike() -> None:
    heroes = [cloth.hero(seed) for seed in range(12)]
    assert len(set(heroes)) == 12
    assert max(len(each) for each in heroes) < 20_000


def test_an_idea_is_one_strip_laid_and_one_kept_open() -> None:
    for number in (0, 1):
        assert [each.get("class") for each in elements(cloth.pair_of_strips(number))[1:]] == ["c", "o"]
