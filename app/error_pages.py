"""Domain and HTTP errors become pages in the reader's language, once."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask.globals import request_ctx
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from app.errors import DomainError, Incomplete, Invalid, NotAllowed, NotFound, TooMany
from app.extensions import release
from app.logs import log

STATUS: dict[type[DomainError], int] = {NotFound: 404, NotAllowed: 403, Invalid: 400, Incomplete: 422, TooMany: 429}


@dataclass(frozen=True)
class Told:
    """What an error page says, and what one can do."""

    title: Any
    text: Any


TOLD = {
    400: Told(
        _l("This could not be read"),
        _l("Something in the address or in the form got bent on its way. Nothing was changed. Go back and try again."),
    ),
    403: Told(
        _l("This door does not open from here"),
        _l("The form came from another place than our own pages, so it was left alone. Nothing was changed."),
    ),
    404: Told(
        _l("There is no page at this address"),
        _l("It may have moved, or a letter got lost on the way."),
    ),
    405: Told(
        _l("This address works another way"),
        _l("The page is there, but it cannot be asked in this way. Nothing was changed. Begin from the first page."),
    ),
    413: Told(
        _l("That is more than this page can carry"),
        _l("What was sent is too large. Nothing was changed."),
    ),
    422: Told(_l("A choice is still missing"), _l("Go back and choose, or pass this one.")),
    429: Told(
        _l("There was a lot of knocking from here"),
        _l("Too many codes were tried in this hour. Try again in an hour; what is stored is safe."),
    ),
    500: Told(
        _l("Something broke on our side"),
        _l("It is not your doing. What was stored before is safe; your last step may be missing. Try again soon."),
    ),
    503: Told(
        _l("The house is full for a moment"),
        _l("Wait half a minute, then try again. What you have done so far is safe."),
    ),
}
BUSY = (OperationalError, PoolTimeout)
REASONS = {
    "attempt": Told(
        _l("These responses are no longer here"),
        _l("They were deleted, or 90 days have passed since your last choice. You can begin afresh whenever you like."),
    ),
    "token": Told(
        _l("This page is too old to go on with"),
        _l("Open the test again and go on from there. What was stored before is still safe."),
    ),
    "unknown-choice": Told(
        _l("This is not one of the choices"),
        _l("What was sent does not belong to this question. Nothing was changed. Go back and choose again."),
    ),
}


def init_app(app: Flask) -> None:
    """Show a page for every error."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(HTTPException, _http)
    for busy in BUSY:
        app.register_error_handler(busy, _unavailable)


def _domain(error: DomainError) -> Response:
    response = _page(STATUS[type(error)], REASONS.get(error.reason))
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _http(error: HTTPException) -> Response | HTTPException:
    code = error.code or 0
    if code < 400:
        return error
    if isinstance(getattr(error, "original_exception", None), BUSY):
        return _unavailable(error)
    response = _page(code if code in TOLD else code // 100 * 100, None)
    response.headers.extend((name, value) for name, value in error.get_headers(request.environ) if name == "Allow")
    return response


def _unavailable(error: Exception) -> Response:
    cause = getattr(error, "original_exception", None) or error
    log.error("the database did not answer: %s", getattr(cause, "orig", None) or type(cause).__name__)
    response = _page(503, None)
    response.headers["Retry-After"] = "30"
    return response


def _page(code: int, told: Told | None) -> Response:
    """Render an error page; it reads neither the database nor the session."""
    if code >= 500:
        g.is_finished = True
        release()
    if request_ctx.url_adapter is None:  # a foreign host name: links are made without any
        request_ctx.url_adapter = current_app.url_map.bind("localhost")
    told = told or TOLD[code]
    response = make_response(render_template("errors/error.html", told=told, code=code), code)
    if code in {429, 503}:
        response.headers.setdefault("Retry-After", "30")
    return response
