"""A new kind of item is one module, one template, one line in the table, and one bundle that shows it.

The recipe is followed in a copy of the product, which then serves and stores the new kind.
"""

import difflib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.content.folders import ROOT

MODULE = '''\
"""Two of several: no more, no less."""

from app.content.kinds.kind import Chosen, Kind, reflection_of_first, reflection_per_choice
from app.content.model import Item
from app.errors import Incomplete, Invalid


def parse_two(item: Item, values: list[str]) -> Chosen:
    """Take the two choices that were ticked, in the item's own order."""
    if not set(values) <= set(item.choice_ids):
        raise Invalid("unknown-choice")
    if len(set(values)) != 2:
        raise Incomplete("choose-some")
    return tuple(each for each in item.choice_ids if each in values)


KIND = Kind("pair", parse_two, reflection_of_first, reflection_per_choice, choices=range(3, 7))
'''

TEMPLATE = """\
<ul class="choices" aria-labelledby="item">
{% for choice in page.item.choices %}
<li><label class="choice tick">
<input type="checkbox" name="choice" value="{{ choice.id }}"
{{ ' checked' if page.chosen and choice.id in page.chosen }}>
<span>{{ page.shown.words.choices[choice.id] }}</span>
</label></li>
{% endfor %}
</ul>
<p><button class="btn">{{ _("These, and go on") }}</button></p>
"""

# Takes the new kind's item as a citizen does, and says what the pages showed and what was stored.
VISIT = """\
import json, re, sys
from flask_migrate import upgrade
from sqlalchemy import text
from app import create_app
from app.extensions import db, writes

app = create_app()
with app.app_context():
    writes.set(True)
    upgrade()
    writes.set(False)
client = app.test_client()
page = client.get("/en/quizzes/kind-pair/").get_data(as_text=True)
token = re.search(r'name="token" value="([^"]+)"', page).group(1)
address = "/en/quizzes/kind-pair/1/response"
one = client.post(address, data={"token": token, "choice": ["ask"]})
two = client.post(address, data={"token": token, "choice": ["greet", "ask"]})
outcome = client.get("/en/quizzes/kind-pair/outcome").get_data(as_text=True)
again = client.get("/en/quizzes/kind-pair/1").get_data(as_text=True)
with app.app_context():
    rows = db.session.execute(text("select item_id, choices from item_response")).all()
print(json.dumps({
    "where": sys.modules["app"].__file__,
    "boxes": page.count('type="checkbox"'),
    "one": one.status_code,
    "two": two.status_code,
    "stored": [list(row) for row in rows],
    "answer": "answered by the first of two" in outcome,
    "ticked": again.count(" checked"),
}))
"""

REFLECTION = (
    "This is answered by the first of two. Somebody at the next table may begin with a question instead, and somebody"
    " else may wait a while. Both ways lead to the same bench. Which of the two would you like to try this week?"
)
TABLE = Path("app/content/kinds/__init__.py")


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product."""
    folder = tmp_path_factory.mktemp("product")
    for name in ("app", "translations", "static", "quizzes"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(ROOT / "wsgi.py", folder)
    return folder


def every_file(folder: Path) -> dict[Path, str]:
    """Hash every file, but for what was made of it."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def follow_the_recipe(product: Path) -> None:
    """Add the kind `pair`, and a bundle for it."""
    (product / "app/content/kinds/pair.py").write_text(MODULE, "utf-8")
    (product / "app/templates/kinds/pair.html").write_text(TEMPLATE, "utf-8")
    table = product / TABLE
    text = table.read_text("utf-8").replace("    ordering,\n", "    ordering,\n    pair,\n")
    table.write_text(text.replace(" ordering, reflection,", " ordering, pair, reflection,"), "utf-8")
    shown = shutil.copytree(ROOT / "tests/bundles/good/kind-ordering", product / "quizzes/kind-pair")
    structure, words = shown / "bundle.yaml", shown / "en/text.yaml"
    structure.write_text(structure.read_text("utf-8").replace("ordering", "pair"), "utf-8")
    lines = words.read_text("utf-8").splitlines()
    answer = next(number for number, line in enumerate(lines) if line.startswith("      ask: You began"))
    lines[answer] = f"      ask: {REFLECTION}"
    words.write_text("\n".join(lines) + "\n", "utf-8")


def run(product: Path, data: Path, *command: str) -> str:
    """Run something in the copy, with the copy alone to import from."""
    data.mkdir(exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FLASK"))}
    environment |= {"DATA_DIR": str(data), "SECRET_KEY": "a-secret-that-is-long-enough-for-tests", "FLASK_APP": "wsgi"}
    done = subprocess.run(
        [sys.executable, *command], cwd=product, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_ninth_kind_is_two_new_files_and_one_line_and_is_served_and_stored(product: Path, tmp_path: Path) -> None:
    before, table = every_file(product), (product / TABLE).read_text("utf-8")
    follow_the_recipe(product)
    after = every_file(product)
    bundle = {Path("quizzes/kind-pair/bundle.yaml"), Path("quizzes/kind-pair/en/text.yaml")}
    assert set(after) - set(before) - bundle == {
        Path("app/content/kinds/pair.py"),
        Path("app/templates/kinds/pair.html"),
    }
    assert [path for path in before if before[path] != after[path]] == [TABLE]
    changes = difflib.ndiff(table.splitlines(), (product / TABLE).read_text("utf-8").splitlines())
    assert "+     pair," in list(changes)
    seen = json.loads(run(product, tmp_path / "data", "-c", VISIT).splitlines()[-1])
    assert Path(seen.pop("where")).is_relative_to(product)
    assert seen == {
        "boxes": 3,
        "one": 422,
        "two": 303,
        "stored": [["bench", "ask greet"]],
        "answer": True,
        "ticked": 2,
    }
    checked = run(product, tmp_path / "data", "-m", "flask", "content", "check")
    assert "kind-pair" not in checked
    assert " 0 errors" in checked
