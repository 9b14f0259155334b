"""What the pages of one node and of one interview show."""

import sqlite3
from typing import NamedTuple

from datasette_ost.queries.reading import (
    BOX,
    MENTION,
    QUOTE,
    about,
    above,
    boxes,
    judged,
    links,
    measurements,
    moments,
    node,
    read,
    voices,
)
from datasette_ost.shapes import (
    Interview,
    InterviewPage,
    Mention,
    Node,
    NodePage,
    Quote,
    Step,
)

_LEVELS = {"outcome": 1, "opportunity": 3, "solution": 2}
"""Levels below a node that its page tells of: an opportunity's solutions down to their tests."""

_BELOW = f"""
select {BOX}
from node
where lft > :lft
  and lft < :rgt
  and depth <= :depth
  and (parent = :id or kind in ('solution', 'assumption', 'test'))
order by lft
limit 400
"""

_PARENTS = f"""
select distinct {MENTION}
from edge
join node on node.id = edge.target
where edge.source = :id
  and edge.relation = 'parent'
  and edge.target is not :parent
"""

_ADOPTED = f"""
select distinct {MENTION}
from edge
join node on node.id = edge.source
where edge.target = :id
  and edge.relation = 'parent'
  and node.parent is not :id
limit 200
"""

_OWN = """
where moment.node = :id
order by moment.date desc, moment.source, moment.position
limit :own
"""

_FURTHER = """
where subject.lft > :lft
  and subject.lft < :rgt
order by subject.lft, moment.date desc, moment.position
limit :further
"""


class Limits(NamedTuple):
    """So many moments about a node and about those below it, so many people, and so many links."""

    own: int
    further: int
    voices: int
    links: int


FEW, MOST = Limits(12, 6, 20, 20), Limits(2000, 1000, 1000, 1000)
"""At first, and when all are asked for."""


def one(connection: sqlite3.Connection, node_id: str, limits: Limits = FEW) -> NodePage | None:
    """One node, its place, what hangs below, and who spoke of it."""
    found = node(connection, node_id)
    if found is None:
        return None
    asked = {"id": node_id, "parent": found.parent, "lft": found.lft, "rgt": found.rgt}
    asked |= {"own": limits.own, "further": limits.further}
    below = []
    heard = moments(connection, _OWN, asked)
    if found.lft is not None and found.descendants:
        depth = (found.depth or 0) + _LEVELS.get(found.kind, 1)
        below = boxes(connection, _BELOW, {**asked, "depth": depth})
        if found.kind == "opportunity":
            heard += moments(connection, _FURTHER, asked)
    out, back = links(connection, node_id, limits.links + 1)
    diagnostics, waivers = judged(connection, node_id)
    return NodePage(
        about(connection),
        found,
        above(connection, node_id),
        read(connection, Mention, _PARENTS, asked),
        below,
        read(connection, Mention, _ADOPTED, asked),
        out[: limits.links],
        back[: limits.links],
        max(len(out), len(back)) > limits.links,
        heard,
        0 if limits == MOST else _left_out(connection, node_id, found, len(heard)),
        voices(connection, node_id, limits.voices) if found.participants else [],
        diagnostics,
        waivers,
        measurements(connection, (node_id,)) if found.kind == "outcome" else [],
    )


_HEARD = "select count(*) from moment where node = :id"


def _left_out(connection: sqlite3.Connection, node_id: str, found: Node, shown: int) -> int:
    """How many moments the page could show more."""
    if found.kind == "opportunity":
        return max(found.moments + found.against + found.signals - shown, 0)
    return int(connection.execute(_HEARD, {"id": node_id}).fetchone()[0]) - shown


_HEARD_IN = """
where moment.source = :id
order by moment.position
limit 500
"""

_QUOTES = f"""
select {QUOTE}
from quote
where source = :id
order by position
limit 500
"""

_STEPS = """
select position, text, second, url, line, further
from story_step
where source = :id
order by position
limit 500
"""

_OTHERS = """
select id, kind, title, date, participant, segment, illustrative, 0
from node
where participant = :participant
  and id != :id
order by date desc
limit 20
"""


def interview(connection: sqlite3.Connection, node_id: str) -> InterviewPage | None:
    """One interview or signal: its story, its quotes and its moments."""
    found = node(connection, node_id)
    if found is None or found.kind not in {"interview", "signal"}:
        return None
    asked = {"id": node_id, "participant": found.participant}
    out, back = links(connection, node_id)
    diagnostics, waivers = judged(connection, node_id)
    return InterviewPage(
        about(connection),
        found,
        moments(connection, _HEARD_IN, asked),
        read(connection, Quote, _QUOTES, asked),
        read(connection, Step, _STEPS, asked),
        read(connection, Interview, _OTHERS, asked) if found.participant else [],
        out,
        back,
        diagnostics,
        waivers,
    )
