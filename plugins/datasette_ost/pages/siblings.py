"""A parent's opportunities side by side, through the four lenses."""

import json
import sqlite3

from msgspec import Struct

from datasette_ost.file.decisions import DecisionRow, chosen_or_not, decisions
from datasette_ost.file.nodes import (
    BOX,
    Box,
    Mention,
    above,
    box,
    boxes,
)
from datasette_ost.file.rows import About, about, number, rows
from datasette_ost.page import (
    Page,
    PageRequest,
    Shown,
    of_nodes,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links


class Sibling(Struct):
    """An opportunity next to its siblings. `segments` counts its participants by segment."""

    box: Box
    segments: dict[str, int]
    solutions: int = 0


class SiblingsPage(Struct):
    """`/-/ost/siblings/PARENT.json`: a parent's opportunities in their own order, unranked."""

    about: About
    node: Box
    above: list[Mention]
    siblings: list[Sibling]
    more: int
    decisions: list[DecisionRow]


AT_MOST = 40

_CHILDREN = """
from edge
join node on node.id = edge.source
where edge.target = :id
  and edge.relation = 'parent'
  and node.kind = 'opportunity'
"""

_SIBLINGS = f"""
select {BOX}
{_CHILDREN}
group by node.id
order by node.lft
limit :most
"""

_MANY = f"""
select count(distinct edge.source)
{_CHILDREN}
"""

_SEGMENTS = """
select evidence.node, coalesce(participant.segment, ''), count(*)
from evidence
join participant on participant.id = evidence.participant
where evidence.node in (select value from json_each(:nodes))
group by 1, 2
order by 3 desc, 2, 1
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


def read(connection: sqlite3.Connection, request: PageRequest) -> SiblingsPage | None:
    """A parent's opportunities, with the people who mentioned them."""
    found = box(connection, request.id, "outcome", "opportunity")
    if found is None:
        return None
    node_id = found.id
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


LENSES = {
    "size": "How many, how often",
    "market": "Table stakes, or a difference",
    "company": "Does it fit us",
    "customer": "How much it matters to them",
}


def show(found: SiblingsPage, links: Links) -> Shown:
    """A parent's opportunities through the four lenses."""
    return {
        "own": found.node,
        "lenses": LENSES,
        "decided": chosen_or_not(found.decisions),
        "words": words,
    }


_WITH_OPPORTUNITIES = """
select id from node where kind = 'outcome'
union
select distinct parent.id
from edge
join node as parent on parent.id = edge.target
join node as opportunity on opportunity.id = edge.source
where edge.relation = 'parent'
  and parent.kind = 'opportunity'
  and opportunity.kind = 'opportunity'
order by 1
"""

PAGE = Page(of_node=True, read=read, show=show, copies=of_nodes(_WITH_OPPORTUNITIES))
