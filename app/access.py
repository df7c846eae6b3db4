"""Who may ask for what: forms come from our own pages, and nobody tries too often."""

import hashlib
import hmac

from flask import Flask, current_app, request
from sqlalchemy import Integer, LargeBinary, delete
from sqlalchemy.orm import Mapped, mapped_column

from app.errors import NotAllowed, TooMany
from app.extensions import READING, Base, clock, count_changed, db, insert


class Knock(Base):
    """How often one address has tried something within an hour."""

    __tablename__ = "knock"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    hour: Mapped[int] = mapped_column(Integer, index=True)
    tries: Mapped[int] = mapped_column(Integer)


def init_app(app: Flask) -> None:
    """Refuse forms that were sent from somebody else's pages."""
    app.before_request(_refuse_foreign_forms)


def _refuse_foreign_forms() -> None:
    if request.method in READING:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        is_ours = site in {"same-origin", "none"}
    elif origin is not None:
        is_ours = origin.partition("://")[2] == request.host
    else:
        is_ours = True  # an old browser; such forms carry a signed token of their own
    if not is_ours:
        raise NotAllowed("foreign-form")


def limit(purpose: str, tries: int) -> None:
    """Count a try by this address within this hour, in a transaction of its own; raises TooMany beyond `tries`."""
    now = clock.now()
    hour = int(now.timestamp()) // 3600
    key = f"{current_app.config['SECRET_KEY']}:{now.date()}".encode()
    digest = hmac.digest(key, f"{purpose}:{hour}:{request.remote_addr}".encode(), hashlib.sha256)
    counted = (
        insert(Knock)
        .values(digest=digest, hour=hour, tries=1)
        .on_conflict_do_update(index_elements=["digest"], set_={"tries": Knock.tries + 1})
        .returning(Knock.tries)
    )
    with db.engine.begin() as connection:
        so_far = connection.execute(counted).scalar_one()
    if so_far > tries:
        raise TooMany(purpose, 3600 - int(now.timestamp()) % 3600)


def forget_knocks() -> int:
    """Delete the tries of earlier hours; says how many rows went."""
    hour = int(clock.now().timestamp()) // 3600
    return count_changed(delete(Knock).where(Knock.hour < hour))
