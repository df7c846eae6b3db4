"""The words of a quiz in one language: what stands in `<language>/text.yaml`."""

import datetime as dt
import hashlib
import json
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.content.model import Identifier, Strict

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]


class Review(Strict):
    """Who has read this language as a native reader, said honestly."""

    state: Literal["unreviewed", "reviewed"]
    by: Text | None = None
    date: dt.date | None = None


class Source(Strict):
    """Where a fact comes from."""

    title: Text
    publisher: Text
    year: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{4})?$")]
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = None


class Wording(Strict):
    """An item in words, once: as written, or in plain words."""

    prompt: Text
    choices: dict[Identifier, Text] = {}
    reflections: dict[Identifier, Text] = {}
    figure: Text | None = None
    action: Text


class ItemWords(Wording):
    """An item in one language: as written, in plain words, and where its facts come from."""

    sources: tuple[Source, ...] = ()
    plain: Wording
    source: Hash | None = None


class LensWords(Strict):
    """A lens: its name, what is said to those who used it often, and to those who hardly did."""

    name: Text
    about: Text
    open: Text


class Step(Strict):
    """Something one could do next."""

    title: Text
    text: Text


class GeneralWords(Strict):
    """Everything in a language file but the items."""

    title: Text
    summary: Text
    review: Review
    source: Hash | None = None
    themes: dict[Identifier, Text]
    dimensions: dict[Identifier, Text]
    cells: dict[Identifier, dict[Identifier, Text]]
    lenses: dict[Identifier, LensWords]
    next_steps: Annotated[tuple[Step, ...], Field(min_length=3, max_length=3)]


def fingerprint(words: ItemWords | GeneralWords) -> str:
    """Hash the words a translation is made from: 8 hexadecimal digits, blind to `source` and `review`."""
    data = words.model_dump(mode="json", exclude={"source", "review"})
    packed = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(packed.encode()).hexdigest()[:8]
