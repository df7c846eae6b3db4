"""The attempts in the database."""

import datetime as dt
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import ColumnElement, Date, Table, bindparam, delete, func, select, text

from app.attempts.models import Attempt, Erasure, ItemResponse
from app.attempts.tokens import Begun, Fresh, code_for, digest, mark_of
from app.errors import Invalid, NotFound
from app.extensions import clock, connection, count_changed, insert

_ATTEMPTS = cast("Table", Attempt.__table__)
_RESPONSES = cast("Table", ItemResponse.__table__)
_TRIES = 4

# The ids of the choices that were made; None where the item was passed.
Chosen = tuple[str, ...] | None


@dataclass(frozen=True)
class Kept:
    """An attempt as its pages need it: what was chosen, by item id; None where an item was passed."""

    id: int
    seed: int
    nonce_digest: bytes
    responses: dict[str, tuple[str, ...] | None] = field(default_factory=dict)

    @property
    def begun(self) -> Begun:
        """What its tokens name it by."""
        return Begun(self.id, mark_of(self.nonce_digest))


_KEPT = (
    select(_ATTEMPTS.c.id, _ATTEMPTS.c.seed, _ATTEMPTS.c.nonce_digest, _RESPONSES.c.item_id, _RESPONSES.c.choices)
    .select_from(_ATTEMPTS.outerjoin(_RESPONSES, _RESPONSES.c.attempt_id == _ATTEMPTS.c.id))
    .where(_ATTEMPTS.c.id == bindparam("attempt_id"), _ATTEMPTS.c.quiz_id == bindparam("quiz_id"))
)


def find_attempt(begun: Begun, quiz_id: str) -> Kept | None:
    """Find an attempt with its responses, in one query."""
    values = {"attempt_id": begun.attempt_id, "quiz_id": quiz_id}
    rows = connection().execute(_KEPT, values).all()
    if not rows or mark_of(rows[0].nonce_digest) != begun.mark:
        return None
    responses = {row.item_id: _chosen(row.choices) for row in rows if row.item_id is not None}
    return Kept(rows[0].id, rows[0].seed, rows[0].nonce_digest, responses)


def _chosen(choices: str | None) -> tuple[str, ...] | None:
    return None if choices is None else tuple(choices.split())


# Written out, since it is the one statement of every response: it stores where the attempt is there, and says if not.
_SAVE = text(
    "INSERT INTO item_response (attempt_id, item_id, choices)"
    " SELECT id, CAST(:item_id AS varchar), CAST(:choices AS varchar) FROM attempt"
    " WHERE id = :attempt_id AND quiz_id = :quiz_id AND substr(nonce_digest, 1, 8) = :mark"
    " ON CONFLICT (attempt_id, item_id) DO UPDATE SET choices = excluded.choices"
    " WHERE item_response.choices IS DISTINCT FROM excluded.choices"
)
_CHANGED = text(
    "UPDATE attempt SET last_on = :today, is_counted = false"
    " WHERE id = :attempt_id AND (is_counted OR last_on <> :today)"
).bindparams(bindparam("today", type_=Date))
_MET_AGAIN = text(
    "UPDATE attempt SET last_on = :today"
    " WHERE id = :attempt_id AND quiz_id = :quiz_id AND substr(nonce_digest, 1, 8) = :mark"
).bindparams(bindparam("today", type_=Date))


def save_response(token: Fresh | Begun, secret: str, quiz_id: str, item_id: str, chosen: Chosen) -> Begun:
    """Store what was chosen, or that the item was passed (None); says which attempt it belongs to.

    The same form sent again changes nothing; another choice replaces the first. Raises NotFound where the attempt was
    deleted.
    """
    begun = start_attempt(token, secret, quiz_id) if isinstance(token, Fresh) else token
    values = {"attempt_id": begun.attempt_id, "mark": begun.mark, "quiz_id": quiz_id}
    choices = None if chosen is None else " ".join(chosen)
    if count_changed(_SAVE, {**values, "item_id": item_id, "choices": choices}):
        count_changed(_CHANGED, {"attempt_id": begun.attempt_id, "today": clock.today()})
    elif not count_changed(_MET_AGAIN, {**values, "today": clock.today()}):
        raise NotFound("attempt")
    return begun


def start_attempt(token: Fresh, secret: str, quiz_id: str) -> Begun:
    """Begin the attempt of a fresh token, or find it where the same form came before."""
    digests = [digest(secret, "nonce", quiz_id.encode() + token.nonce + bytes([turn])) for turn in range(_TRIES)]
    if connection().execute(select(Erasure.nonce_digest).where(Erasure.nonce_digest.in_(digests))).first():
        raise NotFound("attempt")
    for nonce_digest in digests:
        row = insert(Attempt).values(
            quiz_id=quiz_id,
            nonce_digest=nonce_digest,
            code_digest=digest(secret, "code-digest", code_for(secret, nonce_digest).encode()),
            seed=int.from_bytes(nonce_digest[:3], "big"),
            last_on=clock.today(),
            is_counted=False,
        )
        connection().execute(row.on_conflict_do_nothing())
        found = connection().execute(select(_ATTEMPTS.c.id).where(_ATTEMPTS.c.nonce_digest == nonce_digest)).scalar()
        if found is not None:
            return Begun(int(found), mark_of(nonce_digest))
    raise Invalid("token")  # four codes in a row were taken already: this nonce is not random


def _is(begun: Begun) -> ColumnElement[bool]:
    mark = func.substr(_ATTEMPTS.c.nonce_digest, 1, len(begun.mark))
    return (_ATTEMPTS.c.id == begun.attempt_id) & (mark == begun.mark)


def find_attempt_by_code(code: str, secret: str) -> tuple[Begun, str] | None:
    """Find the attempt and the quiz that a short code leads to."""
    wanted = digest(secret, "code-digest", code.encode())
    row = connection().execute(select(_ATTEMPTS).where(_ATTEMPTS.c.code_digest == wanted)).first()
    return (Begun(row.id, mark_of(row.nonce_digest)), row.quiz_id) if row else None


def find_quiz_of(begun: Begun) -> str | None:
    """Find the quiz of an attempt."""
    return connection().scalar(select(_ATTEMPTS.c.quiz_id).where(_is(begun)))


def delete_attempt(begun: Begun) -> None:
    """Delete an attempt and all that was chosen in it, at once; a restored backup deletes it again."""
    found = connection().scalar(select(_ATTEMPTS.c.nonce_digest).where(_is(begun)))
    if found is None:
        return
    row = insert(Erasure).values(nonce_digest=found, erased_on=clock.today())
    connection().execute(row.on_conflict_do_nothing())
    _delete_where(_is(begun))


def _delete_where(condition: ColumnElement[bool]) -> int:
    attempts = select(Attempt.id).where(condition)
    connection().execute(delete(ItemResponse).where(ItemResponse.attempt_id.in_(attempts)))
    return count_changed(delete(_ATTEMPTS).where(condition))


def delete_erased_again() -> int:
    """Delete what stands on the list of erasures, after a backup was restored; says how many attempts that were."""
    return _delete_where(Attempt.nonce_digest.in_(select(Erasure.nonce_digest)))


def forget_erasures(before: dt.date) -> int:
    """Forget erasures from before a day, when no backup from then is left."""
    return count_changed(delete(Erasure).where(Erasure.erased_on < before))
