"""All trees at a glance: outcomes, targets and recent activity."""

import sqlite3

from msgspec import Struct

from datasette_ost.file.changes import Activity, newest_changes
from datasette_ost.file.interviews import InterviewRow, Rhythm, newest_interviews, rhythm
from datasette_ost.file.kinds import PLACED
from datasette_ost.file.measurements import MeasuredDay, measurements
from datasette_ost.file.nodes import (
    BOX,
    MENTION,
    Box,
    Mention,
    boxes,
)
from datasette_ost.file.rows import About, about, number, records, rows
from datasette_ost.file.targets import Target, targets
from datasette_ost.page import (
    Navigation,
    Page,
    PageRequest,
    Shown,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links
from datasette_ost.view.picture import by_parent
from datasette_ost.view.series import Series, series


class Count(Struct):
    """How many nodes of a kind are below an outcome, or below none if `outcome` is null."""

    outcome: str | None
    kind: str
    nodes: int
    errors: int
    warnings: int


class TopNode(Mention):
    """The top of a tree without an outcome, with the numbers of findings in that tree."""

    errors: int
    warnings: int


_FOREIGN = """
select
  case
    when message like '%it looks like a tree in one file' then 'a tree in one file'
    when message like '%it looks like interview notes' then 'interview notes'
    else ''
  end as seen,
  count(*),
  min(path)
from diagnostic
where code = 'OST005'
group by seen
order by seen desc
"""


class TreesPage(Struct):
    """`/-/ost.json`: every outcome with its numbers, the targets, and recent activity. `material`
    says what a folder without outcomes contains and which command reads it.
    """

    about: About
    outcomes: list[Box]
    measurements: list[MeasuredDay]
    counts: list[Count]
    unplaced: list[TopNode]
    interviews: list[InterviewRow]
    signals: int
    file_diagnostics: int
    errors: int
    targets: list[Target]
    rhythm: Rhythm
    changes: list[Activity]
    today: str
    material: list[str]


_OUTCOMES = f"""
select {BOX}
from node
where kind = 'outcome'
order by +lft
limit 500
"""

_COUNTS = f"""
select outcome, kind, count(*), sum(errors), sum(warnings)
from node
where kind in {PLACED}
  and lft is not null
group by +outcome, kind
"""

_UNPLACED = f"""
select {MENTION}, sum(below.errors), sum(below.warnings)
from node
join node as below on below.lft between node.lft and node.rgt
where node.kind in {PLACED}
  and node.lft is not null
  and +node.outcome is null
  and node.depth = 0
group by node.id
order by node.kind, node.title, node.id
limit 50
"""


def read(connection: sqlite3.Connection, request: PageRequest) -> TreesPage:
    """Every outcome, and the newest interviews."""
    outcomes = boxes(connection, _OUTCOMES, {})
    own = about(connection)
    today = own.as_of or request.today
    return TreesPage(
        own,
        outcomes,
        measurements(connection, (each.id for each in outcomes)),
        records(connection, Count, _COUNTS, {}),
        records(connection, TopNode, _UNPLACED, {}),
        newest_interviews(connection, 6),
        number(connection, "select count(*) from node where kind = 'signal'"),
        number(connection, "select count(*) from diagnostic where node is null"),
        number(connection, "select count(*) from diagnostic where severity = 'error'"),
        targets(connection),
        rhythm(connection, today),
        newest_changes(connection, 5),
        today,
        _material(connection) if not outcomes or _mostly_unread(connection) else [],
    )


def _mostly_unread(connection: sqlite3.Connection) -> bool:
    """Whether unread files that look like material outnumber the nodes."""
    unread = number(connection, _UNREAD)
    return unread > number(connection, "select count(*) from file where nodes > 0")


_UNREAD = "select count(*) from diagnostic where code = 'OST005' and message like '%looks like %'"


def _material(connection: sqlite3.Connection) -> list[str]:
    """A line for each kind of unread material, with the command that reads it."""
    found = []
    for what, count, path in rows(connection, _FOREIGN, {}):
        if what:
            more = f" and {count - 1:,} more" if count > 1 else ""
            looks = "looks" if count == 1 else "look"
            found.append(f"{path}{more} {looks} like {what}: ost import {path}")
        elif not found:
            files = "1 file has" if count == 1 else f"{count:,} files have"
            found.append(f"{files} no kind yet: ost check says what is there")
    return found


def show(found: TreesPage, _: Links) -> Shown:
    """Every outcome as a card."""
    by_outcome: dict[str, dict[str, int]] = {}
    marks: dict[str, list[int]] = {}
    for count in found.counts:
        by_outcome.setdefault(count.outcome or "", {})[count.kind] = count.nodes
        seen = marks.setdefault(count.outcome or "", [0, 0])
        seen[0] += count.errors
        seen[1] += count.warnings
    return {
        "top": [each for each in found.outcomes if each.depth == 0],
        "below": by_parent([each for each in found.outcomes if each.depth]),
        "sizes": by_outcome,
        "problems": marks,
        "working": _by_outcome(found.targets),
        "ago": words.ago(found.rhythm.last, found.today),
        "series": _series(found),
        "words": words,
    }


def _series(found: TreesPage) -> dict[str, Series | None]:
    """The metrics of outcomes over time."""
    values: dict[str, list[MeasuredDay]] = {}
    for value in found.measurements:
        values.setdefault(value.outcome, []).append(value)
    return {
        each.id: series(values.get(each.id, []), each.fields, today=found.today)
        for each in found.outcomes
    }


def _by_outcome(targets: list[Target]) -> dict[str, list[Target]]:
    made: dict[str, list[Target]] = {}
    for target in targets:
        made.setdefault(target.outcome or "", []).append(target)
    return made


PAGE = Page(front=True, read=read, show=show, navigation=Navigation("Trees", 10))
