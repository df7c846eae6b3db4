"""What the pages of an attempt show, gathered from content and responses."""

from dataclasses import dataclass

from app.assessment import feedback, navigation
from app.assessment.navigation import Progress, Responses
from app.attempts.queries import Kept
from app.cloth import small_cloth
from app.content.kinds import KINDS
from app.content.kinds.kind import parse_one
from app.content.kinds.reflection import THOUGHT
from app.content.loader import Bundle
from app.content.model import Item, Quiz
from app.content.wording import Shown, ShownGeneral, general_wording, item_wording
from app.content.words import LensWords


@dataclass(frozen=True)
class Reader:
    """Somebody reading: in which language, in plain words or as written."""

    language: str
    plain: bool


@dataclass(frozen=True)
class Echo:
    """What is said back to the response before: what was chosen, and the reflection on it."""

    item: Item
    number: int
    dye: str
    shown: Shown
    chosen: tuple[str, ...]
    reflection_id: str

    @property
    def reflection(self) -> str:
        """The words that answer what was chosen."""
        return self.shown.words.reflections[self.reflection_id]

    @property
    def key(self) -> tuple[int, str, str | int]:
        """All that the words of an echo depend on, within a quiz."""
        return self.number, self.reflection_id, self.chosen[0] if len(self.chosen) == 1 else len(self.chosen)


@dataclass(frozen=True)
class QuizPage:
    """What every page of a quiz knows."""

    quiz: Quiz
    general: ShownGeneral


@dataclass(frozen=True)
class ItemPage(QuizPage):
    """One item, where it lies, and the echo of the one before."""

    item: Item
    number: int
    dye: str
    shown: Shown
    chosen: tuple[str, ...] | None
    is_passed: bool
    has_begun: bool
    next_open: int | None
    progress: Progress
    laid: tuple[tuple[tuple[bool, bool], ...], ...]
    echo: Echo | None
    is_asked_again: bool = False

    @property
    def can_be_kept(self) -> bool:
        """Tell whether one may go on with the earlier choice: not where a button beside would take unsaved changes."""
        return bool(self.chosen) and not self.is_asked_again and KINDS[self.item.kind].parse is parse_one

    @property
    def cloth(self) -> str:
        """How far one has come, drawn."""
        return small_cloth(tuple(theme.dye for theme in self.quiz.themes), self.laid)


@dataclass(frozen=True)
class LensLine:
    """A lens, and the number of the item that it leads back to (0: none)."""

    words: LensWords
    number: int = 0
    prompt: str = ""


@dataclass(frozen=True)
class Place:
    """One item in the list of all, and whether it is laid, passed or open."""

    number: int
    item: Item
    shown: Shown
    state: str


@dataclass(frozen=True)
class Idea:
    """One thing to do, and the dye of the item it comes from."""

    dye: str
    shown: Shown


@dataclass(frozen=True)
class OutcomePage(QuizPage):
    """What was explored, through which lenses, and what could come next."""

    seed: int
    progress: Progress
    laid: tuple[tuple[tuple[bool, bool], ...], ...]
    used: tuple[LensLine, ...]
    hardly: tuple[LensLine, ...]
    ideas: tuple[Idea, ...]
    places: tuple[Place, ...]
    echo: Echo | None


def quiz_page(bundle: Bundle, reader: Reader) -> QuizPage:
    """Gather what every page of a quiz knows."""
    return QuizPage(bundle.quiz, general_wording(bundle, reader.language))


def item_page(bundle: Bundle, number: int, responses: Responses, reader: Reader) -> ItemPage:
    """Gather one item page; raises NotFound where there is no item with this number."""
    quiz = bundle.quiz
    responses = navigation.known_responses(quiz, responses)
    item = navigation.get_item(quiz, number)
    return ItemPage(
        quiz=quiz,
        general=general_wording(bundle, reader.language),
        item=item,
        number=number,
        dye=quiz.dye(item.theme),
        shown=item_wording(bundle, item.id, reader.language, plain=reader.plain),
        chosen=responses.get(item.id),
        is_passed=item.id in responses and responses[item.id] is None,
        has_begun=bool(responses),
        next_open=navigation.first_open_number(quiz, responses),
        progress=navigation.progress(quiz, responses),
        laid=navigation.laid_cells(quiz, responses),
        echo=_echo(bundle, number - 1, responses, reader) if number > 1 else None,
    )


def _echo(bundle: Bundle, number: int, responses: Responses, reader: Reader) -> Echo | None:
    item = bundle.quiz.items[number - 1]
    chosen = responses.get(item.id)
    if not chosen:
        return None
    shown = item_wording(bundle, item.id, reader.language, plain=reader.plain)
    named = tuple(shown.words.choices[each] for each in KINDS[item.kind].counted(item, chosen) if each != THOUGHT)
    return Echo(item, number, bundle.quiz.dye(item.theme), shown, named, feedback.reflection_id(item, chosen))


def outcome_page(bundle: Bundle, attempt: Kept, reader: Reader) -> OutcomePage:
    """Gather the outcome of an attempt."""
    quiz = bundle.quiz
    responses = navigation.known_responses(quiz, attempt.responses)
    general = general_wording(bundle, reader.language)
    seen = feedback.lenses(quiz, responses)
    words = general.words.lenses
    places = tuple(_place(bundle, item, responses, reader) for item in quiz.items)
    return OutcomePage(
        quiz=quiz,
        general=general,
        seed=attempt.seed,
        progress=navigation.progress(quiz, responses),
        laid=navigation.laid_cells(quiz, responses),
        used=tuple(LensLine(words[lens]) for lens in seen.used),
        hardly=tuple(
            LensLine(words[each.lens], each.number, places[each.number - 1].shown.words.prompt) for each in seen.hardly
        ),
        ideas=tuple(
            Idea(quiz.dye(item.theme), item_wording(bundle, item.id, reader.language, plain=reader.plain))
            for item in feedback.ideas(quiz, responses, attempt.seed)
        ),
        places=places,
        echo=_echo(bundle, len(quiz.items), responses, reader),
    )


def _place(bundle: Bundle, item: Item, responses: Responses, reader: Reader) -> Place:
    shown = item_wording(bundle, item.id, reader.language, plain=reader.plain)
    state = "laid" if responses.get(item.id) else "passed" if item.id in responses else "open"
    return Place(bundle.quiz.number_of(item.id), item, shown, state)
