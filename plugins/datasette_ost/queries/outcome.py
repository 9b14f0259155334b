"""What the page of one outcome's metric shows."""

import sqlite3

from datasette_ost.overviews import Event, OutcomePage
from datasette_ost.queries.reading import (
    MENTION,
    about,
    above,
    box,
    measurements,
    read,
    rows,
)
from datasette_ost.shapes import Mention

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
order by 1 desc
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


def outcome(connection: sqlite3.Connection, node_id: str) -> OutcomePage | None:
    """An outcome's metric, the decisions below it, and what shipped."""
    found = box(connection, node_id, "outcome")
    if found is None:
        return None
    inside = {"lft": found.lft, "rgt": found.rgt}
    events = [
        Event(str(day), said, Mention(*node))
        for day, said, *node in rows(connection, _EVENTS, inside)
    ]
    return OutcomePage(
        about(connection),
        found,
        above(connection, node_id),
        measurements(connection, (node_id,)),
        events,
        read(connection, Mention, _SHIPPED, inside),
    )
