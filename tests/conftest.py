"""What every test shares: the application on its own database, a client that checks each page, a clock that moves."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.content.loader import Bundle
from app.extensions import clock, db, writes
from app.library import catalogue, get_bundle
from tests.checking import CheckingClient
from tests.servers import postgres_server

SECRET = "a-secret-that-is-long-enough-for-tests"
TEST = "intercultural-citizenship"


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """Settings of a test installation."""
    return {"SECRET_KEY": SECRET, "DATA_DIR": str(data_dir), **more}


@pytest.fixture(scope="session")
def empty_installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with compiled content and a migrated, empty database, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    app = create_app(environment(folder))
    with app.app_context():
        writes.set(True)
        upgrade()
        catalogue()
        db.engine.dispose()
    writes.set(False)
    return folder


@pytest.fixture
def make_app(empty_installation: Path, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Make applications that share this test's own data folder."""
    folder = tmp_path / "data"
    shutil.copytree(empty_installation, folder)
    made: list[Flask] = []

    def make(**more: str) -> Flask:
        app = create_app(environment(folder, **more))
        app.testing = False
        app.test_client_class = CheckingClient
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    writes.set(False)


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """The application, on an empty database."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """A browser without scripts; every page it fetches is checked as a page."""
    return app.test_client()


@pytest.fixture
def bundle(app: Flask) -> Bundle:
    """The test itself."""
    with app.app_context():
        return get_bundle(TEST)


@pytest.fixture
def today() -> Iterator[Callable[[dt.datetime], None]]:
    """Move the clock: `today(datetime(…, tzinfo=UTC))`."""
    before = clock.read

    def move(moment: dt.datetime) -> None:
        clock.read = lambda: moment

    yield move
    clock.read = before


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A throw-away PostgreSQL server on a loopback port."""
    with postgres_server() as url:
        yield url
