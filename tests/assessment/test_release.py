"""Somebody who knows the release function tries to learn what one person chose."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assessment.statistics import WIDTH, Figure, release
from tests.assessment.attacker import (
    Publish,
    Seen,
    Watcher,
    World,
    all_worlds,
    falling_worlds,
    group,
    learnt,
    learnt_apart_from_order,
)

AT_LEAST = 10


def figures_of(world: World, people: int, *, one_each: bool = True) -> dict[str, Figure] | None:
    counts = {str(place): count for place, count in enumerate(world)}
    return release(counts, people, at_least=AT_LEAST, one_each=one_each)


def classes(world: World, people: int) -> Seen:
    """Everything that the release function lets out; more than any page shows."""
    figures = figures_of(world, people)
    return figures and tuple(figures.values())


def page(world: World, people: int) -> Seen:
    """What a page shows: words at both ends, the middle of the class, and a bar of that length."""
    figures = figures_of(world, people)
    return figures and tuple(
        "hardly anyone" if each.is_lowest else (each.is_highest, each.share, each.least) for each in figures.values()
    )


def exact_shares(world: World, people: int) -> Seen:
    """What a page without the release function would show."""
    return tuple(Fraction(count, people) for count in world)


def told_by_one_item(publish: Publish, people: int, choices: int) -> list[str]:
    """List everything that one item tells the attacker, over all counts that there can be."""
    found = []
    for seen, worlds in group(falling_worlds(people, choices), publish).items():
        found += [f"{seen}: {each}" for each in learnt_apart_from_order(worlds, seen)]
    return found


@pytest.mark.parametrize(("choices", "most"), [(2, 120), (3, 64), (4, 50), (5, 42)])
def test_one_item_tells_nobodys_choice(choices: int, most: int) -> None:
    assert [each for people in range(AT_LEAST, most) for each in told_by_one_item(classes, people, choices)] == []


@settings(max_examples=12, deadline=None)
@given(people=st.integers(64, 200), choices=st.integers(2, 3))
def test_one_item_of_a_large_group_tells_nobodys_choice(people: int, choices: int) -> None:
    assert told_by_one_item(classes, people, choices) == []


@pytest.mark.parametrize(("people", "choices"), [(10, 2), (14, 3), (17, 3), (12, 4)])
def test_the_attacker_who_tries_every_order_learns_no_more(people: int, choices: int) -> None:
    found = []
    for worlds in group(all_worlds(people, choices), classes).values():
        found += [each for own in (None, *range(choices)) for each in learnt(worlds, own)]
    assert found == []


def test_the_same_attacker_learns_from_exact_shares_of_one_item() -> None:
    assert told_by_one_item(exact_shares, 17, 3)


@settings(max_examples=40, deadline=None)
@given(people=st.integers(AT_LEAST, 2000), count=st.integers(0, 2000))
def test_each_choice_of_a_multiple_choice_tells_nobodys_choice(people: int, count: int) -> None:
    count = min(count, people)
    seen = figures_of((count,), people, one_each=False)
    assert seen
    low, high = seen["0"].low, seen["0"].high
    alike = [each for each in range(people + 1) if figures_of((each,), people, one_each=False) == seen]
    assert alike == list(range(low, high + 1))
    assert len(alike) >= WIDTH
    for known in (alike, [each for each in alike if each >= 1], [each for each in alike if each < people]):
        assert len(known) > 1
        assert {people, people - 1} != set(known)


@settings(max_examples=40, deadline=None)
@given(
    counts=st.lists(
        st.tuples(*[st.integers(0, 18)] * 3).filter(lambda each: sum(each) >= AT_LEAST), min_size=1, max_size=4
    ),
    own=st.sampled_from([None, 0, 1, 2]),
)
def test_a_series_of_snapshots_tells_nobodys_choice(counts: list[World], own: int | None) -> None:
    known = own if own is not None and all(world[own] for world in counts) else None
    assert Watcher(page, 3, AT_LEAST).learns_from_each(counts, known) == []


# At each step at least ten people come, or at least ten go.
SERIES = [
    [(4, 5, 5), (5, 15, 5), (6, 16, 13)],
    [(9, 6, 2), (9, 16, 2), (9, 16, 12)],
    [(1, 13, 1), (1, 28, 1), (1, 18, 1)],
    [(5, 5, 4), (9, 9, 6), (4, 6, 4)],
    [(0, 0, 11), (0, 0, 22), (10, 0, 22)],
    [(3, 4, 4), (13, 4, 4), (3, 4, 4), (3, 14, 4)],
]


@pytest.mark.parametrize("counts", SERIES)
@pytest.mark.parametrize("own", [None, 2])
def test_who_knows_that_a_group_only_grew_or_only_shrank_learns_nothing(counts: list[World], own: int | None) -> None:
    assert all(abs(sum(after) - sum(before)) >= AT_LEAST for before, after in pairwise(counts))
    assert Watcher(page, 3, AT_LEAST).learns_from_all(counts, own) == []


@pytest.mark.parametrize("counts", SERIES)
def test_the_same_attacker_learns_from_exact_shares(counts: list[World]) -> None:
    watcher = Watcher(exact_shares, 3, AT_LEAST)
    assert watcher.learns_from_each(counts, None) or watcher.learns_from_all(counts)


def test_the_same_attacker_learns_from_a_snapshot_for_each_who_comes() -> None:
    assert Watcher(page, 3, 1, 1).learns_from_all([(4, 6, 8), (5, 6, 8)])
    assert Watcher(page, 3, 10).learns_from_all([(4, 6, 8), (5, 12, 11)]) == []


def test_nothing_is_shown_of_too_few() -> None:
    assert figures_of((4, 5), 9) is None
    assert release({"a": 20, "b": 9}, 29, at_least=30, one_each=True) is None
    assert release({"a": 20, "b": 10}, 30, at_least=30, one_each=True)
