"""Nodes of the published file: their place in the tree and their links."""

import sqlite3
from typing import Any

from msgspec import Struct

from datasette_ost.file.rows import Parameters, columns, records, rows
from datasette_ost.file.titles import title_fields, titled
from ost.notation import Notation, SectionMark, replace_links


class Mention(Struct):
    """A node that something else names."""

    id: str
    kind: str
    title: str
    status: str | None
    illustrative: int
    parent: str | None


class Box(Struct):
    """A node as a box of the tree. `made_up` counts its illustrative participants."""

    id: str
    kind: str
    title: str
    status: str | None
    parent: str | None
    depth: int
    lft: int | None
    rgt: int | None
    children: int
    descendants: int
    participants: int
    moments: int
    against: int
    signals: int
    errors: int
    warnings: int
    waived: int
    illustrative: int
    last_heard: str | None
    fields: dict[str, Any]
    made_up: int


class NodeRow(Struct):
    """A whole row of `node`, with its fields decoded."""

    id: str
    kind: str
    title: str
    status: str | None
    parent: str | None
    outcome: str | None
    lft: int | None
    rgt: int | None
    depth: int | None
    children: int
    descendants: int
    participants: int
    interviews: int
    moments: int
    against: int
    signals: int
    first_heard: str | None
    last_heard: str | None
    errors: int
    warnings: int
    waived: int
    illustrative: int
    date: str | None
    participant: str | None
    segment: str | None
    recording: str | None
    fields: dict[str, Any]
    body: str
    sections: tuple[SectionMark, ...]
    notation: Notation
    path: str
    line: int


class LinkedNode(Struct):
    """A link of a node. `relation` is the one in `edge`; `node` is the other end."""

    relation: str
    node: Mention


MENTION = columns(Mention, "node")

NODE = columns(NodeRow, "node")

# Most trees have no illustrative people, so this asks once and not for every node.
BOX = f"""{columns(Box, "node", ("made_up",))}, iif((
    select max(illustrative)
    from participant
  ), (
    select count(*)
    from evidence
    join participant on participant.id = evidence.participant
    where evidence.node = node.id
      and participant.illustrative
  ), 0) as made_up"""


def boxes(connection: sqlite3.Connection, sql: str, parameters: Parameters) -> list[Box]:
    """Nodes as boxes."""
    found = records(connection, Box, sql, parameters)
    title_fields(connection, [each for each in found if "[[" in str(each.fields)])
    return found


def box(connection: sqlite3.Connection, node_id: str, *kinds: str) -> Box | None:
    """A node as a box, or None if it is missing or its kind has no boxes."""
    found = boxes(connection, f"select {BOX} from node where id = :id", {"id": node_id})
    return found[0] if found and (not kinds or found[0].kind in kinds) else None


def node(connection: sqlite3.Connection, node_id: str) -> NodeRow | None:
    """One node."""
    sql = f"select {NODE} from node where id = :id"
    found = records(connection, NodeRow, sql, {"id": node_id})
    for row in found:
        (row.notation,) = titled(connection, [row.notation])
        replace_links(row.fields, row.notation.fields)
    return found[0] if found else None


_ABOVE = f"""
with recursive up(id, parent, steps) as (
  select node.id, node.parent, 0
  from node
  where id = :id
  union all
  select node.id, node.parent, up.steps + 1
  from up
  join node on node.id = up.parent
  where up.steps < 60
)
select {MENTION}
from up
join node on node.id = up.id
where up.steps > 0
order by up.steps desc
"""


def above(connection: sqlite3.Connection, node_id: str) -> list[Mention]:
    """The nodes from the top down to a node's parent, each once, even if parents form a cycle."""
    found = records(connection, Mention, _ABOVE, {"id": node_id})
    once = {each.id: each for each in found if each.id != node_id}
    return list(once.values())


_LINKS = f"""
select edge.relation, {MENTION}
from edge
join node on node.id = edge.target
where edge.source = :id
  and edge.relation not in ('parent', 'evidence')
order by edge.position
limit :most
"""

_BACKLINKS = f"""
select distinct edge.relation, {MENTION}
from edge
join node on node.id = edge.source
where edge.target = :id
  and edge.relation not in ('parent', 'evidence')
  and edge.source not in (select source from moment where node = :id)
order by edge.relation, node.title, node.id
limit :most
"""


def links(
    connection: sqlite3.Connection, node_id: str, most: int = 200
) -> tuple[list[LinkedNode], list[LinkedNode]]:
    """The links from and to a node. Evidence is left out, because the node's moments show it."""
    found = [
        [
            LinkedNode(each[0], Mention(*each[1:]))
            for each in dict.fromkeys(rows(connection, sql, {"id": node_id, "most": most}))
        ]
        for sql in (_LINKS, _BACKLINKS)
    ]
    return found[0], found[1]
