"""The rules of the house that no linter holds: sizes, names, words, and what each file may touch."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.servers import ROOT

APP = ROOT / "app"
FILES = [ROOT / "wsgi.py", *sorted(path for path in APP.rglob("*.py") if "migrations" not in path.parts)]
MARKUP = sorted(path for path in (APP / "templates").rglob("*") if path.is_file())
STYLES = sorted((ROOT / "static").rglob("*.css"))
LANGUAGES = yaml.safe_load((ROOT / "translations" / "languages.yaml").read_text("utf-8"))["languages"]
CODES = "|".join(sorted({re.escape(each[key]) for each in LANGUAGES for key in ("code", "locale")}))

EMPTY_NAMES = {"utils", "helpers", "common", "misc", "base", "core", "manager", "service"}
WEB = {"flask", "flask_babel", "flask_login", "flask_wtf", "jinja2", "markupsafe", "werkzeug", "wtforms"}
DATABASE = {"alembic", "flask_migrate", "flask_sqlalchemy", "psycopg", "sqlalchemy", "sqlite3"}
SESSION = {"db", "insert", "connection", "count_changed", "commit", "rollback", "release"}
# What talks HTTP beside `*views`, `forms` and `fields`, and why.
MAY_TOUCH_WEB = {
    "wsgi.py": "hands the application over",
    "app/__init__.py": "wires the application",
    "app/access.py": "refuses requests",
    "app/assets.py": "sends files",
    "app/config.py": "hands the settings to Flask",
    "app/drawing.py": "gives templates what they draw with",
    "app/error_pages.py": "makes pages of errors",
    "app/extensions.py": "commits a request",
    "app/headers.py": "finishes responses",
    "app/i18n.py": "reads the language of a request",
    "app/library.py": "hands the catalogue to views",
    "app/logs.py": "writes a line for a request",
}
# What talks to the database beside `models`, `*queries`, and why.
MAY_TOUCH_DATABASE = {
    "app/access.py": "counts tries in a transaction of their own",
    "app/error_pages.py": "knows the errors of a database that does not answer",
    "app/extensions.py": "makes the engine and commits",
    "app/privacy/retention.py": "commits what was forgotten",
    "app/privacy/schema.py": "reads the names of tables and columns",
}
COMMANDS = "app/cli/"  # a command is a request of its own: it reads, writes, commits and tells


def name_of(path: Path) -> str:
    """Write a path as it is shown."""
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(path.read_text("utf-8"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Go through every function and method."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def found(path: Path, nodes: Iterator[ast.AST]) -> list[str]:
    """Write where something was found."""
    return [f"{name_of(path)}:{node.lineno}" for node in nodes]


@pytest.fixture(params=FILES, ids=name_of)
def path(request: pytest.FixtureRequest) -> Path:
    """One file of the product after the other."""
    return Path(request.param)


def test_a_file_has_250_lines_at_most(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 250


def test_a_function_has_30_lines_at_most(path: Path) -> None:
    long = (each for each in functions(read(path)) if (each.end_lineno or 0) - each.lineno >= 30)
    assert found(path, long) == []


def test_a_view_has_20_lines_at_most(path: Path) -> None:
    views = (each for each in functions(read(path)) if path.stem.endswith("views") and each.decorator_list)
    assert found(path, (each for each in views if (each.end_lineno or 0) - each.lineno >= 20)) == []


def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    inside = (
        node
        for function in functions(read(path))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    )
    assert found(path, inside) == []


def test_no_except_catches_everything(path: Path) -> None:
    def is_broad(kind: ast.expr | None) -> bool:
        if isinstance(kind, ast.Tuple):
            return any(is_broad(each) for each in kind.elts)
        return kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"})

    handlers = (node for node in ast.walk(read(path)) if isinstance(node, ast.ExceptHandler) and is_broad(node.type))
    assert found(path, handlers) == []


def test_nothing_is_printed(path: Path) -> None:
    calls = (node for node in ast.walk(read(path)) if isinstance(node, ast.Call))
    assert found(path, (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print")) == []


def test_nothing_is_left_to_do_and_no_rule_is_switched_off(path: Path) -> None:
    asides = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|#\s*(noqa|type:\s*ignore|pragma|pylint|mypy|ruff|fmt|nosec)", re.I)
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
    comments = [token for token in tokens if token.type == tokenize.COMMENT and asides.search(token.string)]
    assert [f"{name_of(path)}:{token.start[0]} {token.string}" for token in comments] == []


def test_every_signature_has_its_types(path: Path) -> None:
    def is_bare(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        spec = function.args
        every = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, *filter(None, (spec.vararg, spec.kwarg))]
        untyped = [each for each in every if each.annotation is None and each.arg not in {"self", "cls"}]
        return bool(untyped) or function.returns is None

    assert found(path, (each for each in functions(read(path)) if is_bare(each))) == []


def public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Go through the public functions, classes and methods of a file or a class."""
    for node in body:
        named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if named and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def test_every_public_name_says_what_it_is(path: Path) -> None:
    tree = read(path)
    assert ast.get_docstring(tree), "the file itself"
    assert found(path, (each for each in public(tree.body) if not ast.get_docstring(each))) == []


