"""Walking through the test by taps alone, as a citizen does."""

from app.content.model import Item
from tests.journeys.browsing import ITEMS, Visit

GO_ON = "form.band .stack > p > .btn"


def begin(visit: Visit) -> None:
    """Open the first page and tap its one main action."""
    visit.open(visit.address())
    visit.tap(".hero a.btn")


def answer(visit: Visit, item: Item, nth: int = 0) -> tuple[str, ...]:
    """Choose in the item that is shown, and go on; says which choices were made."""
    if item.kind == "multiple-choice":
        visit.touch(visit.page.locator("label.choice").nth(nth))
        visit.tap(GO_ON)
        return (item.choice_ids[nth],)
    if item.kind == "ordering":
        return _order(visit, item)
    if item.kind == "reflection":
        visit.tap(GO_ON)
        return ()
    visit.tap(visit.page.locator("button.choice").nth(nth))
    return (item.choice_ids[nth],)


def _order(visit: Visit, item: Item) -> tuple[str, ...]:
    if not visit.scripts:
        for place, choice in enumerate(item.choice_ids, 1):
            visit.taps += 1
            visit.page.locator(f"#place-{place}").select_option(choice)
    visit.tap(GO_ON)
    return item.choice_ids


def walk(visit: Visit, first: int = 1, last: int = len(ITEMS), nth: int = 0) -> dict[str, str]:
    """Answer item after item; says what was chosen, as it is stored."""
    chosen = {}
    for number in range(first, last + 1):
        item = ITEMS[number - 1]
        chosen[item.id] = " ".join(answer(visit, item, nth) or ("thought",))
        assert visit.is_at(str(number + 1) if number < len(ITEMS) else "outcome"), visit.page.url
    return chosen
