"""What the doors ask of a state."""

import sqlite3

from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place


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
