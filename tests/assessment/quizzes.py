"""A small quiz for the assessment, and somebody's responses to it."""

from collections.abc import Mapping

from hypothesis import strategies as st

from app.assessment.navigation import Responses
from app.content.kinds import KINDS
from app.content.model import Item, Quiz

SCALE = KINDS["agreement"].fixed_choices
LENSES = ("rule", "care", "voice", "caution")


def _item(name: str, kind: str, theme: str, dimension: str, choices: Mapping[str, list[str]]) -> dict[str, object]:
    listed = [{"id": each, "lenses": lenses} for each, lenses in choices.items()]
    return {"id": name, "kind": kind, "theme": theme, "dimension": dimension, "choices": listed}


QUIZ = Quiz.model_validate(
    {
        "id": "small",
        "kind": "quiz",
        "version": "1.0.0",
        "licence": "CC0-1.0",
        "source_language": "en",
        "themes": [{"id": "meeting", "dye": "woad"}, {"id": "sharing", "dye": "weld"}],
        "dimensions": ["knowledge", "action"],
        "lenses": LENSES,
        "items": [
            _item("bench", "single-choice", "meeting", "knowledge", {"ask": ["rule", "care"], "wait": ["caution"]}),
            _item("door", "ordering", "meeting", "knowledge", {"a": ["rule"], "b": ["care"], "c": ["voice"]}),
            _item("queue", "agreement", "meeting", "action", {each: ["voice"] for each in SCALE}),
            {**_item("count", "estimate", "sharing", "knowledge", {each: [] for each in "abcd"}), "near": "b"},
            {
                **_item("table", "multiple-choice", "sharing", "action", {"x": ["rule"], "y": ["care"], "z": ["care"]}),
                "reflections": [{"id": "both", "when": {"includes": ["x", "y"]}}, {"id": "otherwise"}],
            },
            {"id": "thought", "kind": "reflection", "theme": "meeting", "dimension": "knowledge"},
        ],
    }
)


def choosing(item: Item) -> st.SearchStrategy[tuple[str, ...]]:
    """Choose something in an item, as its form allows."""
    if item.kind == "multiple-choice":
        return st.lists(st.sampled_from(item.choice_ids), min_size=1, unique=True).map(
            lambda values: KINDS[item.kind].parse(item, values)
        )
    if item.kind == "ordering":
        return st.permutations(item.choice_ids).map(tuple)
    return st.sampled_from([(each,) for each in item.choice_ids or ("thought",)])


def responding(quiz: Quiz) -> st.SearchStrategy[Responses]:
    """Respond to some items of a quiz, and pass some."""
    return st.fixed_dictionaries({}, optional={item.id: st.none() | choosing(item) for item in quiz.items})
