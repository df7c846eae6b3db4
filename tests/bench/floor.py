"""The floor: the smallest Flask program that does the same physical work as the product, to measure against.

It reads one row from SQLite and renders a page of the product's size with Jinja, or stores one response durably and
idempotently. No languages, no tokens, no content, no rights: what the product costs beyond this is the product.
"""

import gzip
import json
import os
import sqlite3
import threading
from pathlib import Path

from flask import Flask, Response, redirect, render_template, request
from jinja2 import DictLoader

FOLDER = Path(os.environ.get("FLOOR_DIR", "."))
LEVEL = int(os.environ.get("FLOOR_LEVEL", "4"))
PAGE = """\
<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>{{ page.title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><header><nav aria-label="Pages"><ul>
{% for link in page.links %}
<li><a href="{{ link.address }}">{{ link.text }}</a></li>
{% endfor %}
</ul></nav></header>
<main id="main"><h1>{{ page.title }}</h1>
{% for paragraph in page.paragraphs %}
<p>{{ paragraph }}</p>
{% endfor %}
<form method="post" action="/pages/{{ number }}">
<input type="hidden" name="token" value="{{ token }}">
<ul>
{% for choice in page.choices %}
<li><button name="choice" value="{{ choice.id }}"{{ " class=chosen" if choice.id == chosen }}>{{ choice.text }}</button>
</li>
{% endfor %}
</ul></form></main>
{{ page.drawings|safe }}
</body></html>
"""
TABLE = """
create table if not exists response (
  attempt integer not null, item text not null, choice text, primary key (attempt, item)
)
"""
STORE = "insert into response values (?, ?, ?) on conflict (attempt, item) do update set choice = excluded.choice"
FIND = "select choice from response where attempt = ? and item = ?"

app = Flask(__name__)
app.jinja_loader = DictLoader({"page.html": PAGE})
local = threading.local()
pages: list[dict[str, object]] = []
if (FOLDER / "pages.json").exists():
    pages = json.loads((FOLDER / "pages.json").read_text())


def database() -> sqlite3.Connection:
    """Take this thread's connection: durable, and safe beside other writers."""
    if not hasattr(local, "connection"):
        connection = sqlite3.connect(FOLDER / "floor.sqlite3", timeout=10, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "cache_size=-16000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(TABLE)
        local.connection = connection
    return local.connection


def render(number: int, page: dict[str, object], token: str, chosen: str | None) -> str:
    """Render one page."""
    return render_template("page.html", page=page, number=number, token=token, chosen=chosen)


def page_response(number: int, token: str) -> Response:
    """Read one row, render a page, and pack it where that is welcome."""
    row = database().execute(FIND, (int(token), f"item-{number}")).fetchone()
    response = Response(render(number, pages[number - 1], token, row[0] if row else None), mimetype="text/html")
    if request.accept_encodings["gzip"]:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def store(number: int) -> None:
    """Store what was chosen, durably; the same again changes nothing."""
    connection = database()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(STORE, (int(request.form["token"]), f"item-{number}", " ".join(request.form.getlist("choice"))))
    connection.execute("COMMIT")


@app.get("/pages/<int:number>")
def show(number: int) -> Response:
    """Show a page."""
    return page_response(number, request.cookies.get("attempt", "0"))


@app.post("/pages/<int:number>")
def respond(number: int) -> Response:
    """Store a response, and lead on."""
    store(number)
    return redirect(f"/pages/{number + 1}", 303)


@app.post("/pages/<int:number>/next")
def respond_with_page(number: int) -> Response:
    """Store a response, and answer with the next page at once."""
    store(number)
    return page_response(number + 1, request.form["token"])
