"""Somebody who knows the release function by heart and wants to learn what one person chose.

A *world* is one way in which the counts of an item may really be. The attacker lists every world in which exactly what
was published would have been published, and looks at what is the same in all of them. She has won when a count of 1 to
4 is the same in all, or when all others, or all who came or went together, made the same choice in all.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise

from app.assessment.statistics import rounded_down

World = tuple[int, ...]
Seen = Hashable
# What is published of counts, by how many people made a choice.
Publish = Callable[[World, int], Seen]

SMALL = range(1, 5)


def all_worlds(people: int, choices: int) -> Iterator[World]:
    """List all counts that add up to so many people."""
    for bars in combinations(range(people + choices - 1), choices - 1):
        edges = (-1, *bars, people + choices - 1)
        yield tuple(right - left - 1 for left, right in pairwise(edges))


def falling_worlds(people: int, choices: int, most: int | None = None) -> Iterator[World]:
    """List all counts that add up to so many people, the greatest first, apart from their order."""
    most = people if most is None else min(most, people)
    if choices == 1:
        yield from [(people,)] if people <= most else []
        return
    for first in range(most, -(-people // choices) - 1, -1):
        for rest in falling_worlds(people - first, choices - 1, first):
            yield (first, *rest)


def group(worlds: Iterable[World], publish: Publish) -> dict[Seen, list[World]]:
    """Put together the worlds that cannot be told apart."""
    found: dict[Seen, list[World]] = defaultdict(list)
    for world in worlds:
        found[publish(world, sum(world))].append(world)
    return found


def learnt(worlds: Sequence[World], own: int | None = None) -> list[str]:
    """Say what is the same in all worlds; `own` is the choice that the attacker made herself."""
    if own is not None:
        worlds = [world for world in worlds if world[own]]
    found = []
    for place, counts in enumerate(zip(*worlds, strict=True)):
        if len(set(counts)) == 1 and counts[0] in SMALL:
            found.append(f"choice {place} was made by exactly {counts[0]}")
        others = {sum(world) - count - (own not in {None, place}) for world, count in zip(worlds, counts, strict=True)}
        if others == {0}:
            found.append(f"all others made choice {place}")
    return found


def learnt_apart_from_order(worlds: Sequence[World], seen: Sequence[Seen] | None) -> list[str]:
    """Do what `learnt` does, for every own choice, where each world stands for all its orders.

    `seen` says what was published of each place. Places of which the same was published can change places with each
    other, so each can hold whatever any of them holds.
    """
    each_seen = seen or [None] * len(worlds[0])
    blocks = [[place for place, each in enumerate(each_seen) if each == one] for one in dict.fromkeys(each_seen)]
    found = [_small([world[place] for world in worlds for place in block]) for block in blocks]
    for mine in blocks:
        found += _learnt_with_own(worlds, blocks, mine)
    return [each for each in found if each]


def _learnt_with_own(worlds: Sequence[World], blocks: list[list[int]], mine: list[int]) -> list[str]:
    chosen = [(world, own) for world in worlds for own in mine if world[own]]
    if not chosen:
        return []
    found = [_small([world[own] for world, own in chosen])]
    for block in blocks:
        found.append(_small([world[place] for world, own in chosen for place in block if place != own]))
    if all(max(_without(world, own)) == sum(world) - 1 for world, own in chosen):
        found.append("all others made the same choice")
    return found


def _small(counts: list[int]) -> str:
    return f"a count is exactly {counts[0]}" if len(set(counts)) == 1 and counts[0] in SMALL else ""


def _without(world: World, own: int) -> World:
    return (*world[:own], world[own] - 1, *world[own + 1 :])


@cache
def worlds_by_page(publish: Publish, about: int, choices: int) -> dict[Seen, list[World]]:
    """Group all worlds of about so many people by what is published of them."""
    sizes = [people for people in range(about, about + 10) if rounded_down(people) == about]
    return group((world for people in sizes for world in all_worlds(people, choices)), publish)


class Watcher:
    """An attacker who keeps every snapshot of an item.

    She knows of about how many people each was made, what she chose herself, and that at each step at least `least`
    people (at most `most`, if given) came or went; she knows nothing else of them.
    """

    def __init__(self, publish: Publish, choices: int, least: int, most: int | None = None) -> None:
        self.publish, self.choices, self.least, self.most = publish, choices, least, most

    def learns_from_each(self, series: Sequence[World], own: int | None) -> list[str]:
        """Look at the snapshots one by one: some may have come and others gone in between."""
        return [each for world in series for each in learnt(self._at_first_sight(world, own), own)]

    def learns_from_all(self, series: Sequence[World], own: int | None = None) -> list[str]:
        """Look at the snapshots together, knowing also that at each step people only came, or only went."""
        grows = [sum(after) > sum(before) for before, after in pairwise(series)]
        possible = self._narrowed([self._at_first_sight(world, own) for world in series], grows)
        found = [each for worlds in possible for each in learnt(worlds, own)]
        for is_growing, (before, after) in zip(grows, pairwise(possible), strict=True):
            small, large = (before, after) if is_growing else (after, before)
            if not self._may_differ_in_two_choices(small, large):
                found.append("all who came or went together made the same choice")
        return found

    def _at_first_sight(self, world: World, own: int | None) -> list[World]:
        about = rounded_down(sum(world))
        alike = worlds_by_page(self.publish, about, self.choices)[self.publish(world, sum(world))]
        return [each for each in alike if own is None or each[own]]

    def _narrowed(self, possible: list[list[World]], grows: list[bool]) -> list[list[World]]:
        """Keep the worlds that lead on from one of the snapshot before, and to one of the snapshot after."""
        for step, is_growing in enumerate(grows):
            possible[step + 1] = self._reached(possible[step], possible[step + 1], 1 if is_growing else -1)
        for step, is_growing in reversed(list(enumerate(grows))):
            possible[step] = self._reached(possible[step + 1], possible[step], -1 if is_growing else 1)
        return possible

    def _reached(self, origins: list[World], worlds: list[World], sign: int) -> list[World]:
        """Keep the worlds that lie above (sign 1) or below (sign -1) an origin, far enough away."""
        edge: list[World] = []
        for origin in sorted(origins, key=lambda world: sign * sum(world)):
            if self.most is not None or not any(_lies_above(origin, other, sign) for other in edge):
                edge.append(origin)
        return [world for world in worlds if any(self._follows(origin, world, sign) for origin in edge)]

    def _follows(self, origin: World, world: World, sign: int) -> bool:
        differ = sign * (sum(world) - sum(origin))
        is_far = self.least <= differ and (self.most is None or differ <= self.most)
        return is_far and _lies_above(world, origin, sign)

    def _may_differ_in_two_choices(self, small: list[World], large: list[World]) -> bool:
        found: set[int] = set()
        for lower in small:
            for upper in (each for each in large if self._follows(lower, each, 1)):
                found |= {place for place in range(self.choices) if upper[place] > lower[place]}
                if len(found) > 1:
                    return True
        return False


def _lies_above(world: World, other: World, sign: int) -> bool:
    return all(sign * mine >= sign * theirs for mine, theirs in zip(world, other, strict=True))
