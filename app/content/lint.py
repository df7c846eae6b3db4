"""House rules held against the words of an item: lengths, register, inclusive and plain writing."""

import re
from collections.abc import Iterator

from app.content.languages import Avoid, Lengths, Style
from app.content.words import GeneralWords, ItemWords, Wording

_SENTENCE = re.compile(r"(?<=[.?!؟…])[»”\"’]*\s+")
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")

Place = tuple[str | int, ...]
Finding = tuple[Place, str]


def count_words(text: str) -> int:
    """Count words; what an apostrophe or a hyphen joins is one word."""
    return len(_WORD.findall(text))


def item_findings(words: ItemWords, style: Style) -> Iterator[Finding]:
    """Find where an item breaks the house rules of its language."""
    yield from _length_findings(words, style.words)
    for place, text in _texts(words):
        yield from _avoided(place, text, style.avoid)
    for place, text in _texts(words.plain):
        at = ("plain", *place)
        yield from _avoided(at, text, (*style.avoid, *style.plain_avoid))
        yield from _long_sentences(at, text, style.words.plain_sentence)


def general_findings(words: GeneralWords, style: Style) -> Iterator[Finding]:
    """Find what is not written in this language, in the words that belong to no item."""
    yield from _avoided(("title",), words.title, style.avoid)
    yield from _avoided(("summary",), words.summary, style.avoid)
    for lens, said in words.lenses.items():
        yield from _avoided(("lenses", lens), f"{said.about} {said.open}", style.avoid)
    for index, step in enumerate(words.next_steps):
        yield from _avoided(("next_steps", index), f"{step.title} {step.text}", style.avoid)


def _texts(words: Wording) -> Iterator[tuple[Place, str]]:
    yield ("prompt",), words.prompt
    yield ("action",), words.action
    if words.figure is not None:
        yield ("figure",), words.figure
    for name in ("choices", "reflections"):
        for key, text in getattr(words, name).items():
            yield (name, key), text


def _length_findings(words: ItemWords, limits: Lengths) -> Iterator[Finding]:
    yield from _too_long(("prompt",), words.prompt, limits.prompt)
    yield from _too_long(("action",), words.action, limits.action)
    for key, text in words.choices.items():
        yield from _too_long(("choices", key), text, limits.choice)
    for key, text in words.reflections.items():
        yield from _too_long(("reflections", key), text, limits.reflection_max)
        if count_words(text) < limits.reflection_min:
            yield ("reflections", key), f"{count_words(text)} words; a reflection has {limits.reflection_min} at least"


def _too_long(place: Place, text: str, limit: int) -> Iterator[Finding]:
    if count_words(text) > limit:
        yield place, f"{count_words(text)} words, {limit} at most; shorten it"


def _avoided(place: Place, text: str, rules: tuple[Avoid, ...]) -> Iterator[Finding]:
    for rule in rules:
        found = rule.pattern.search(text)
        if found:
            yield place, f"«{found.group().strip()}»: {rule.why}"


def _long_sentences(place: Place, text: str, limit: int) -> Iterator[Finding]:
    for sentence in _SENTENCE.split(text):
        if count_words(sentence) > limit:
            start = " ".join(sentence.split()[:5])
            yield place, f"the sentence «{start} …» has {count_words(sentence)} words, {limit} at most; make two"
