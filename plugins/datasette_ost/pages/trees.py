"""Every tree at a glance: how the team is doing."""

import sqlite3

from msgspec import Struct

from datasette_ost.file.interviews import Interview
from datasette_ost.file.measurements import Value, measurements
from datasette_ost.file.nodes import (
    BOX,
    MENTION,
    PLACED,
    Box,
    Mention,
    boxes,
)
from datasette_ost.file.rows import About, about, number, records
from datasette_ost.page import (
    Navigation,
    Page,
    PageRequest,
    Shown,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links
from datasette_ost.view.picture import by_parent
from datasette_ost.view.plots import lines


class Count(Struct):
    """How many nodes of a kind serve an outcome (none when `outcome` is null)."""

    outcome: str | None
    kind: str
    nodes: int
    errors: int
    warnings: int


class TreesPage(Struct):
    """`/-/ost.json`: every outcome, its numbers, what hangs under it; the newest interviews."""

    about: About
    outcomes: list[Box]
    measurements: list[Value]
    counts: list[Count]
    unplaced: list[Mention]
    interviews: list[Interview]
    signals: int
    file_diagnostics: int


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
select {MENTION}
from node
where kind in {PLACED}
  and lft is not null
  and +outcome is null
  and depth = 0
order by kind, title
limit 50
"""

_INTERVIEWS = """
select id, kind, title, date, participant, segment, illustrative, (
    select count(*)
    from moment
    where moment.source = node.id
  )
from node
where kind = 'interview'
order by date desc, title
limit 12
"""


def read(connection: sqlite3.Connection, _: PageRequest) -> TreesPage:
    """Every outcome, and the newest interviews."""
    outcomes = boxes(connection, _OUTCOMES, {})
    return TreesPage(
        about(connection),
        outcomes,
        measurements(connection, (each.id for each in outcomes)),
        records(connection, Count, _COUNTS, {}),
        records(connection, Mention, _UNPLACED, {}),
        records(connection, Interview, _INTERVIEWS, {}),
        number(connection, "select count(*) from node where kind = 'signal'"),
        number(connection, "select count(*) from diagnostic where node is null"),
    )


def show(found: TreesPage, _: Links) -> Shown:
    """Every outcome as a card."""
    by_outcome: dict[str, dict[str, int]] = {}
    marks: dict[str, list[int]] = {}
    for each in found.counts:
        by_outcome.setdefault(each.outcome or "", {})[each.kind] = each.nodes
        seen = marks.setdefault(each.outcome or "", [0, 0])
        seen[0] += each.errors
        seen[1] += each.warnings
    return {
        "top": [each for each in found.outcomes if each.depth == 0],
        "below": by_parent([each for each in found.outcomes if each.depth]),
        "sizes": by_outcome,
        "problems": marks,
        "lines": lines(found.outcomes, found.measurements),
        "words": words,
    }


PAGE = Page(front=True, read=read, show=show, navigation=Navigation("Trees", 10))
