"""Every table and column that is stored, in words, read from the schema itself."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import MetaData, Table

from app.privacy.fields import FIELDS, TABLES


@dataclass(frozen=True)
class StoredField:
    """One column, and what stands in it."""

    name: str
    what: Any


@dataclass(frozen=True)
class StoredTable:
    """One table: what it is for, how long its rows are kept, what stands in them."""

    name: str
    what: Any
    kept: Any
    fields: tuple[StoredField, ...]


def stored_tables(metadata: MetaData) -> list[StoredTable]:
    """List all that is stored; raises KeyError where a table or column does not say what it is."""
    return [_stored(table) for table in metadata.sorted_tables]


def _stored(table: Table) -> StoredTable:
    fields = tuple(StoredField(column.name, FIELDS[f"{table.name}.{column.name}"]) for column in table.columns)
    what, kept = TABLES[table.name]
    return StoredTable(table.name, what, kept, fields)
