"""An outcome's metric over time, with decisions and releases."""

import sqlite3

from msgspec import Struct

from datasette_ost.file.measurements import MeasuredDay, measurements
from datasette_ost.file.nodes import (
    MENTION,
    Box,
    Mention,
    above,
    box,
)
from datasette_ost.file.rows import About, about, records, rows
from datasette_ost.file.targets import Target, targets
from datasette_ost.page import (
    Page,
    PageRequest,
    Shown,
    of_nodes,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links
from datasette_ost.view.series import series


class Event(Struct):
    """An event on a day: a decision, or the result of a shipped solution."""

    date: str
    said: str
    node: Mention


class OutcomePage(Struct):
    """`/-/ost/outcome/ID.json`: a metric over time, and the decisions and releases of that time."""

    about: About
    node: Box
    above: list[Mention]
    measurements: list[MeasuredDay]
    events: list[Event]
    shipped: list[Mention]
    targets: list[Target]
    today: str


_EVENTS = f"""
select node.date, 'decided', {MENTION}
from node
where lft > :lft
  and lft < :rgt
  and kind = 'decision'
  and node.date is not null
union all
select
  json_extract(fields, '$.result.on'),
  'bet ' || coalesce(json_extract(fields, '$.result.verdict'), 'looked at'), {MENTION}
from node
where lft > :lft
  and lft < :rgt
  and kind = 'solution'
  and json_extract(fields, '$.result.on') is not null
order by 1 desc, 3, 2
limit 40
"""

_SHIPPED = f"""
select {MENTION}
from node
where lft > :lft
  and lft < :rgt
  and kind = 'solution'
  and status = 'shipped'
order by lft
limit 60
"""


def read(connection: sqlite3.Connection, request: PageRequest) -> OutcomePage | None:
    """An outcome's metric, the decisions below it, and what shipped."""
    found = box(connection, request.id, "outcome")
    if found is None:
        return None
    node_id = found.id
    inside = {"lft": found.lft, "rgt": found.rgt}
    events = [
        Event(str(day), what, Mention(*node))
        for day, what, *node in rows(connection, _EVENTS, inside)
    ]
    own = about(connection)
    return OutcomePage(
        own,
        found,
        above(connection, node_id),
        measurements(connection, (node_id,)),
        events,
        records(connection, Mention, _SHIPPED, inside),
        targets(connection, found.lft or 0, found.rgt or 0),
        own.as_of or request.today,
    )


def show(found: OutcomePage, _: Links) -> Shown:
    """A metric over time, with the events that may explain it."""
    events = [(each.date, f"{each.node.title}: {each.said}") for each in found.events]
    return {
        "own": found.node,
        "series": series(found.measurements, found.node.fields, events, found.today),
        "words": words,
    }


PAGE = Page(
    of_node=True,
    read=read,
    show=show,
    copies=of_nodes("select id from node where kind = 'outcome' order by id"),
)
