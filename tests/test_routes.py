"""Every address is listed under those who may use it, has one shape and one template, and every template is used."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.content.kinds import KINDS
from tests.attempts.forms import begin, everything, quiz, tree
from tests.checking import CheckingClient
from tests.conftest import TEST
from tests.servers import ROOT

TEMPLATES = ROOT / "app" / "templates"

# Whoever may use an endpoint. A new endpoint is put under exactly one of them, on purpose.
AUDIENCES: dict[str, set[str]] = {
    "public": {
        "static",
        "pages.root",
        "pages.home",
        "pages.about",
        "pages.accessibility",
        "pages.healthz",
        "privacy.stored",
        "attempts.quiz",
        "attempts.item",
        "attempts.respond",
        "attempts.pass_item",
        "attempts.outcome",
        "attempts.delete",
        "attempts.deleted",
        "attempts.friends",
        "attempts.counts",
        "attempts.resume",
        "attempts.resume_by_link",
        "attempts.ask_code",
        "attempts.resume_by_code",
    },
    "participant": set(),
    "learner": set(),
    "facilitator": set(),
    "coordinator": set(),
    "administrator": set(),
}
# Endpoints that are asked for with GET and answer without a page of their own.
WITHOUT_A_PAGE = {
    "static": "sends a file",
    "pages.root": "leads to the home page in the language of the browser",
    "pages.healthz": "answers a machine in one word",
    "attempts.resume_by_link": "exchanges the secret for a cookie and leads on",
}
# A sign of its own for each kind of part of an address, so that addresses can be filled in.
VALUES = {"lang": "en", "quiz_id": TEST, "number": 2, "digest": "0000000000", "name": "css/convive.css"}
PART = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*|<[a-z]+(\([^)]*\))?:[a-z_]+>")


def rules(app: Flask) -> list[Rule]:
    """List the rules of every address."""
    return list(app.url_map.iter_rules())


def get_rules(app: Flask) -> Iterator[Rule]:
    """Go through the rules that are asked for with GET."""
    return (rule for rule in rules(app) if "GET" in (rule.methods or ()))


def fill_in(app: Flask, rule: Rule, token: str = "none") -> str:
    """Write the address of a rule, with parts that exist."""
    values = {**VALUES, "token": token}
    wanted = {name: values[name] for name in rule.arguments}
    return str(app.url_map.bind("localhost").build(rule.endpoint, wanted))


@pytest.fixture
def token(client: CheckingClient) -> str:
    """Begin an attempt; the secret of its link."""
    begin(client)
    return str(tree(client.get(quiz("resume"))).find(".//input[@id='link']").get("value").rsplit("/", 1)[1])


def test_every_endpoint_is_listed_under_its_audience(app: Flask) -> None:
    listed = set().union(*AUDIENCES.values())
    there = {rule.endpoint for rule in rules(app)}
    assert there - listed == set(), "say who may use these"
    assert listed - there == set(), "these are gone"


def test_no_endpoint_is_listed_twice() -> None:
    counted = Counter(endpoint for endpoints in AUDIENCES.values() for endpoint in endpoints)
    assert [endpoint for endpoint, times in counted.items() if times > 1] == []


def test_addresses_are_small_words_with_hyphens_and_typed_parts(app: Flask) -> None:
    odd = [rule.rule for rule in rules(app) if not all(PART.fullmatch(each) for each in rule.rule.split("/") if each)]
    assert odd == []


def test_every_page_names_its_language_in_its_address(app: Flask) -> None:
    without = {rule.endpoint for rule in rules(app) if not rule.rule.startswith("/<lang:lang>/")}
    assert without == {"static", "pages.root", "pages.healthz"}


def test_every_form_has_an_address_and_an_action_of_its_own(app: Flask) -> None:
    mixed = [rule.rule for rule in rules(app) if len({"GET", "POST"} & (rule.methods or set())) != 1]
    assert mixed == []
    endpoints = Counter(rule.endpoint for rule in rules(app))
    assert [endpoint for endpoint, times in endpoints.items() if times > 1] == []
    shared = Counter(app.view_functions[rule.endpoint] for rule in rules(app))
    assert [view.__name__ for view, times in shared.items() if times > 1] == []


def test_nothing_but_looking_and_sending_forms_is_offered(app: Flask) -> None:
    methods = set().union(*(rule.methods or set() for rule in rules(app)))
    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}


def test_every_page_is_the_template_of_its_endpoint(app: Flask, client: CheckingClient, token: str) -> None:
    wrong = {}
    for rule in get_rules(app):
        rendered: list[str] = []

        def note(_app: Flask, template: object, seen: list[str] = rendered, **_more: object) -> None:
            seen.append(template.name)

        with template_rendered.connected_to(note, app):
            page = client.get(fill_in(app, rule, token))
        pages = {name for name in rendered if not name.startswith("layouts/")}
        expected = f"{rule.endpoint.replace('.', '/')}.html"
        if rule.endpoint in WITHOUT_A_PAGE:
            expected = "errors/error.html" if page.status_code == 404 else None
        if pages != ({expected} if expected else set()):
            wrong[rule.endpoint] = (expected, pages)
    assert wrong == {}


def test_what_is_said_to_have_no_page_is_still_there(app: Flask) -> None:
    assert set(WITHOUT_A_PAGE) <= {rule.endpoint for rule in get_rules(app)}


def test_looking_at_any_page_writes_nothing(app: Flask, client: CheckingClient, token: str) -> None:
    before = everything(app)
    for rule in get_rules(app):
        client.get(fill_in(app, rule, token))
        FlaskClient(app).head(fill_in(app, rule, token))
        assert everything(app) == before, rule.rule


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_no_address_takes_any_other_method(app: Flask, client: CheckingClient, token: str, method: str) -> None:
    before = everything(app)
    answers = {rule.rule: client.open(fill_in(app, rule, token), method=method).status_code for rule in rules(app)}
    assert set(answers.values()) == {405}, answers
    assert everything(app) == before


def names_in_python() -> set[str]:
    """Find every text in the code that names a template."""
    found = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html"):
                found.add(node.value)
    return found - {".html"}


def names_in_templates() -> set[str]:
    """Find every template that another one is made of."""
    found = set()
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"{%-?\s*(?:extends|include|import|from)\s+\"([^\"~]+\.html)\"", text))
        found |= set(re.findall(r"\bpart\(\"([^\"]+\.html)\"", text))
        if '"kinds/" ~' in text:
            found |= {f"kinds/{kind}.html" for kind in KINDS}
    return found


def existing() -> set[str]:
    """List the templates there are."""
    return {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()}


def test_every_template_is_used_and_every_used_one_is_there() -> None:
    used = names_in_python() | names_in_templates()
    assert existing() - used == set(), "nothing uses these"
    assert used - existing() == set(), "these are not there"


def test_every_kind_of_item_has_exactly_one_template() -> None:
    assert {Path(name).stem for name in existing() if name.startswith("kinds/")} == set(KINDS)
