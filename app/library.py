"""The catalogue of this installation: opened once, before the server forks."""

from flask import Flask, current_app

from app.content.catalogue import Catalogue, open_catalogue
from app.content.loader import Bundle


def init_app(app: Flask) -> None:
    """Open the compiled content. Raises BrokenContent where a source bundle cannot be used."""
    folders, translations = app.config["CONTENT_DIRS"], app.config["TRANSLATIONS"]
    app.extensions["catalogue"] = open_catalogue(folders, translations, app.config["DATA_DIR"] / "content.cache")


def catalogue() -> Catalogue:
    """Take the catalogue of this installation."""
    found: Catalogue = current_app.extensions["catalogue"]
    return found


def get_bundle(quiz_id: str) -> Bundle:
    """Find a quiz; raises NotFound."""
    return catalogue().get_quiz(quiz_id)
