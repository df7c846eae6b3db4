"""What is stored of an attempt: no person, no address, no time of day. `privacy/fields.py` tells of each field."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base

Id = BigInteger().with_variant(Integer, "sqlite")


class Attempt(Base):
    """One go at a quiz."""

    __tablename__ = "attempt"
    # A number is never given twice, so that an old cookie never finds somebody else's attempt.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    quiz_id: Mapped[str] = mapped_column(String(40), index=True)
    nonce_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    seed: Mapped[int] = mapped_column(Integer)
    last_on: Mapped[dt.date] = mapped_column(index=True)
    is_counted: Mapped[bool] = mapped_column(default=False)


class ItemResponse(Base):
    """What was chosen in one item of an attempt: the ids of choices, in their order; None where it was passed."""

    __tablename__ = "item_response"

    attempt_id: Mapped[int] = mapped_column(Id, ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    choices: Mapped[str | None] = mapped_column(String(450))


class ResponseCount(Base):
    """How often the same choices were made in an item, in attempts that are no longer kept."""

    __tablename__ = "response_count"

    quiz_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    choices: Mapped[str] = mapped_column(String(450), primary_key=True)
    people: Mapped[int] = mapped_column(Integer)


class Archive(Base):
    """How many attempts at a quiz are kept as counts alone."""

    __tablename__ = "archive"

    quiz_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    attempts: Mapped[int] = mapped_column(Integer)
    not_counted: Mapped[int] = mapped_column(Integer)


class Snapshot(Base):
    """Public counts of a quiz, released once and never changed."""

    __tablename__ = "snapshot"

    quiz_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    made_on: Mapped[dt.date] = mapped_column(primary_key=True)
    attempts: Mapped[int] = mapped_column(Integer)
    figures: Mapped[str] = mapped_column(Text)


class Erasure(Base):
    """An attempt that was deleted, so that a restored backup deletes it again."""

    __tablename__ = "erasure"

    nonce_digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    erased_on: Mapped[dt.date] = mapped_column(index=True)
