"""The privacy page tells of everything that is stored, and of nothing else."""

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, inspect

from app.content.loader import Bundle
from app.extensions import Base, db
from app.privacy.fields import FIELDS, TABLES
from app.privacy.schema import stored_tables
from tests.checking import CheckingClient, parse
from tests.cli.installations import rows, take

ALEMBIC = {"alembic_version"}  # says which version of the tables this is, and nothing of anybody


def really_stored(app: Flask) -> dict[str, set[str]]:
    with app.app_context():
        found = inspect(db.engine)
        tables = set(found.get_table_names()) - ALEMBIC
        return {name: {column["name"] for column in found.get_columns(name)} for name in tables}


def test_every_table_and_column_in_the_database_is_told_of(app: Flask) -> None:
    stored = really_stored(app)
    assert set(TABLES) == set(stored)
    assert set(FIELDS) == {f"{table}.{column}" for table, columns in stored.items() for column in columns}


def test_the_page_names_every_field_and_how_long_it_is_kept(app: Flask, client: CheckingClient) -> None:
    text = client.get("/en/privacy").get_data(as_text=True)
    told = {"".join(cell.itertext()).strip() for cell in parse(text).findall(".//th[@scope='row']")}
    assert told == {f"{table}.{column}" for table, columns in really_stored(app).items() for column in columns}
    assert text.count("Kept:") == len(TABLES)
    for what, kept in TABLES.values():
        assert str(what) in text
        assert str(kept) in text


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_page_stands_in_every_language(client: CheckingClient, language: str) -> None:
    page = client.get(f"/{language}/privacy")
    assert page.status_code == 200
    assert page.get_data(as_text=True).count("<bdi") >= len(FIELDS)


def test_a_field_that_says_nothing_of_itself_breaks_the_page() -> None:
    metadata = MetaData()
    Table("attempt", metadata, Column("shoe_size", Integer))
    with pytest.raises(KeyError, match=r"attempt\.shoe_size"):
        stored_tables(metadata)


def test_the_models_are_the_tables(app: Flask) -> None:
    assert {table.name: set(table.columns.keys()) for table in Base.metadata.tables.values()} == really_stored(app)


def test_no_moment_nor_person_is_stored_with_an_attempt(app: Flask, bundle: Bundle) -> None:
    with app.app_context():
        moments = [
            f"{table}.{column['name']}"
            for table in really_stored(app)
            for column in inspect(db.engine).get_columns(table)
            if re.search("TIME", str(column["type"]), re.I)
        ]
    assert moments == []
    client = app.test_client()
    client.environ_base |= {"REMOTE_ADDR": "198.51.100.7", "HTTP_USER_AGENT": "Browser-of-Amina/1.0"}
    take(app, bundle, until=2)
    client.post("/en/resume", data={"code": "AAAA AAAA"})
    written = repr(rows(app))
    assert "198.51.100.7" not in written
    assert "Amina" not in written
    assert all(not isinstance(value, dt.datetime) for table in rows(app).values() for row in table for value in row)


def test_a_text_that_somebody_sends_is_never_stored(app: Flask, bundle: Bundle) -> None:
    client = take(app, bundle, until=1)
    before = rows(app)
    token = client.get_cookie("attempt-intercultural-citizenship")
    assert token is not None
    for number, item in enumerate(bundle.quiz.items, 1):
        form = {"token": token.value, "choice": "My name is Amina", "own": "My name is Amina"}
        answer = client.post(f"/en/quizzes/{bundle.quiz.id}/{number}/response", data=form)
        assert answer.status_code == 400, item.kind
    assert rows(app) == before
