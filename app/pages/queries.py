"""Whether the database answers."""

from sqlalchemy import text

from app.extensions import connection


def check_database() -> None:
    """Ask the database for a sign of life; raises SQLAlchemy's OperationalError where there is none."""
    connection().execute(text("SELECT 1"))
