"""Forms of the journey, filled as somebody without scripts would, and what the database then holds."""

import secrets
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.attempts.tokens import Tokens
from app.cli.work import work_once
from app.extensions import Base, db, writes
from tests.checking import CheckingClient, parse
from tests.conftest import SECRET, TEST

COOKIE = f"attempt-{TEST}"
ITEMS = 18


def quiz(rest: str = "", language: str = "en") -> str:
    """Write an address below the quiz."""
    return f"/{language}/quizzes/{TEST}/{rest}"


def tree(page: TestResponse) -> Any:
    """Parse the page that came."""
    return parse(page.get_data(as_text=True))


def text_of(page: TestResponse) -> str:
    """Read the words of a page, as one line."""
    return " ".join("".join(tree(page).find("body").itertext()).split())


def form_of(text: str) -> tuple[str, dict[str, list[str]]]:
    """Fill the item form of a page: its address, and the least that one can choose."""
    form = next(each for each in parse(text).findall(".//form") if "/response" in each.get("action", ""))
    fields: dict[str, list[str]] = {"token": [form.find(".//input[@name='token']").get("value")]}
    buttons = [each.get("value") for each in form.findall(".//button[@name='choice']")]
    boxes = [each.get("value") for each in form.findall(".//input[@type='checkbox']")]
    selects = form.findall(".//select")
    if selects:
        values = [option.get("value") for option in selects[0].findall("option") if option.get("value")]
        fields["choice"] = values
    elif buttons or boxes:
        fields["choice"] = (buttons or boxes)[:1]
    return form.get("action"), fields


def token_of(page: TestResponse) -> str:
    """Take the token out of the form of a page."""
    return str(tree(page).find(".//input[@name='token']").get("value"))


def fresh_token() -> str:
    """Make the token that the form of somebody new carries."""
    return Tokens(SECRET, TEST).fresh(secrets.token_bytes(16))


def send(client: CheckingClient, number: int, token: str, *choices: str, query: str = "") -> TestResponse:
    """Send the form of an item."""
    return client.post(quiz(f"{number}/response{query}"), data={"token": token, "choice": list(choices)})


def choose(client: CheckingClient, number: int, *choices: str) -> TestResponse:
    """Open an item, choose, and send its form."""
    return send(client, number, token_of(client.get(quiz(str(number)))), *choices)


def pass_by(client: CheckingClient, number: int) -> TestResponse:
    """Open an item, and pass it."""
    return client.post(quiz(f"{number}/pass"), data={"token": token_of(client.get(quiz(str(number))))})


def begin(client: CheckingClient) -> str:
    """Choose in item 1, as everybody begins; says the token that later forms carry."""
    assert choose(client, 1, "coffee").status_code == 303
    return token_of(client.get(quiz("2")))


def answer_all(client: CheckingClient) -> TestResponse:
    """Go through the whole quiz with the least one can choose; says what the last page was."""
    page = client.get(quiz())
    for _ in range(ITEMS):
        address, fields = form_of(page.get_data(as_text=True))
        page = client.post(address, data=fields, follow_redirects=True)
    return page


def delete(client: CheckingClient) -> TestResponse:
    """Press «Delete my responses» on the outcome."""
    return client.post(quiz("delete"), data={"token": token_of(client.get(quiz("outcome")))})


def many_attempts(app: Flask, how_many: int, **choices: tuple[str, ...]) -> None:
    """Let so many people choose the same in the same items: `item_2=("ask",)`; an empty tuple passes the item."""
    for _ in range(how_many):
        person, token = app.test_client(), fresh_token()
        for name, chosen in choices.items():
            number = int(name.removeprefix("item_"))
            if chosen:
                sent = send(person, number, token, *chosen)
            else:
                sent = person.post(quiz(f"{number}/pass"), data={"token": token})
            assert sent.status_code == 303


def work(app: Flask) -> None:
    """Let the helper do once what is due: forget what is old, publish counts."""
    with app.app_context():
        work_once()
    writes.set(False)


def rows(app: Flask, table: str) -> list[dict[str, Any]]:
    """Read all rows of a table."""
    with app.app_context():
        return [dict(row) for row in db.session.execute(select(Base.metadata.tables[table])).mappings()]


def stored_responses(app: Flask) -> dict[tuple[int, str], str | None]:
    """Read what is stored of every attempt: the choices by attempt and item."""
    return {(row["attempt_id"], row["item_id"]): row["choices"] for row in rows(app, "item_response")}


def everything(app: Flask, *, but: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Read every row of every table, to compare before with after."""
    names = [table.name for table in Base.metadata.sorted_tables if table.name not in but]
    return {name: sorted(repr(row) for row in rows(app, name)) for name in names}


def change(app: Flask, statement: Any) -> None:
    """Change rows behind the pages' back, as a backup, a new version or an old installation might."""
    with app.app_context():
        writes.set(True)
        db.session.execute(statement)
        db.session.commit()
    writes.set(False)
