"""A visitor finds the way: home, about, accessibility, and whether the server is well."""

from flask import Blueprint, Response, g, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.attempts.presenting import QuizPage, Reader, quiz_page
from app.content.wording import item_wording
from app.content.words import Source
from app.i18n import page_language, preferred_language
from app.library import catalogue, get_bundle
from app.pages.queries import check_database

blueprint = Blueprint("pages", __name__)


def list_quizzes() -> list[QuizPage]:
    """List every quiz, in the language of the page."""
    reader = Reader(page_language(), g.plain)
    return [quiz_page(get_bundle(quiz_id), reader) for quiz_id in catalogue()]


def list_sources(quiz_id: str) -> list[Source]:
    """List where the facts of a quiz come from, each once, the newest first."""
    bundle = get_bundle(quiz_id)
    shown = [item_wording(bundle, item.id, page_language()).item for item in bundle.quiz.items]
    return sorted({source for words in shown for source in words.sources}, key=lambda each: each.year, reverse=True)


@blueprint.get("/")
def root() -> AnyResponse:
    """Lead to the home page in the language that the browser asks for."""
    response = redirect(url_for(".home", lang=preferred_language()))
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/<lang:lang>/")
def home() -> str:
    """Show what one can do here."""
    first, *others = list_quizzes()
    return render_template("pages/home.html", first=first, others=others)


@blueprint.get("/<lang:lang>/about")
def about() -> str:
    """Say what this is, how it was made, and where its facts come from."""
    first, *_ = list_quizzes()
    return render_template("pages/about.html", first=first, sources=list_sources(first.quiz.id))


@blueprint.get("/<lang:lang>/accessibility")
def accessibility() -> str:
    """Say how far everyone can use these pages."""
    return render_template("pages/accessibility.html")


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer 200 when database and content are ready."""
    check_database()
    catalogue()
    return Response("ready\n", mimetype="text/plain")
