"""What stands beside a tree of the node that was chosen in it."""

import sqlite3

from datasette_ost.queries.reading import about, above, judged, moments, node, voices
from datasette_ost.shapes import PanelPage

_HEARD = """
where moment.node = :id
order by moment.kind = 'signal', moment.date desc, moment.position
limit 12
"""

_BELOW = """
where subject.lft > :lft
  and subject.lft < :rgt
  and moment.kind = 'story'
order by moment.date desc, moment.position
limit 4
"""


def panel(connection: sqlite3.Connection, node_id: str) -> PanelPage | None:
    """A node in short; None when there is none, or none that stands in a tree."""
    found = node(connection, node_id)
    if found is None or found.lft is None:
        return None
    asked = {"id": node_id, "lft": found.lft, "rgt": found.rgt}
    heard = moments(connection, _HEARD, asked)
    if found.kind in {"outcome", "opportunity"} and len(heard) < 4:
        heard += moments(connection, _BELOW, asked)
    return PanelPage(
        about(connection),
        found,
        above(connection, node_id),
        heard,
        voices(connection, node_id, 12),
        *judged(connection, node_id),
    )
