"""What a bundle must be: its structure, and its words against its structure."""

from collections import Counter
from collections.abc import Iterable, Iterator

from app.content.kinds import KINDS, Kind
from app.content.model import Item, Quiz
from app.content.words import GeneralWords, ItemWords, Wording

Place = tuple[str | int, ...]
Finding = tuple[Place, str]


def quiz_findings(quiz: Quiz, folder_name: str) -> Iterator[Finding]:
    """Find what is to be mended in the structure of a quiz."""
    if quiz.id != folder_name:
        yield ("id",), f"the id must be the folder's name, `{folder_name}`"
    if not quiz.items:
        yield ("items",), "a quiz has at least one item"
    for name in ("themes", "items"):
        yield from _twice((each.id for each in getattr(quiz, name)), (name,))
    yield from _twice(quiz.dimensions, ("dimensions",))
    yield from _twice(quiz.lenses, ("lenses",))
    for index, item in enumerate(quiz.items):
        yield from _within(("items", index), item_findings(item, quiz))


def _within(place: Place, findings: Iterable[Finding]) -> Iterator[Finding]:
    for where, message in findings:
        yield (*place, *where), message


def item_findings(item: Item, quiz: Quiz) -> Iterator[Finding]:
    """Find what is to be mended in the structure of an item."""
    kind = KINDS.get(item.kind)
    if kind is None:
        yield ("kind",), f"there is no kind `{item.kind}`; there are {', '.join(sorted(KINDS))}"
        return
    if item.theme not in {theme.id for theme in quiz.themes}:
        yield ("theme",), f"there is no theme `{item.theme}` in this quiz"
    if item.dimension not in quiz.dimensions:
        yield ("dimension",), f"there is no dimension `{item.dimension}` in this quiz"
    yield from _choice_findings(item, kind, quiz)
    yield from _unfit_findings(item, kind)
    yield from kind.problems(item)


def _unfit_findings(item: Item, kind: Kind) -> Iterator[Finding]:
    if item.near and not kind.has_near:
        yield ("near",), f"an item of the kind {item.kind} has no `near`; take it out"
    if item.reflections and not kind.has_rules:
        yield ("reflections",), f"an item of the kind {item.kind} has no rules; take them out"


def _choice_findings(item: Item, kind: Kind, quiz: Quiz) -> Iterator[Finding]:
    if len(item.choices) not in kind.choices:
        low, high = kind.choices.start, kind.choices.stop - 1
        yield ("choices",), f"{item.kind} has {low} to {high} choices, not {len(item.choices)}"
    elif kind.fixed_choices and item.choice_ids != kind.fixed_choices:
        yield ("choices",), f"{item.kind} has the choices {', '.join(kind.fixed_choices)}, in this order"
    yield from _twice(item.choice_ids, ("choices",))
    for index, choice in enumerate(item.choices):
        yield from _within(("choices", index, "lenses"), _lens_findings(choice.lenses, kind, quiz))


def _lens_findings(lenses: tuple[str, ...], kind: Kind, quiz: Quiz) -> Iterator[Finding]:
    if len(lenses) not in kind.lenses:
        told = "carries one or two lenses" if kind.lenses.start else f"of the kind {kind.name} carries no lens"
        yield (), f"a choice {told}"
    for unknown in sorted(set(lenses) - set(quiz.lenses)):
        yield (), f"there is no lens `{unknown}` in this quiz"


def _twice(ids: Iterable[str], place: Place) -> Iterator[Finding]:
    for each, count in Counter(ids).items():
        if count > 1:
            yield place, f"the id `{each}` stands here {count} times; ids are used once"


def general_word_findings(words: GeneralWords, quiz: Quiz) -> Iterator[Finding]:
    """Find where a language's general words and the structure of the quiz differ."""
    themes = [theme.id for theme in quiz.themes]
    if words.review.state == "reviewed" and not (words.review.by and words.review.date):
        yield ("review",), "say by whom and when it was reviewed"
    yield from _same_keys(("themes",), words.themes, themes)
    yield from _same_keys(("dimensions",), words.dimensions, quiz.dimensions)
    yield from _same_keys(("lenses",), words.lenses, quiz.lenses)
    yield from _same_keys(("cells",), words.cells, themes)
    for theme, cells in words.cells.items():
        yield from _same_keys(("cells", theme), cells, quiz.dimensions)


def item_word_findings(words: ItemWords, item: Item) -> Iterator[Finding]:
    """Find where the words of an item and its structure differ."""
    yield from _wording_findings(words, item)
    yield from _within(("plain",), _wording_findings(words.plain, item))


def _wording_findings(words: Wording, item: Item) -> Iterator[Finding]:
    yield from _same_keys(("choices",), words.choices, item.choice_ids)
    yield from _same_keys(("reflections",), words.reflections, KINDS[item.kind].reflections(item))
    if item.near and words.figure is None:
        yield ("figure",), "an estimate tells the real figure here"
    if words.figure is not None and not item.near:
        yield ("figure",), f"an item of the kind {item.kind} has no figure"


def _same_keys(place: Place, words: Iterable[str], structure: Iterable[str]) -> Iterator[Finding]:
    have, want = set(words), set(structure)
    for missing in sorted(want - have):
        yield place, f"`{missing}` has no words yet; write them"
    for unknown in sorted(have - want):
        yield (*place, unknown), "there is no such id in bundle.yaml; look for a slip of the pen, or take it out"
