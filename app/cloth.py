"""Strips, signs and cloths as SVG, drawn from a seed. Everything is built from one shape, the strip, laid in pairs.

A filled strip is something that is there; an open strip is a place kept free. Stitches come from the seed alone, so a
cloth never tells what was chosen.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from random import Random

CELL = 60
DYES = {"woad": "w", "madder": "m", "weld": "y"}

# Each of the four signs is made of two strips, in a square of 24.
SIGNS = {
    "pillars": "M5 2h5v20H5zM14 2h5v20h-5z",
    "bridge": "M2 5h20v5H2zM2 14h20v5H2z",
    "crossing": "M1.5 9.8h21v4.4h-21zM9.8 0h4.4v9H9.8zM9.8 15h4.4v9H9.8z",
    "roof": "M11.2 3v6.3L5 22H-.4zM12.8 3v6.3L19 22h5.4z",
}

Box = tuple[float, float, float, float]
Pair = tuple[bool, bool]


def sign(name: str) -> str:
    """Draw one of the four signs of a room."""
    return f'<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{SIGNS[name]}"/></svg>'


def distance(place: int, places: int) -> str:
    """Draw how close a sentence is to somebody: two strips, far apart at place 0, touching at the last place."""
    gap = 9 - 9 * place / (places - 1)
    left, right = 14 - gap, 20 + gap
    return f'<svg viewBox="0 0 40 24" aria-hidden="true"><path d="M{left:g} 2h6v20h-6zM{right:g} 2h6v20h-6z"/></svg>'


def boxes(row: int, column: int, side: float = CELL) -> tuple[Box, Box]:
    """Place the two strips of a cell: upright where row + column is even, else lying. Each is (x, y, width, height)."""
    margin = side * 0.035
    length, width = side - 2 * margin, side * 0.425
    second = side - margin - width
    if (row + column) % 2 == 0:
        return (margin, margin, width, length), (second, margin, width, length)
    return (margin, margin, length, width), (margin, second, length, width)


def stitches(box: Box, random: Random) -> str:
    """Sew four stitches of one sort along a strip."""
    x, y, width, height = box
    upright = height > width
    span = max(width, height) / 4
    reach = min(width, height) * 0.22
    sort = random.choice((_lozenge, _bar, _chevron, _running))
    parts = []
    for number in range(4):
        along = span * (number + 0.5)
        middle = (x + width / 2, y + along) if upright else (x + along, y + height / 2)
        parts.append(sort(*middle, reach, upright=upright))
    return f'<path class="thread" d="{"".join(parts)}"/>'


def _lozenge(x: float, y: float, reach: float, *, upright: bool) -> str:
    turn = 0.8 if upright else 1
    across, along = reach * 0.9 * turn, reach * 0.9 / turn
    return f"M{x:.3g} {y - along:.3g}l{across:.3g} {along:.3g}l{-across:.3g} {along:.3g}l{-across:.3g} {-along:.3g}z"


def _bar(x: float, y: float, reach: float, *, upright: bool) -> str:
    return f"M{x - reach:.3g} {y:.3g}h{2 * reach:.3g}" if upright else f"M{x:.3g} {y - reach:.3g}v{2 * reach:.3g}"


def _chevron(x: float, y: float, reach: float, *, upright: bool) -> str:
    half = reach / 2
    if upright:
        return f"M{x - reach:.3g} {y + half:.3g}l{reach:.3g} {-reach:.3g}l{reach:.3g} {reach:.3g}"
    return f"M{x - half:.3g} {y - reach:.3g}l{reach:.3g} {reach:.3g}l{-reach:.3g} {reach:.3g}"


def _running(x: float, y: float, reach: float, *, upright: bool) -> str:
    return f"M{x:.3g} {y - reach:.3g}v{2 * reach:.3g}" if upright else f"M{x - reach:.3g} {y:.3g}h{2 * reach:.3g}"


def strip(box: Box, paint: str) -> str:
    """Draw one strip; the paint `o` leaves it open."""
    x, y, width, height = box
    inset = 0.75 if paint == "o" else 0
    return (
        f'<rect class="{paint}" x="{x + inset:.4g}" y="{y + inset:.4g}" width="{width - 2 * inset:.4g}"'
        f' height="{height - 2 * inset:.4g}" rx=".8"/>'
    )


def cell(row: int, column: int, laid: Pair, seed: int) -> str:
    """Draw one cell of somebody's cloth; its stitches depend on the seed and the place alone."""
    parts = []
    for index, box in enumerate(boxes(row, column)):
        random = Random(f"{seed}:{row}:{column}:{index}")
        parts.append(strip(box, "c") + stitches(box, random) if laid[index] else strip(box, "o"))
    return f'<svg viewBox="0 0 {CELL} {CELL}" aria-hidden="true">{"".join(parts)}</svg>'


