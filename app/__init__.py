"""Convive: the intercultural citizenship test, courses and anti-rumour learning, for a city to run by itself."""

from collections.abc import Mapping
from os import environ

from flask import Flask

from app import access, assets, cli, config, drawing, error_pages, extensions, headers, i18n, library, logs
from app.attempts import count_views, resume_views
from app.pages import views as page_views
from app.privacy import views as privacy_views


def create_app(environment: Mapping[str, str] = environ) -> Flask:
    """Wire settings, extensions, pages and commands into one application."""
    app = logs.QuietFlask(__name__, static_folder=None)
    config.init_app(app, environment)
    for part in (logs, extensions, access, headers, i18n, library, assets, drawing, error_pages, cli):
        part.init_app(app)
    for views in (page_views, count_views, resume_views, privacy_views):
        if views.blueprint.name not in app.blueprints:
            app.register_blueprint(views.blueprint)
    return app
