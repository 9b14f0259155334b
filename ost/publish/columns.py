"""Descriptions of the published file's tables, columns and views."""

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

VERSION = 3
"""The version of the tables: readers refuse any other."""


class Column(Struct, frozen=True):
    """One column. `type` is SQLite's, and `references` names the table whose key it holds. With
    `index` or columns `beside`, an index begins with it.
    """

    type: str
    name: str
    description: str
    references: str = ""
    index: bool = False
    beside: tuple[str, ...] = ()


text = partial(Column, "TEXT")
"""A column of text, of days, or of JSON."""

number = partial(Column, "INTEGER")
"""A column of whole numbers."""


class Table:
    """One table. `key` names the columns of its primary key; `label` is the column that Datasette
    shows for a row; `search` names the searchable columns.
    """

    def __init__(
        self,
        name: str,
        description: str,
        *columns: Column,
        key: tuple[str, ...] = ("id",),
        label: str = "",
        search: tuple[str, ...] = (),
    ) -> None:
        """Holds them."""
        self.name, self.description, self.columns = name, description, columns
        self.key, self.label, self.search = key, label, search

    def indexes(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The names of its indexes, each with its columns. If two files have the same indexes,
        SQLite copies whole pages in a third of the time.
        """
        for column in self.columns:
            if column.index or column.beside:
                yield f"idx_{self.name}_{column.name}", (column.name, *column.beside)

    def creation(self) -> str:
        """The SQL that creates it, if there is none, without its indexes."""
        columns = ", ".join(f'"{each.name}" {each.type}' for each in self.columns)
        key = ", ".join(f'"{each}"' for each in self.key)
        return f'create table if not exists "{self.name}" ({columns}, primary key ({key}))'

    def index_creations(self) -> Iterator[str]:
        """The SQL that creates its indexes, if there are none."""
        for name, columns in self.indexes():
            listed = ", ".join(f'"{each}"' for each in columns)
            yield f'create index if not exists "{name}" on "{self.name}" ({listed})'


class View(Struct, frozen=True):
    """A view: its name, what it holds, its columns with what they hold, and its definition."""

    name: str
    description: str
    columns: tuple[tuple[str, str], ...]
    sql: str