def small_cloth(dyes: tuple[str, ...], rows: tuple[tuple[Pair, ...], ...], side: int = 18) -> str:
    """Draw a cloth without stitches, to show how far one has come: one dye per row, a pair of strips per cell."""
    columns = max((len(row) for row in rows), default=1)
    parts = []
    for row, pairs in enumerate(rows):
        paints = ("o", DYES[dyes[row]])
        parts += [_pair(row, column, side, (paints[one], paints[two])) for column, (one, two) in enumerate(pairs)]
    size = f"0 0 {columns * side} {len(rows) * side}"
    return f'<svg class="turn" viewBox="{size}" aria-hidden="true">{"".join(parts)}</svg>'


def _pair(row: int, column: int, side: int, paints: tuple[str, str]) -> str:
    first, second = _moved(boxes(row, column, side), column * side, row * side)
    return strip(first, paints[0]) + strip(second, paints[1])


def _moved(pair: Iterable[Box], x: float, y: float) -> tuple[Box, ...]:
    return tuple((box[0] + x, box[1] + y, box[2], box[3]) for box in pair)


def pair_of_strips(number: int) -> str:
    """Draw one strip laid and one kept open: the sign of an idea."""
    first, second = boxes(number, 0, 24)
    return f'<svg viewBox="0 0 24 24" aria-hidden="true">{strip(first, "c")}{strip(second, "o")}</svg>'


@lru_cache(maxsize=1)
def mark() -> str:
    """Draw the mark: four pairs, one strip of them open."""
    parts = []
    for index, paints in enumerate(("ww", "mm", "yy", "wo")):
        row, column = divmod(index, 2)
        parts.append(_pair(row, column, 12, (paints[0], paints[1])))
    return f'<svg viewBox="0 0 24 24" aria-hidden="true" width="34" height="34">{"".join(parts)}</svg>'


@lru_cache(maxsize=8)
def hero(seed: int, rows: int = 9, columns: int = 15) -> str:
    """Draw the home page's cloth. It thins to open strips towards the text; one path per paint keeps it light."""
    random = Random(seed)
    side = 56
    row_paints, column_paints = _paints(random, rows), _paints(random, columns)
    paths: dict[str, list[str]] = {}
    threads: list[str] = []
    for row in range(rows):
        edge = random.uniform(0.2, 1.8) + abs(row - rows / 2) * 0.3
        for column in range(columns):
            upright = (row + column) % 2 == 0
            paint = column_paints[column] if upright else row_paints[row]
            for box in _moved(boxes(row, column, side), column * side, row * side):
                laid = _laid_as(column - edge, paint, random)
                paths.setdefault(laid, []).append(_outline(box))
                if laid not in "o-" and random.random() < 0.3:
                    threads.append(stitches(box, random))
    drawn = [f'<path class="{paint}" d="{"".join(parts)}"/>' for paint, parts in paths.items() if paint != "-"]
    size = f"0 0 {columns * side} {rows * side}"
    inside = "".join(drawn + threads)
    return f'<svg class="turn" viewBox="{size}" preserveAspectRatio="xMinYMid slice" aria-hidden="true">{inside}</svg>'


def _laid_as(depth: float, paint: str, random: Random) -> str:
    """Say how a strip lies this deep in the cloth: not there, open, or filled with its paint."""
    if depth < 0:
        return "-"
    return "o" if random.random() > depth / 2.4 + 0.15 else paint


def _paints(random: Random, count: int) -> Sequence[str]:
    """Choose paints so that no two neighbours are alike."""
    chosen = ["w"]
    while len(chosen) < count:
        chosen.append(random.choice([paint for paint in "wmyk" if paint != chosen[-1]]))
    return chosen


def _outline(box: Box) -> str:
    x, y, width, height = (round(value) for value in box)
    return f"M{x} {y}h{width}v{height}h{-width}z"
