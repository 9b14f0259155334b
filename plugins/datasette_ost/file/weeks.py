"""The weeks of the history, each with a sentence that says what changed."""

import sqlite3
from datetime import date, timedelta

from msgspec import Struct

from datasette_ost.file.rows import number, rows
from ost.days import monday_of


class PastWeek(Struct):
    """A week of the history. `day` is its Monday, `on` its last day in the history, `revision` the
    last one by then, and `changes` the number of changes in meaning in all trees.
    """

    day: str
    on: str
    revision: int
    changes: int
    said: str


QUIET = "Nothing changed."

_WEEKS = "select day, revision, changes, headline from week order by day"


def weeks(connection: sqlite3.Connection, since: str = "", until: str = "9999") -> list[PastWeek]:
    """Every week between two days, including weeks without a commit."""
    known = {day: rest for day, *rest in rows(connection, _WEEKS, {})}
    if not known:
        return []
    first, end = monday_of(max(min(known), since)), min(max(known), until)
    newest = rows(connection, "select max(day) from revision", {})[0][0]
    revision = number(
        connection, "select coalesce(max(n), 1) from revision where day < :day", {"day": first}
    )
    found: list[PastWeek] = []
    while first <= end:
        sunday = min((date.fromisoformat(first) + timedelta(days=6)).isoformat(), newest)
        revision, changes, summary = known.get(first, (revision, 0, QUIET))
        found.append(PastWeek(first, sunday, revision, changes, summary))
        first = (date.fromisoformat(first) + timedelta(days=7)).isoformat()
    return found
