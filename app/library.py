"""The catalogue of this installation: opened once, before the server forks."""

import threading

from flask import Flask, current_app

from app.content.catalogue import Catalogue, open_catalogue
from app.content.loader import Bundle

_lock = threading.Lock()


def init_app(app: Flask) -> None:
    """Leave the catalogue closed: `flask content check` has to run where content is broken, too."""
    app.extensions["catalogue"] = None


def catalogue() -> Catalogue:
    """Take the catalogue of this installation. Raises BrokenContent where a source bundle cannot be used."""
    opened: Catalogue | None = current_app.extensions["catalogue"]
    return opened or _open()


def _open() -> Catalogue:
    config = current_app.config
    with _lock:  # the first requests of a server may come all at once
        if current_app.extensions["catalogue"] is None:
            cache = config["DATA_DIR"] / "content.cache"
            current_app.extensions["catalogue"] = open_catalogue(config["CONTENT_DIRS"], config["TRANSLATIONS"], cache)
    opened: Catalogue = current_app.extensions["catalogue"]
    return opened


def get_bundle(quiz_id: str) -> Bundle:
    """Find a quiz; raises NotFound."""
    return catalogue().get_quiz(quiz_id)
