"""Descriptions, labels, facets and order for our tables on Datasette's own pages.

A setting of the server's owner always wins.
"""

import sqlite3
from typing import Any

from datasette_ost.datasette_api import Database, Server
from datasette_ost.server.questions import offer

_TABLES: dict[str, dict[str, Any]] = {
    "node": {"label_column": "title", "facets": ["kind", "status"], "sort": "lft"},
    "moment": {"label_column": "words", "facets": ["kind", "stance", "participant"]},
    "quote": {"label_column": "text", "facets": ["participant"]},
    "story_step": {"label_column": "text"},
    "diagnostic": {"label_column": "message", "facets": ["severity", "name"]},
    "waiver": {"label_column": "rule", "facets": ["state"]},
    "rule": {"label_column": "name", "facets": ["family"]},
    "edge": {"facets": ["relation"]},
    "participant": {"label_column": "id", "facets": ["segment"]},
    "file": {"hidden": True},
    "description": {"hidden": True},
    "place": {"hidden": True},
    "claim": {"hidden": True},
    "alias": {"hidden": True},
    "loose": {"hidden": True},
}
Described = tuple[str, list[tuple[str, str, str]]]
"""The name of a database and the descriptions of its tables and columns."""

_UNITS = {("moment", "second"): "s", ("quote", "second"): "s", ("story_step", "second"): "s"}


def configure(server: Server, name: str) -> None:
    """Adds labels, facets and hidden tables, unless the owner configured them."""
    config = server.config if server.config is not None else {}
    tables = config.setdefault("databases", {}).setdefault(name, {}).setdefault("tables", {})
    for table, given in _TABLES.items():
        decided = tables.setdefault(table, {})
        for key, value in given.items():
            decided.setdefault(key, value)
    server.config = config


async def describe(server: Server, database: Database, known: Described | None = None) -> Described:
    """Adds the file's descriptions of tables and columns, and the questions; returns the
    descriptions. Writes nothing if they are the same as those of the previous build, as they
    usually are.
    """
    rows = await database.execute_fn(_descriptions)
    if known == (database.name, rows):
        return known
    configure(server, database.name)
    tables = [
        (database.name, table, "description", text) for table, column, text in rows if not column
    ]
    columns = [
        (database.name, table, column, "description", text)
        for table, column, text in rows
        if column
    ]
    units = [(database.name, *place, "units", unit) for place, unit in _UNITS.items()]

    def write(connection: sqlite3.Connection) -> None:
        connection.executemany(_TABLE, tables)
        connection.executemany(_COLUMN, [*columns, *units])

    await server.get_internal_database().execute_write_fn(write)
    await offer(server, database.name)
    return database.name, rows


# The owner's descriptions are there before a plugin starts, and they stay.
_TABLE = """
insert or ignore into metadata_resources (database_name, resource_name, key, value)
values (?, ?, ?, ?)
"""
_COLUMN = """
insert or ignore into metadata_columns (database_name, resource_name, column_name, key, value)
values (?, ?, ?, ?, ?)
"""


def _descriptions(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    try:
        found = connection.execute("select table_name, column_name, text from description")
        return [(str(each[0]), str(each[1] or ""), str(each[2])) for each in found.fetchall()]
    except sqlite3.DatabaseError:
        return []
