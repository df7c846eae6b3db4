"""The schema goes forwards and back, on both databases, and is what the models say."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect

from app import create_app
from app.extensions import Base, db
from tests.cli.installations import command, fresh_database
from tests.conftest import environment


def tables(app: Flask) -> set[str]:
    with app.app_context():
        return set(inspect(db.engine).get_table_names())


def empty_app(folder: Path, **settings: str) -> Flask:
    app = create_app(environment(folder, **settings))
    app.testing = False
    return app


def there_and_back(app: Flask) -> None:
    named = set(Base.metadata.tables)
    for step, expected in ((("upgrade",), named), (("downgrade", "base"), set()), (("upgrade",), named)):
        result = command(app, "db", *step)
        assert result.exit_code == 0, result.output
        assert tables(app) - {"alembic_version"} == expected, step
    with app.app_context():
        db.engine.dispose()


def no_difference(app: Flask) -> None:
    assert command(app, "db", "upgrade").exit_code == 0
    result = command(app, "db", "check")
    assert result.exit_code == 0, result.output
    with app.app_context():
        db.engine.dispose()


def test_the_schema_goes_forwards_back_and_forwards_on_sqlite(tmp_path: Path) -> None:
    there_and_back(empty_app(tmp_path))


def test_migrations_and_models_agree_on_sqlite(tmp_path: Path) -> None:
    no_difference(empty_app(tmp_path))


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_the_schema_goes_forwards_back_and_forwards_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    with fresh_database(postgres_url) as url:
        there_and_back(empty_app(tmp_path, DATABASE_URL=url))


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_migrations_and_models_agree_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    with fresh_database(postgres_url) as url:
        no_difference(empty_app(tmp_path, DATABASE_URL=url))


def test_a_column_that_no_migration_makes_is_found(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE attempt DROP COLUMN seed")
    assert command(app, "db", "check").exit_code == 1


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_both_databases_have_the_same_columns(
    make_app: Callable[..., Flask], tmp_path: Path, postgres_url: str
) -> None:
    def columns(app: Flask) -> dict[str, list[tuple[str, bool]]]:
        with app.app_context():
            found = inspect(db.engine)
            names = found.get_table_names()
            read = {name: [(c["name"], c["nullable"]) for c in found.get_columns(name)] for name in names}
            db.engine.dispose()
            return read

    with fresh_database(postgres_url) as url:
        other = empty_app(tmp_path / "other", DATABASE_URL=url)
        assert command(other, "db", "upgrade").exit_code == 0
        assert columns(make_app()) == columns(other)
