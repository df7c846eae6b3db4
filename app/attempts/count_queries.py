"""Public counts: snapshots, released once and frozen; and what is left of attempts after 90 days."""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Executable, Table, delete, func, select, update

from app.assessment.statistics import Figure, release, tally
from app.attempts.models import Archive, Attempt, ItemResponse, ResponseCount, Snapshot
from app.content.kinds import KINDS
from app.content.model import Item, Quiz
from app.extensions import Base, clock, connection, count_changed, insert

AT_LEAST = 10  # attempts, before anything is shown, and that differ between one snapshot and the next
AT_LEAST_SENSITIVE = 30
KEPT_DAYS = 90

_ATTEMPTS, _ARCHIVES, _SNAPSHOTS = (cast("Table", model.__table__) for model in (Attempt, Archive, Snapshot))

Counts = dict[str, list[tuple[tuple[str, ...], int]]]
Figures = dict[str, dict[str, Figure]]


@dataclass(frozen=True)
class Published:
    """A snapshot: the day it was made, how many attempts it holds, its figures by item and choice."""

    made_on: dt.date
    attempts: int
    figures: Figures


NEVER = Published(dt.date.min, 0, {})


def find_newest(quiz_id: str) -> Published | None:
    """Find the newest snapshot of a quiz."""
    newest = select(_SNAPSHOTS).where(_SNAPSHOTS.c.quiz_id == quiz_id).order_by(_SNAPSHOTS.c.made_on.desc()).limit(1)
    row = connection().execute(newest).first()
    if row is None:
        return None
    figures = {
        item_id: {choice: Figure(*numbers) for choice, numbers in cells.items()}
        for item_id, cells in json.loads(row.figures).items()
    }
    return Published(row.made_on, row.attempts, figures)


def make_snapshot(quiz: Quiz) -> bool:
    """Publish new counts of a quiz, if enough attempts differ and none were published today."""
    last = find_newest(quiz.id) or NEVER
    counted = _count_attempts(quiz.id)
    new, kept = counted[False], counted[True]
    gone = last.attempts - kept
    if last.made_on >= clock.today() or min(new + kept, max(new, gone)) < AT_LEAST:
        return False
    figures = json.dumps(released(quiz, _all_counts(quiz.id)))
    row = {"quiz_id": quiz.id, "made_on": clock.today(), "attempts": new + kept, "figures": figures}
    connection().execute(insert(Snapshot).values(**row))
    connection().execute(update(_ATTEMPTS).where(_ATTEMPTS.c.quiz_id == quiz.id).values(is_counted=True))
    connection().execute(update(_ARCHIVES).where(_ARCHIVES.c.quiz_id == quiz.id).values(not_counted=0))
    return True


def _count_attempts(quiz_id: str) -> Counter[bool]:
    """Count attempts, kept whole or as counts alone, by whether the newest snapshot holds them as they are."""
    counted = select(Attempt.is_counted, func.count()).where(Attempt.quiz_id == quiz_id).group_by(Attempt.is_counted)
    found = Counter({bool(flag): number for flag, number in connection().execute(counted)})
    for row in connection().execute(select(_ARCHIVES).where(_ARCHIVES.c.quiz_id == quiz_id)):
        found.update({False: row.not_counted, True: row.attempts - row.not_counted})
    return found


def _all_counts(quiz_id: str) -> Counts:
    """Count equal responses to each item: those that are kept and those that are kept as counts."""
    live = (
        select(ItemResponse.item_id, ItemResponse.choices, func.count())
        .join(Attempt)
        .where(Attempt.quiz_id == quiz_id, ItemResponse.choices.is_not(None))
        .group_by(ItemResponse.item_id, ItemResponse.choices)
    )
    archived = select(ResponseCount.item_id, ResponseCount.choices, ResponseCount.people).where(
        ResponseCount.quiz_id == quiz_id
    )
    counts: Counts = defaultdict(list)
    for query in (live, archived):
        for item_id, choices, people in connection().execute(query):
            counts[item_id].append((tuple((choices or "").split()), people))
    return counts


def released(quiz: Quiz, counts: Counts) -> dict[str, dict[str, tuple[int, int, int]]]:
    """Put the counts of every item that has choices through the release function."""
    figures = {}
    for item in quiz.items:
        cells = _release_item(item, counts.get(item.id, ()))
        if cells:
            figures[item.id] = {choice: (each.low, each.high, each.people) for choice, each in cells.items()}
    return figures


def _release_item(item: Item, responses: Iterable[tuple[tuple[str, ...], int]]) -> dict[str, Figure] | None:
    counted = KINDS[item.kind].counted
    known = set(item.choice_ids)
    made = [(counted(item, chosen), people) for chosen, people in responses if known.issuperset(chosen)]
    at_least = AT_LEAST_SENSITIVE if item.sensitive else AT_LEAST
    people = sum(people for _, people in made)
    one_each = all(len(chosen) == 1 for chosen, _ in made)
    return release(tally(item.choice_ids, made), people, at_least=at_least, one_each=one_each)


def archive_old_attempts(today: dt.date) -> int:
    """Reduce attempts to counts 90 days after their last choice; says how many there were."""
    is_old = Attempt.last_on < today - dt.timedelta(days=KEPT_DAYS)
    not_counted = func.count().filter(Attempt.is_counted.is_(False))
    attempts = select(Attempt.quiz_id, func.count().label("attempts"), not_counted.label("not_counted"))
    _add_up(Archive, ["quiz_id"], attempts.where(is_old).group_by(Attempt.quiz_id))
    responses = select(Attempt.quiz_id, ItemResponse.item_id, ItemResponse.choices, func.count().label("people"))
    keys = (Attempt.quiz_id, ItemResponse.item_id, ItemResponse.choices)
    made = responses.join(ItemResponse).where(is_old, ItemResponse.choices.is_not(None)).group_by(*keys)
    _add_up(ResponseCount, ["quiz_id", "item_id", "choices"], made)
    old = select(Attempt.id).where(is_old)
    connection().execute(delete(ItemResponse).where(ItemResponse.attempt_id.in_(old)))
    return count_changed(delete(Attempt).where(is_old))


def _add_up(table: type[Base], keys: list[str], rows: Executable) -> None:
    """Add counts to those that a table holds already under the same keys."""
    for row in connection().execute(rows).mappings().all():
        sums = {name: getattr(table, name) + row[name] for name in row if name not in keys}
        connection().execute(insert(table).values(**row).on_conflict_do_update(index_elements=keys, set_=sums))
