"""House rules held against words. The words themselves stand in `tests/bundles/broken`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.languages import Style
from app.content.lint import count_words, general_findings, item_findings
from app.content.words import GeneralWords, ItemWords
from tests.content.folders import bundle, few, styles

LIMITS = {"prompt": 5, "choice": 2, "reflection_min": 3, "reflection_max": 6, "action": 4, "plain_sentence": 3}
BARE = Style.model_validate({"words": LIMITS})


def words(**changed: object) -> ItemWords:
    """An item that keeps every limit of `LIMITS`, but for what is changed."""
    wording = {"prompt": "Who came?", "reflections": {"thought": "Somebody came by."}, "action": "Ask."}
    return ItemWords.model_validate({**wording, "plain": dict(wording), **changed})


def found(item: ItemWords, style: Style = BARE) -> list[str]:
    return [f"{'.'.join(map(str, place))}: {message}" for place, message in item_findings(item, style)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("One.", 1),
        ("It’s a neighbour’s well-worn bench — isn’t it?", 7),
        ("L’an 2026, 18 personnes", 4),
        ("اختيار واحد، أو اثنان؟", 4),
        ("« Bonjour ! »", 1),
    ],
)
def test_what_an_apostrophe_or_a_hyphen_joins_is_one_word(text: str, number: int) -> None:
    assert count_words(text) == number


@pytest.mark.parametrize(
    ("field", "limit"), [("prompt", LIMITS["prompt"]), ("action", LIMITS["action"]), ("choices", LIMITS["choice"])]
)
def test_a_text_may_be_as_long_as_its_limit_and_not_a_word_longer(field: str, limit: int) -> None:
    def of(length: int) -> list[str]:
        text = " ".join(["word"] * length)
        return found(words(**{field: {"ask": text} if field == "choices" else text}))

    assert of(limit) == []
    place = "choices.ask" if field == "choices" else field
    assert of(limit + 1) == [f"{place}: {limit + 1} words, {limit} at most; shorten it"]


@pytest.mark.parametrize(("length", "is_fine"), [(2, False), (3, True), (6, True), (7, False)])
def test_a_reflection_is_neither_too_short_nor_too_long(length: int, is_fine: bool) -> None:
    assert bool(found(words(reflections={"thought": " ".join(["word"] * length)}))) is not is_fine


@pytest.mark.parametrize(
    ("text", "is_fine"),
    [
        ("One two three. One two three.", True),
        ("One two three? One two three! One two three…", True),
        ("One two three. One two three four.", False),
        ("“One two three.” One two three.", True),
        ("هذا سؤال قصير؟ وهذا جواب قصير.", True),
        ("هذا سؤال قصير، وهذا جواب.", False),
    ],
)
def test_plain_sentences_are_measured_one_by_one(text: str, is_fine: bool) -> None:
    plain = {"prompt": text, "action": "Ask."}
    assert bool(found(words(plain=plain))) is not is_fine


def test_the_rules_for_plain_words_hold_for_plain_words_alone() -> None:
    style = BARE.model_copy(update={"plain_avoid": Style.model_validate(AVOIDING).avoid})
    both = words(prompt="Who; me?", plain={"prompt": "Who; me?", "action": "Ask."})
    assert found(both, style) == ["plain.prompt: «;»: make two"]


AVOIDING = {"words": LIMITS, "avoid": [{"pattern": ";", "why": "make two"}]}


def test_what_is_avoided_is_found_in_every_part_of_an_item() -> None:
    style = Style.model_validate(AVOIDING)
    said = {"prompt": ";", "choices": {"ask": ";"}, "reflections": {"ask": "a b c ;"}, "figure": ";", "action": ";"}
    places = {line.split(":")[0] for line in found(ItemWords.model_validate({**said, "plain": said}), style)}
    parts = {"prompt", "choices.ask", "reflections.ask", "figure", "action"}
    assert places == parts | {f"plain.{part}" for part in parts}


def test_what_is_avoided_is_found_in_the_words_that_belong_to_no_item() -> None:
    style = Style.model_validate(AVOIDING)
    known = bundle("two-lenses").source.general
    assert known
    data = known.model_dump() | {"title": "a; b", "summary": "c;", "next_steps": [{"title": ";", "text": "d"}] * 3}
    data["lenses"]["caution"]["open"] = "e;"
    found_in = dict(general_findings(GeneralWords.model_validate(data), style))
    steps = {("next_steps", number) for number in range(3)}
    assert set(found_in) == {("title",), ("summary",), ("lenses", "caution")} | steps
    assert set(found_in.values()) == {"«;»: make two"}


@few
@given(text=st.text(min_size=1).filter(lambda text: text.strip()), code=st.sampled_from(["en", "fr", "ar"]))
def test_any_text_can_be_measured(text: str, code: str) -> None:
    style = styles()[code]
    lines = found(words(prompt=text), style)
    is_long = any(line.endswith(f"{style.words.prompt} at most; shorten it") for line in lines)
    assert is_long is (count_words(text) > style.words.prompt)


def test_the_house_rules_find_nothing_in_words_that_keep_them() -> None:
    for name, code in (("kind-reflection", "en"), ("source-in-french", "fr"), ("source-in-arabic", "ar")):
        for item in bundle(name).languages[code].items.values():
            assert found(item, styles()[code]) == []
