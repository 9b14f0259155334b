"""Compares an updated state with a clean build of the same files, for people who work on the engine
and for rule authors, whose rules may read something the engine does not see.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ost.disk.store import STATE
from ost.publish.columns import Column, Table
from ost.publish.rows import Row
from ost.publish.schema import TABLES

if TYPE_CHECKING:
    from ost.project import Project

MOST = 20
"""How many differences to report; the first ones are enough."""


def differences(project: "Project") -> tuple[str, ...]:
    """The differences between the state and a clean build, a sentence each."""
    from ost.project import Project

    with TemporaryDirectory(prefix="ost-paranoid-") as folder:
        clean = Project(project.root, project.settings, project.today)
        clean.folder = Path(folder)
        clean.refresh()
        with (
            closing(sqlite3.connect(project.folder / STATE)) as here,
            closing(sqlite3.connect(clean.folder / STATE)) as there,
        ):
            return tuple(_differing(here, there))[:MOST]


def _differing(here: sqlite3.Connection, there: sqlite3.Connection) -> Iterator[str]:
    for table in TABLES:
        yield from _compared(table.name, table.columns, _rows(here, table), _rows(there, table))
        if table.search:
            index = f"the search index of {table.name}"
            columns = [each for each in table.columns if each.name in table.search]
            found, clean = _words(here, table), _words(there, table)
            yield from _compared(index, columns, found, clean)
            # Hits are in the order of how long their texts are, compared with all others.
            if _lengths(here, table) != _lengths(there, table):
                yield f"{index}: lengths of texts differ from those in a clean build"


def _compared(
    what: str, columns: Iterable[Column], found: Mapping[Row, Row], clean: Mapping[Row, Row]
) -> Iterator[str]:
    for key in sorted(found.keys() | clean.keys(), key=repr):
        row = " ".join(map(str, (what, *key)))
        if key not in clean:
            yield f"{row} is in the state but not in a clean build: {found[key]}"
        elif key not in found:
            yield f"{row} is in a clean build but not in the state: {clean[key]}"
        else:
            for column, is_, should in zip(columns, found[key], clean[key], strict=True):
                if is_ != should:
                    yield f"{row}: {column.name} is {is_!r}, and {should!r} in a clean build"


def _rows(db: sqlite3.Connection, table: Table) -> dict[Row, Row]:
    width = len(table.key)
    rows = db.execute(f'select {_key(table)}, * from "{table.name}"')
    return {row[:width]: row[width:] for row in rows}


def _words(db: sqlite3.Connection, table: Table) -> dict[Row, Row]:
    """The words of each row that the search index knows, by its columns."""
    vocabulary = f"{table.name}_words"
    db.execute(
        f"create virtual table temp.{vocabulary} using fts5vocab(main, {table.name}_fts, instance)"
    )
    words = db.execute(
        f"select doc, {_key(table)}, col, term from {vocabulary}"
        f' left join "{table.name}" on "{table.name}".rowid = doc order by doc, "offset"'
    )
    found: dict[Row, Row] = {}
    for (_, *key), of_row in groupby(words, key=itemgetter(slice(0, -2))):
        parts = [*of_row]
        found[tuple(key)] = tuple(
            " ".join(term for *_, column, term in parts if column == name) for name in table.search
        )
    return found


def _lengths(db: sqlite3.Connection, table: Table) -> tuple[list[Row], Row]:
    """How many words each row has that the search index knows, and all of them together."""
    index = f"{table.name}_fts"
    each = f'left join "{table.name}" on "{table.name}".rowid = size.id order by {_key(table)}'
    sizes = db.execute(f"select {_key(table)}, sz from {index}_docsize as size {each}").fetchall()
    total = db.execute(f"select block from {index}_data where id = 1").fetchone()
    return sizes, total if sizes else ()


def _key(table: Table) -> str:
    return ", ".join(f'"{table.name}"."{name}"' for name in table.key)