def test_a_module_is_named_after_what_it_holds(path: Path) -> None:
    assert EMPTY_NAMES & {path.stem, *path.relative_to(ROOT).parts[:-1]} == set()


def imported(path: Path) -> set[str]:
    """List the packages that a file imports, at any depth."""
    names = set()
    for node in ast.walk(read(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def touches_database(path: Path) -> bool:
    """Tell whether a file imports a database package, or takes the connection from our own extensions."""
    taken = {
        alias.name
        for node in ast.walk(read(path))
        if isinstance(node, ast.ImportFrom) and node.module == "app.extensions"
        for alias in node.names
    }
    return bool(imported(path) & DATABASE or taken & SESSION)


def test_only_views_forms_and_the_plumbing_talk_http(path: Path) -> None:
    name = name_of(path)
    if imported(path) & WEB:
        named = path.stem.endswith("views") or path.stem in {"forms", "fields"}
        assert named or name in MAY_TOUCH_WEB or name.startswith(COMMANDS)


def test_only_models_queries_and_the_plumbing_talk_to_the_database(path: Path) -> None:
    name = name_of(path)
    if touches_database(path):
        named = path.stem == "models" or path.stem.endswith("queries")
        assert named or name in MAY_TOUCH_DATABASE or name.startswith(COMMANDS)


def test_no_file_is_excused_that_no_longer_needs_it() -> None:
    web = {name_of(path) for path in FILES if imported(path) & WEB} | {"wsgi.py"}
    database = {name_of(path) for path in FILES if touches_database(path)}
    assert set(MAY_TOUCH_WEB) - web == set()
    assert set(MAY_TOUCH_DATABASE) - database == set()


def test_a_file_that_talks_to_the_database_does_not_talk_http(path: Path) -> None:
    if path.stem == "models" or path.stem.endswith("queries"):
        assert imported(path) & WEB == set()


def test_no_code_names_a_language(path: Path) -> None:
    named = re.compile(
        rf"(?:.*/)?(?:{CODES})(?:/.*)?|[\s\S]*\b(?:lang|language|locale)\b[\"']?\s*[:=]\s*[\"']?(?:{CODES})\b[\s\S]*"
    )
    texts = (node for node in ast.walk(read(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    assert found(path, (node for node in texts if named.fullmatch(node.value))) == []


@pytest.mark.parametrize("template", MARKUP, ids=name_of)
def test_no_template_names_a_language(template: Path) -> None:
    text = template.read_text("utf-8")
    assert re.findall(rf"[\"'](?:{CODES})[\"']|/(?:{CODES})/", text) == []


@pytest.mark.parametrize("sheet", STYLES, ids=name_of)
def test_no_style_knows_left_from_right(sheet: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    physical = re.findall(r"[^\s;{]*\b(?:left|right)\b[^;}]*", rules)
    assert physical == []


def test_there_is_a_style_to_check() -> None:
    assert STYLES


KERNEL = """
import importlib, pathlib, sys, types

root = pathlib.Path("app").resolve()
package = types.ModuleType("app")  # without running app/__init__.py, which wires the web
package.__path__ = [str(root)]
sys.modules["app"] = package
files = [root / "cloth.py", root / "errors.py", *root.glob("content/**/*.py"), *root.glob("assessment/**/*.py")]
for path in files:
    parts = path.relative_to(root.parent).with_suffix("").parts
    importlib.import_module(".".join(part for part in parts if part != "__init__"))
impure = {"flask", "flask_babel", "flask_sqlalchemy", "sqlalchemy", "jinja2", "werkzeug", "wtforms", "sqlite3"}
print(len(files), *sorted(impure & {name.split(".")[0] for name in sys.modules}))
"""


def test_content_and_assessment_load_without_web_and_database() -> None:
    answer = subprocess.run([sys.executable, "-c", KERNEL], cwd=ROOT, capture_output=True, text=True, check=True)
    how_many, *impure = answer.stdout.split()
    assert int(how_many) > 20
    assert impure == []
