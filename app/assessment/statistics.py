"""The one release function: what may be shown of counts, and how finely.

Nothing is ever exact. Counts are put into classes: the lowest holds 0 to 4 people, the next ones are as wide as 5 % of
the group and never narrower than 5 people, so no cell of 1 to 4 can be told. The classes depend on the size of the
group alone, since whoever knows this function could read a choice of classes backwards. In the few cases where all
classes together would tell a count, the item is not shown.
`app/README.md` tells why, and the attacker in the tests tries it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LOWEST = 4
WIDTH = 5
SHARE = 20


@dataclass(frozen=True)
class Figure:
    """A released class: the cell holds `low` to `high` of `people`; both ends belong to it."""

    low: int
    high: int
    people: int

    @property
    def is_lowest(self) -> bool:
        """Tell whether this is the class of 0 to 4 people."""
        return self.low == 0

    @property
    def is_highest(self) -> bool:
        """Tell whether this class reaches up to everyone."""
        return self.high == self.people

    @property
    def is_extreme(self) -> bool:
        """Tell whether the class lies within a tenth of nobody, or within a fifth of everyone."""
        return 10 * self.high <= self.people or 5 * self.low >= 4 * self.people

    @property
    def least(self) -> int:
        """The lower end of the class in hundredths, rounded down to a multiple of five."""
        return 100 * self.low // self.people // 5 * 5

    @property
    def share(self) -> int:
        """The middle of the class in hundredths, to the nearest five, never 0 or 100."""
        middle = 50 * (self.low + self.high) / self.people
        return min(95, max(5, round(middle / 5) * 5))


def tally(choices: Iterable[str], responses: Iterable[tuple[tuple[str, ...], int]]) -> dict[str, int]:
    """Count each choice over (chosen ids, how many people) pairs."""
    counts = dict.fromkeys(choices, 0)
    for chosen, people in responses:
        for each in chosen:
            counts[each] += people
    return counts


def release(counts: Mapping[str, int], people: int, *, at_least: int, one_each: bool) -> dict[str, Figure] | None:
    """Put counts into classes that tell nobody's choice, or return None where that cannot be.

    `people` is how many made a choice in this item; `at_least` how many are needed before anything is shown;
    `one_each` says that each of them made one choice, so that the counts add up to `people`.
    """
    needed = max(at_least, 2 * WIDTH, LOWEST * len(counts) + 1 if one_each else 0)
    if people < needed:
        return None
    width = max(WIDTH, people // SHARE)
    figures = {choice: _figure(count, people, width) for choice, count in counts.items()}
    return None if one_each and _adding_up_tells(figures.values(), people) else figures


def _figure(count: int, people: int, width: int) -> Figure:
    """Find the class of a count: 0 to 4, then steps of `width`; what is left at the top joins the last step."""
    if count <= LOWEST:
        return Figure(0, LOWEST, people)
    steps = max(1, (people - LOWEST) // width)
    step = min((count - LOWEST - 1) // width, steps - 1)
    low = LOWEST + 1 + step * width
    return Figure(low, people if step == steps - 1 else low + width - 1, people)


def _adding_up_tells(figures: Iterable[Figure], people: int) -> bool:
    """Check whether adding up would tell a count of 1 to 4.

    It would where each count must stand at the upper end of its class; and, to somebody who knows her own choice,
    where all but one must stand at the lower end.
    """
    known = list(figures)
    least, most = sum(each.low for each in known), sum(each.high for each in known)
    return any(each.is_lowest for each in known) and (most == people or least + 1 >= people)


def rounded_down(people: int) -> int:
    """Say how many people, coarsely: a multiple of 10, of 50 from 200, of 100 from 1,000."""
    step = next(step for floor, step in ((1000, 100), (200, 50), (0, 10)) if people >= floor)
    return people // step * step
