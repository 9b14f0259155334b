"""Copies history into a file to publish."""

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from ost.publish.columns import Table
from ost.publish.history_schema import HISTORY_TABLES, PERIODS


def take_over(
    file: Path,
    past: Path,
    meta: Mapping[str, str],
    *,
    authors: bool,
    state: Callable[[sqlite3.Connection], None] | None = None,
) -> None:
    """Copies history into a file to publish; without `authors`, it omits who wrote each commit. If
    the file has history up to some revision, it adds the rest and brings its `state` up to date.
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("pragma synchronous = off")
        db.execute("attach ? as past", (os.fsencode(past),))
        if state is None:
            db.execute("pragma main.journal_mode = off")
        db.execute("begin")
        known = 0
        if state is not None:
            state(db)
            known = db.execute("select coalesce(max(n), 0) from main.revision").fetchone()[0]
        for table in HISTORY_TABLES:
            _take(db, table, known, authors=authors)
        db.executemany("insert or replace into main.meta values (?, ?)", meta.items())
        db.execute("commit")


def _take(db: sqlite3.Connection, table: Table, known: int, *, authors: bool) -> None:
    """Copies a table, or only the rows after the revision that the file has."""
    names = [f'"{each.name}"' for each in table.columns]
    # Deleted rows would stay in the file's free space.
    chosen = ["''" if each == '"author"' and not authors else each for each in names]
    columns = "*" if chosen == names else ", ".join(chosen)
    taken = f'into main."{table.name}" select {columns} from past."{table.name}"'
    later = _LATER.get(table.name)
    if known and later:
        db.execute(f"insert or replace {taken} where {later}", (known,))
    else:
        db.execute(f'delete from main."{table.name}"')
        db.execute(f"insert {taken}")


_LATER = {
    "revision": "n > ?1",
    "change": "revision > ?1",
    **dict.fromkeys(PERIODS, "since > ?1 or until > ?1"),
    "week": "revision > ?1",
}
"""The condition for new or changed rows after a revision, for tables where they are few."""
