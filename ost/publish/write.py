"""Rows into a new SQLite file. The only module that imports sqlite-utils."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ost.publish.columns import VERSION, Table
from ost.publish.judgements import WEIGH, Judgements
from ost.publish.moments import PLACE
from ost.publish.rows import Row, fill
from ost.publish.schema import TABLES
from ost.publish.tables import LONG, Tables
from ost.publish.views import description_rows, views

if TYPE_CHECKING:
    from sqlite_utils import Database

Rest = tuple[Judgements, list[Row]]
"""The judgement, and the rows of `meta`."""

TOKENIZE = "porter unicode61 remove_diacritics 2"

SEARCHED = {each.name: each for each in TABLES if each.search}
"""The tables whose search indexes other processes make: FTS5 keeps an index in tables of its own,
which do not depend on the searched one. Measured at 10,000 files: the index of nodes takes 570 ms
to make and 25 ms to copy.
"""

EARLY = (*LONG, "node")
"""The tables that are indexed while empty: another process makes their rows with the indexes, or
they have few rows that are too large to read twice.
"""

LATE = ("diagnostic", "waiver")
"""The tables whose rows come last."""

ASIDE = (*LONG, *(f"{name}_fts_{part}" for name in SEARCHED for part in ("data", "idx", "docsize")))
"""The tables that other processes make."""


def write(
    path: Path,
    rows: Iterable[Tables],
    parts: Iterable[Path],
    rest: Callable[[], Rest],
) -> None:
    """Writes a new file at `path`: all tables, described and indexed, searchable.

    `parts` are files with the tables that other processes made, read once all other `rows` are
    written; `rest` returns the last rows. It needs no sync and no journal: a file gets its final
    name only when it is complete.
    """
    from sqlite_utils import Database

    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -16384"):
        connection.execute(f"pragma {pragma}")
    connection.execute("begin")
    database = Database(connection)
    for creation in _creations():
        connection.execute(creation)
    for table in TABLES:
        if table.search:
            database.table(table.name).enable_fts(table.search, tokenize=TOKENIZE)
    _index(database, [each for each in TABLES if each.name in EARLY])
    for some in chain([{"description": description_rows()}], rows):
        for name, made in some.items():
            fill(connection, name, made)
    _take_over(connection, parts)
    for view in views():
        database.create_view(view.name, view.sql)
    _index(database, [each for each in TABLES if each.name not in (*EARLY, *LATE)])
    _finish(connection, rest())
    _index(database, [each for each in TABLES if each.name in LATE])
    connection.execute("commit")
    connection.execute("pragma analysis_limit = 1000")
    connection.execute("analyze")
    connection.execute(f"pragma user_version = {VERSION}")
    mark_schema(connection)
    connection.close()


def _index(database: "Database", of: Iterable[Table]) -> None:
    for table in of:
        for name, columns in table.indexes():
            database.table(table.name).create_index(list(columns), name)


def _finish(connection: sqlite3.Connection, rest: Rest) -> None:
    """Writes the judgement and the rows of `meta`."""
    judged, meta = rest
    fill(connection, "meta", meta)
    fill(connection, "diagnostic", judged.diagnostics)
    fill(connection, "waiver", judged.waivers)
    connection.executemany(WEIGH, judged.counts)
    connection.executemany(PLACE, judged.places)


def _take_over(connection: sqlite3.Connection, parts: Iterable[Path]) -> None:
    """Copies the tables that other processes made."""
    named = "select name from part.sqlite_master where type = 'table'"
    connection.execute("commit")
    for part in parts:
        connection.execute("attach ? as part", (os.fsencode(part),))
        connection.execute("begin")
        for (table,) in connection.execute(named).fetchall():
            if table in ASIDE:
                connection.execute(f'delete from main."{table}"')
                connection.execute(f'insert into main."{table}" select * from part."{table}"')
        connection.execute("commit")
        connection.execute("detach part")
    connection.execute("begin")


def write_long(path: Path, rows: Iterable[Tables], texts: Tables) -> None:
    """Writes the tables with the most rows, and the search indexes of other tables' `texts`, to a
    separate file, which `write` copies. SQLite copies whole pages if both files define the table
    and its indexes alike.
    """
    tables = [each for each in TABLES if each.name in LONG]
    with _part(path) as connection:
        for table in tables:
            connection.execute(table.creation())
        for some in rows:
            for name, made in some.items():
                fill(connection, name, made)
        for table in tables:
            for creation in table.index_creations():
                connection.execute(creation)
        _write_indexes(connection, texts)


def write_search(path: Path, texts: Tables) -> None:
    """Writes search indexes to a separate file, which `write` copies; the texts are in the order of
    each table's rows.
    """
    with _part(path) as connection:
        _write_indexes(connection, texts)


def _write_indexes(connection: sqlite3.Connection, texts: Tables) -> None:
    for table, written in texts.items():
        _write_index(connection, table, written)


def _write_index(connection: sqlite3.Connection, table: str, texts: Iterable[Row]) -> None:
    columns = ", ".join(SEARCHED[table].search)
    connection.execute(
        f"create virtual table {table}_fts "
        f"using fts5 ({columns}, tokenize='{TOKENIZE}', content='{table}')"
    )
    marks = ", ".join("?" * len(SEARCHED[table].search))
    insert = f"insert into {table}_fts (rowid, {columns}) values (?, {marks})"
    connection.executemany(insert, ((at, *text) for at, text in enumerate(texts, 1)))


@contextmanager
def _part(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = off", "synchronous = off"):
            connection.execute(f"pragma {pragma}")
        connection.execute("begin")
        yield connection
        connection.execute("commit")


@cache
def _creations() -> tuple[str, ...]:
    """The SQL that creates the tables. To put it together takes five times as long as to run it."""
    from sqlite_utils import Database

    database = Database(memory=True)
    keys = {each.name: each.key[0] for each in TABLES}
    for table in _referenced_first():
        database.table(table.name).create(
            {column.name: column.type for column in table.columns},
            pk=table.key[0] if len(table.key) == 1 else table.key,
            foreign_keys=[
                (column.name, column.references, keys[column.references])
                for column in table.columns
                if column.references
            ],
        )
    made = database.execute("select sql from sqlite_master where type = 'table' order by rowid")
    creations = tuple(sql for (sql,) in made)
    database.close()
    return creations


def _referenced_first() -> list[Table]:
    """The tables, each after those that it references, as sqlite-utils needs them."""
    ordered: list[Table] = []
    left = list(TABLES)
    while left:
        made = {each.name for each in ordered}
        ready = next(
            each
            for each in left
            if {column.references for column in each.columns} <= made | {"", each.name}
        )
        ordered.append(ready)
        left.remove(ready)
    return ordered


def mark_schema(connection: sqlite3.Connection) -> None:
    """Datasette rereads the tables when this number changes, so it is a hash of their schema."""
    schema = connection.execute("select sql from sqlite_master order by type, name").fetchall()
    digest = blake2b(repr(schema).encode(), digest_size=4).digest()
    number = int.from_bytes(digest, "big") & 0x7FFFFFFF
    connection.execute(f"pragma schema_version = {number}")
