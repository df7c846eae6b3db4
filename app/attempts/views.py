"""A citizen takes a quiz alone: one item per page, the outcome at the end."""

import secrets
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.assessment import navigation
from app.attempts import presenting, queries
from app.attempts.tokens import Begun, Fresh, Tokens
from app.content.kinds import KINDS
from app.content.loader import Bundle
from app.content.model import Item
from app.errors import Incomplete, Invalid, NotFound
from app.i18n import page_language, public_address
from app.library import get_bundle

blueprint = Blueprint("attempts", __name__)
KEPT_FOR = 90 * 24 * 3600  # seconds


def tokens_of(quiz_id: str) -> Tokens:
    """Sign and read the tokens of a quiz."""
    return _tokens(current_app.config["SECRET_KEY"], quiz_id)


_tokens = lru_cache(maxsize=1024)(Tokens)


def find_own_attempt(quiz_id: str) -> queries.Kept | None:
    """Find the attempt that this browser's cookie names."""
    token = tokens_of(quiz_id).read(request.cookies.get(f"attempt-{quiz_id}", ""))
    return queries.find_attempt(token, quiz_id) if isinstance(token, Begun) else None


def set_attempt_cookie(response: AnyResponse, quiz_id: str, begun: Begun) -> AnyResponse:
    """Let this browser find its attempt again."""
    value = tokens_of(quiz_id).begun(begun)
    name = f"attempt-{quiz_id}"
    response.set_cookie(name, value, KEPT_FOR, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


@blueprint.get("/<lang:lang>/quizzes/<id:quiz_id>/")
def quiz(quiz_id: str) -> str:
    """Show what the quiz is, and item 1 already."""
    bundle = get_bundle(quiz_id)
    attempt = find_own_attempt(quiz_id)
    if attempt and request.args.get("afresh") == str(attempt.id):
        attempt = None  # it is left behind; once another has begun, Back to this address shows that one
    return _item_page("attempts/quiz.html", bundle, 1, _going(quiz_id, attempt))


@blueprint.get("/<lang:lang>/quizzes/<id:quiz_id>/<int:number>")
def item(quiz_id: str, number: int) -> str:
    """Show one item, under the reflection on the one before."""
    bundle = get_bundle(quiz_id)
    return _item_page("attempts/item.html", bundle, number, _going(quiz_id, find_own_attempt(quiz_id)))


def own_token(quiz_id: str, attempt: queries.Kept) -> str:
    """Sign the token that this attempt's forms carry."""
    return tokens_of(quiz_id).begun(attempt.begun)


@dataclass(frozen=True)
class Going:
    """What an item page goes on from: the attempt, if it has begun, the token of its form, what was sent with it."""

    attempt: queries.Kept | None
    token: str
    given: tuple[str, ...] = ()


def _going(quiz_id: str, attempt: queries.Kept | None) -> Going:
    fresh = tokens_of(quiz_id).fresh(secrets.token_bytes(16))
    return Going(attempt, own_token(quiz_id, attempt) if attempt else fresh)


def _item_page(template: str, bundle: Bundle, number: int, going: Going, error: str = "") -> str:
    responses = going.attempt.responses if going.attempt else {}
    page = presenting.item_page(bundle, number, responses, presenting.Reader(page_language(), g.plain))
    if going.attempt is None:
        g.caching = "private, no-cache"  # Back after a lost line finds the same page, with the same token
    if error:
        page = replace(page, chosen=going.given or page.chosen, is_asked_again=True)
    return render_template(template, page=page, token=going.token, error=error, attempt=going.attempt)


@blueprint.post("/<lang:lang>/quizzes/<id:quiz_id>/<int:number>/response")
def respond(quiz_id: str, number: int) -> AnyResponse | tuple[str, int]:
    """Store what was chosen, and go on."""
    bundle = get_bundle(quiz_id)
    item = navigation.get_item(bundle.quiz, number)
    token = _read_token(quiz_id)
    try:
        chosen = KINDS[item.kind].parse(item, request.form.getlist("choice"))
    except Incomplete as error:
        return _ask_again(bundle, number, token, error.reason)
    return _store(bundle, item, token, chosen)


@blueprint.post("/<lang:lang>/quizzes/<id:quiz_id>/<int:number>/pass")
def pass_item(quiz_id: str, number: int) -> AnyResponse:
    """Store that the item was passed, and go on."""
    bundle = get_bundle(quiz_id)
    item = navigation.get_item(bundle.quiz, number)
    return _store(bundle, item, _read_token(quiz_id), None)


def _store(bundle: Bundle, item: Item, token: Fresh | Begun, chosen: queries.Chosen) -> AnyResponse:
    secret = current_app.config["SECRET_KEY"]
    begun = queries.save_response(token, secret, bundle.quiz.id, item.id, chosen)
    following = navigation.next_number(bundle.quiz, bundle.quiz.number_of(item.id))
    anchor = "echo" if chosen is not None else "item"
    if following is None:
        target = url_for(".outcome", quiz_id=bundle.quiz.id, _anchor=anchor)
    else:
        target = url_for(".item", quiz_id=bundle.quiz.id, number=following, _anchor=anchor)
    return set_attempt_cookie(redirect(target, 303), bundle.quiz.id, begun)


def _read_token(quiz_id: str) -> Fresh | Begun:
    token = tokens_of(quiz_id).read(request.form.get("token", ""))
    if token is None:
        raise Invalid("token")
    return token


def _ask_again(bundle: Bundle, number: int, token: Fresh | Begun, reason: str) -> tuple[str, int]:
    """Show the item again with what was sent, and say what is still missing."""
    quiz_id = bundle.quiz.id
    g.here = urlsplit(url_for(".item", quiz_id=quiz_id, number=number)).path
    attempt = queries.find_attempt(token, quiz_id) if isinstance(token, Begun) else None
    if attempt is None and isinstance(token, Begun):
        raise NotFound("attempt")
    going = Going(attempt, request.form["token"], tuple(request.form.getlist("choice")))
    return _item_page("attempts/item.html", bundle, number, going, reason), 422


@blueprint.get("/<lang:lang>/quizzes/<id:quiz_id>/outcome")
def outcome(quiz_id: str) -> str | AnyResponse:
    """Show what was explored, and what could come next."""
    bundle, attempt = get_bundle(quiz_id), find_own_attempt(quiz_id)
    if attempt is None:
        return redirect(url_for(".quiz", quiz_id=quiz_id))
    page = presenting.outcome_page(bundle, attempt, presenting.Reader(page_language(), g.plain))
    return render_template("attempts/outcome.html", page=page, token=own_token(quiz_id, attempt))


@blueprint.post("/<lang:lang>/quizzes/<id:quiz_id>/delete")
def delete(quiz_id: str) -> AnyResponse:
    """Delete the attempt of this form, at once."""
    get_bundle(quiz_id)
    token = _read_token(quiz_id)
    if isinstance(token, Fresh):
        raise Invalid("token")
    response = redirect(url_for(".deleted", quiz_id=quiz_id), 303)
    if tokens_of(quiz_id).read(request.cookies.get(f"attempt-{quiz_id}", "")) == token:
        response.delete_cookie(f"attempt-{quiz_id}", httponly=True, samesite="Lax")
    queries.delete_attempt(token)
    return response


@blueprint.get("/<lang:lang>/quizzes/<id:quiz_id>/deleted")
def deleted(quiz_id: str) -> Response:
    """Say that the responses are gone; browsers forget what they kept of them too."""
    bundle = get_bundle(quiz_id)
    response = make_response(render_template("attempts/deleted.html", quiz=bundle.quiz))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.get("/<lang:lang>/quizzes/<id:quiz_id>/friends")
def friends(quiz_id: str) -> str:
    """Show how to take the quiz with others."""
    bundle = get_bundle(quiz_id)
    reader = presenting.Reader(page_language(), g.plain)
    address = public_address(url_for(".quiz", quiz_id=quiz_id))
    return render_template("attempts/friends.html", page=presenting.quiz_page(bundle, reader), address=address)
