"""Going on with an attempt on another device: by link, by QR code, by a short code."""

from flask import current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import limit
from app.assessment import navigation
from app.attempts import queries
from app.attempts.forms import CodeForm
from app.attempts.tokens import Begun, ResumeTokens, code_as_shown, code_as_typed, code_for
from app.attempts.views import blueprint, find_own_attempt, own_token, set_attempt_cookie
from app.errors import NotFound
from app.i18n import public_address
from app.library import get_bundle

GUESSES = 20  # an hour from one address


def _links() -> ResumeTokens:
    return ResumeTokens(current_app.config["SECRET_KEY"])


@blueprint.get("/<lang:lang>/quizzes/<id:quiz_id>/resume")
def resume(quiz_id: str) -> str | Response:
    """Show the link, the QR code and the short code of this browser's attempt."""
    bundle, attempt = get_bundle(quiz_id), find_own_attempt(quiz_id)
    if attempt is None:
        return redirect(url_for(".quiz", quiz_id=quiz_id))
    link = public_address(url_for(".resume_by_link", token=_links().sign(attempt.begun), plain=None))
    code = code_as_shown(code_for(current_app.config["SECRET_KEY"], attempt.nonce_digest))
    return render_template(
        "attempts/resume.html", quiz=bundle.quiz, link=link, code=code, token=own_token(quiz_id, attempt)
    )


@blueprint.get("/<lang:lang>/resume/<string:token>")
def resume_by_link(token: str) -> Response:
    """Exchange the secret of a link for the cookie; raises NotFound where the attempt is gone."""
    begun = _links().read(token)
    quiz_id = queries.find_quiz_of(begun) if begun else None
    if begun is None or quiz_id is None:
        raise NotFound("attempt")
    return _go_on(begun, quiz_id)


@blueprint.get("/<lang:lang>/resume")
def ask_code() -> str:
    """Ask for a short code."""
    return render_template("attempts/ask_code.html", form=CodeForm())


@blueprint.post("/<lang:lang>/resume")
def resume_by_code() -> Response | tuple[str, int]:
    """Exchange a short code for the cookie."""
    limit("resume-code", GUESSES)
    form = CodeForm(request.form)
    found = None
    if form.validate():
        found = queries.find_attempt_by_code(code_as_typed(form.code.data or ""), current_app.config["SECRET_KEY"])
    if found is None:
        g.here = request.path
        return render_template("attempts/ask_code.html", form=form, is_unknown=not form.errors), 422
    return _go_on(*found)


def _go_on(begun: Begun, quiz_id: str) -> Response:
    quiz, attempt = get_bundle(quiz_id).quiz, queries.find_attempt(begun, quiz_id)
    number = navigation.first_open_number(quiz, attempt.responses if attempt else {})
    target = url_for(".item", quiz_id=quiz_id, number=number) if number else url_for(".outcome", quiz_id=quiz_id)
    return set_attempt_cookie(redirect(target, 303), quiz_id, begun)
