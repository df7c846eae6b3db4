"""Every kind of page that the product can show, and the way to each."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.journeys.browsing import ITEMS, Visit, first_of
from tests.journeys.stored import forget_knocks, hide_counts, show_counts
from tests.journeys.walking import GO_ON

KINDS = tuple(dict.fromkeys(item.kind for item in ITEMS))
FOREIGN_FORM = '<form method="post" action="{}"><button>Go</button></form>'
TOO_LONG = 70_000  # letters; more than any form of ours carries
GUESSES = 21


@dataclass(frozen=True)
class Place:
    """One kind of page: how one comes there, and whether anything was sent before."""

    name: str
    bring: Callable[[Visit], object]
    is_first: bool = True

    def __str__(self) -> str:
        return self.name


def page(rest: str) -> Callable[[Visit], object]:
    """Lead to a page beside the test."""
    return lambda visit: visit.open(visit.address(rest))


def quiz(rest: str) -> Callable[[Visit], object]:
    """Lead to a page of the test."""
    return lambda visit: visit.open(visit.quiz(rest))


def after(number: int, rest: str) -> Callable[[Visit], object]:
    """Lead to a page of the test for somebody who has answered one item."""

    def bring(visit: Visit) -> None:
        visit.send(number)
        visit.open(visit.quiz(rest))

    return bring


def at_the_end(rest: str) -> Callable[[Visit], object]:
    """Lead to a page of the test for somebody who has answered everything."""

    def bring(visit: Visit) -> None:
        visit.answer_everything()
        visit.open(visit.quiz(rest))

    return bring


def passed(visit: Visit) -> None:
    """Lead to an item that was passed."""
    visit.pass_by(2)
    visit.open(visit.quiz("2"))


def all_passed(visit: Visit) -> None:
    """Lead to the outcome of somebody who passed everything."""
    for number in range(1, len(ITEMS) + 1):
        visit.pass_by(number)
    visit.open(visit.quiz("outcome"))


def without_choice(visit: Visit) -> None:
    """Send an item without having chosen."""
    visit.open(visit.quiz(str(first_of("multiple-choice"))))
    visit.tap(GO_ON)


def same_place_twice(visit: Visit) -> None:
    """Send an order in which one thing has two places."""
    number = first_of("ordering")
    item = ITEMS[number - 1]
    visit.open(visit.quiz(str(number)))
    visit.page.evaluate(
        "(id) => document.querySelectorAll('[name=choice]').forEach((each) => { each.value = id })", item.choice_ids[0]
    )
    visit.tap(GO_ON)


def counts(visit: Visit) -> None:
    """Lead to counts of many people."""
    show_counts(visit.product)
    visit.open(visit.quiz("counts"))


def no_counts(visit: Visit) -> None:
    """Lead to the page that says that nothing is published."""
    hide_counts(visit.product)
    visit.open(visit.quiz("counts"))


def type_code(visit: Visit, code: str) -> None:
    """Type a code where it is asked for."""
    forget_knocks(visit.product)
    visit.open(visit.address("resume"))
    visit.page.fill("#code", code)
    visit.tap("form button.btn")


def bent_form(visit: Visit, token: str) -> None:
    """Send a form whose token was changed."""
    visit.open(visit.quiz("2"))
    visit.page.evaluate("(token) => { document.querySelector('[name=token]').value = token }", token)
    visit.tap("button.choice")


def foreign_form(visit: Visit) -> None:
    """Send a form from somebody else's page."""
    visit.page.set_content(FOREIGN_FORM.format(visit.address("resume")))
    visit.tap("button")


def too_many_codes(visit: Visit) -> None:
    """Guess codes until the door stays shut."""
    forget_knocks(visit.product)
    for _ in range(GUESSES):
        visit.context.request.post(visit.address("resume"), form={"code": "WRONG"})
    visit.open(visit.address("resume"))
    visit.page.fill("#code", "WRONG")
    visit.tap("form button.btn")


def item_places() -> list[Place]:
    """List the eight kinds of items, each alone and under what was said to the one before."""
    places = []
    for kind in KINDS:
        number = first_of(kind)
        places.append(Place(kind, quiz(str(number))))
        places.append(Place(f"{kind}-echo", after(number - 1, f"{number}#echo"), is_first=False))
    return places


PLACES = (
    Place("home", page("")),
    Place("quiz", quiz("")),
    Place("quiz-begun", after(1, ""), is_first=False),
    Place("quiz-finished", at_the_end(""), is_first=False),
    *item_places(),
    Place("scale-chosen", after(first_of("agreement"), str(first_of("agreement"))), is_first=False),
    Place("ticks-chosen", after(first_of("multiple-choice"), str(first_of("multiple-choice"))), is_first=False),
    Place("passed", passed, is_first=False),
    Place("item-error", without_choice),
    Place("order-error", same_place_twice),
    Place("plain", quiz("2?plain=1")),
    Place("plain-echo", after(4, "5?plain=1#echo"), is_first=False),
    Place("outcome", at_the_end("outcome#echo"), is_first=False),
    Place("outcome-passed", all_passed, is_first=False),
    Place("counts", counts),
    Place("counts-empty", no_counts),
    Place("resume", after(1, "resume"), is_first=False),
    Place("ask-code", page("resume")),
    Place("ask-code-error", lambda visit: type_code(visit, "AAAA AAAA")),
    Place("friends", quiz("friends")),
    Place("deleted", quiz("deleted")),
    Place("about", page("about")),
    Place("privacy", page("privacy")),
    Place("accessibility", page("accessibility")),
    Place("400", lambda visit: bent_form(visit, "bent")),
    Place("403", foreign_form),
    Place("404", page("nothing")),
    Place("405", quiz("2/response")),
    Place("413", lambda visit: bent_form(visit, "x" * TOO_LONG)),
    Place("429", too_many_codes),
)
STATUS = {"item-error": 422, "order-error": 422, "ask-code-error": 422}


def status_of(place: Place) -> int:
    """Say which status a page comes with."""
    return int(place.name) if place.name.isdigit() else STATUS.get(place.name, 200)


def named(name: str) -> Place:
    """Take one kind of page."""
    return next(place for place in PLACES if place.name == name)
