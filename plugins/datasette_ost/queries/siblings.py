"""What the page of one parent's opportunities shows."""

import json
import sqlite3

from datasette_ost.overviews import Sibling, SiblingsPage
from datasette_ost.queries.decisions import decisions
from datasette_ost.queries.reading import BOX, about, above, box, boxes, number, rows

AT_MOST = 40

_SIBLINGS = f"""
select {BOX}
from edge
join node on node.id = edge.source
where edge.target = :id
  and edge.relation = 'parent'
  and node.kind = 'opportunity'
group by node.id
order by node.status = 'parked', node.lft
limit :most
"""

_MANY = """
select count(distinct edge.source)
from edge
join node on node.id = edge.source
where edge.target = :id
  and edge.relation = 'parent'
  and node.kind = 'opportunity'
"""

_SEGMENTS = """
select evidence.node, coalesce(participant.segment, ''), count(*)
from evidence
join participant on participant.id = evidence.participant
where evidence.node in (select value from json_each(:nodes))
group by 1, 2
order by 3 desc, 2
"""

_SOLUTIONS = """
select edge.target, count(distinct edge.source)
from edge
join node on node.id = edge.source
where edge.target in (select value from json_each(:nodes))
  and edge.relation = 'parent'
  and node.kind = 'solution'
group by 1
"""


def siblings(connection: sqlite3.Connection, node_id: str) -> SiblingsPage | None:
    """A parent's opportunities, with who told of each."""
    found = box(connection, node_id, "outcome", "opportunity")
    if found is None:
        return None
    below = boxes(connection, _SIBLINGS, {"id": node_id, "most": AT_MOST})
    many = number(connection, _MANY, {"id": node_id})
    made = {each.id: Sibling(each, {}) for each in below}
    asked = {"nodes": json.dumps(list(made))}
    for node, segment, people in rows(connection, _SEGMENTS, asked):
        made[node].segments[segment] = people
    for node, solutions in rows(connection, _SOLUTIONS, asked):
        made[node].solutions = solutions
    return SiblingsPage(
        about(connection),
        found,
        above(connection, node_id),
        list(made.values()),
        many - len(below),
        decisions(connection, settle=list(made)),
    )
