"""A test client for which every page is checked: strict HTML5, one h1, language, labels, security headers."""

import re
from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
)


class CheckingClient(FlaskClient):
    """Fetches pages as a browser without scripts would, and refuses those that are not whole."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch, then check what came."""
        response = super().open(*args, **kwargs)
        check_headers(response)
        has_body = response.request.method not in {"HEAD", "OPTIONS"} and "Content-Encoding" not in response.headers
        if has_body and response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            check_page(response.get_data(as_text=True))
        return response


def check_headers(response: TestResponse) -> None:
    """Refuse a response without the security headers."""
    missing = [name for name in HEADERS if name not in response.headers]
    assert not missing, f"no {', '.join(missing)}"
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def parse(text: str) -> Any:
    """Parse strictly as HTML5, without namespaces."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def check_page(text: str) -> None:
    """Refuse a page that is not well formed, not named, not labelled, or not free of inline code."""
    root = parse(text)
    assert root.get("lang"), "no language"
    assert root.get("dir") in {"ltr", "rtl"}
    headings = root.findall(".//h1")
    assert len(headings) == 1, f"{len(headings)} main headings"
    assert "".join(root.find(".//title").itertext()).strip(" ·"), "no title"
    assert not re.search(r"\son\w+=|\sstyle=|javascript:", text), "inline code or style"
    for script in root.findall(".//script"):
        assert script.get("src"), "a script inside the page"
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    _check_forms(root)


def _check_forms(root: Any) -> None:
    labelled = {label.get("for") for label in root.findall(".//label")}
    inside = {id(field) for label in root.findall(".//label") for field in label.iter()}
    for form in root.findall(".//form"):
        assert form.get("action"), "a form without an address"
    for tag in ("input", "select", "textarea"):
        for field in root.findall(f".//{tag}"):
            named = field.get("id") in labelled or id(field) in inside or field.get("aria-label")
            assert named or field.get("type") == "hidden", f"a field without a label: {field.get('name')}"
