"""Logs that name nobody: the route's pattern and what came of it; never a path, a query, a referrer or an address."""

import logging
import re
import sys
import time
from typing import Any

from flask import Flask, Response, g, request

log = logging.getLogger("convive")
_V4 = r"\d{1,3}(?:\.\d{1,3}){3}"
_ADDRESS = re.compile(rf"\[?(?:[0-9a-fA-F]{{0,4}}:){{2,7}}(?:{_V4}|[0-9a-fA-F]{{0,4}})\]?|\b{_V4}\b")
_REQUEST = re.compile(r"(?<=: )['\"].*|'[^']*'|\"[^\"]*\"|(?<=request )/\S*", re.DOTALL)


class WithoutAddresses(logging.Filter):
    """Takes network addresses and requests out of what the web server writes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record's message."""
        message = _REQUEST.sub("(left out)", record.getMessage())
        record.msg, record.args = _ADDRESS.sub("(address)", message), None
        return True


class QuietFlask(Flask):
    """A Flask that writes the pattern of a failed request, not its path."""

    def log_exception(self, exc_info: Any) -> None:
        """Write what failed, and where."""
        log.error("%s %s failed", request.method, _pattern(), exc_info=exc_info)


def init_app(app: Flask) -> None:
    """Write a line for each request."""
    if not log.handlers:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False
    app.before_request(_start)
    app.after_request(_write)


def _start() -> None:
    g.started = time.perf_counter()


def _write(response: Response) -> Response:
    spent = 1000 * (time.perf_counter() - g.get("started", time.perf_counter()))
    log.info("%s %s %d %.1f ms", request.method, _pattern(), response.status_code, spent)
    return response


def _pattern() -> str:
    return request.url_rule.rule if request.url_rule else "(no route)"
