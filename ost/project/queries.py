"""Reads a state for commands and servers. It imports little, because every command imports it."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place


def connect(state: Path) -> sqlite3.Connection:
    """A state's tables, for reading, rows by name."""
    journal = state.with_name(f"{state.name}-journal")
    if journal.exists():
        # A process was killed during a change: opening rolls back the partial change.
        with closing(sqlite3.connect(state, timeout=30)) as connection:
            connection.execute("select 1 from meta").fetchone()
    connection = sqlite3.connect(address(state), uri=True, timeout=30)
    connection.row_factory = sqlite3.Row
    return connection


def address(file: Path) -> str:
    """A file's address for SQLite, read-only. Every character of the path is quoted, even bytes
    that are not text.
    """
    return f"{file.absolute().as_uri()}?mode=ro"


def is_intact(state: Path) -> bool:
    """Whether every byte of a state is intact."""
    try:
        with closing(connect(state)) as connection:
            return bool(connection.execute("pragma quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


def build_of(connection: sqlite3.Connection) -> str:
    """The id of the tables' build; "" if they have none."""
    row = connection.execute("select value from meta where key = 'build'").fetchone()
    return str(row[0]) if row else ""


def blobs(state: Path, build: str, paths: Iterable[str]) -> dict[str, str] | None:
    """The ids of the contents that the state was built from; None if it is another build or cannot
    be read.
    """
    query = "select blob from file where path = ?"
    try:
        with closing(connect(state)) as connection:
            if build_of(connection) != build:
                return None
            found = ((path, connection.execute(query, (path,)).fetchone()) for path in paths)
            return {path: row[0] for path, row in found if row}
    except sqlite3.Error:
        return None


def diagnostics(connection: sqlite3.Connection) -> tuple[Diagnostic, ...]:
    """The table `diagnostic` as values, in reading order."""
    rows = connection.execute(
        'select path, line, "column", end_line, end_column, code, severity, message, node '
        "from diagnostic"
    )
    found = [
        Diagnostic(
            path=path,
            at=Place(line - 1, column - 1, end_line - 1, end_column - 1),
            code=code,
            severity=Severity(severity),
            message=message,
            node=node or "",
        )
        for path, line, column, end_line, end_column, code, severity, message, node in rows
    ]
    return tuple(sorted(found, key=lambda each: each.order))
