"""Descriptions of the published file's tables, columns and views."""

from msgspec import Struct

VERSION = 3
"""The version of the tables: readers refuse any other."""


class Column(Struct, frozen=True):
    """One column. `type` is SQLite's; `references` the table whose key it holds; `index` names the
    columns of the index that begins with this one, if there is one.
    """

    name: str
    type: str
    description: str
    references: str = ""
    index: tuple[str, ...] = ()


class Table(Struct, frozen=True):
    """One table. `key` names the columns of its primary key; `label` the column which Datasette
    shows for a row.
    """

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    label: str = ""
    search: tuple[str, ...] = ()


def text_column(
    name: str,
    description: str,
    references: str = "",
    *,
    index: bool = False,
    beside: tuple[str, ...] = (),
) -> Column:
    """A column of text, of days, or of JSON."""
    return Column(name, "TEXT", description, references, (name, *beside) if index else ())


def number_column(
    name: str, description: str, *, index: bool = False, beside: tuple[str, ...] = ()
) -> Column:
    """A column of whole numbers."""
    return Column(name, "INTEGER", description, index=(name, *beside) if index else ())


class View(Struct, frozen=True):
    """A view: its name, what it holds, its columns with what they hold, and its definition."""

    name: str
    description: str
    columns: tuple[tuple[str, str], ...]
    sql: str
