"""One node: its place, what hangs below it, and who said so."""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from datasette_ost.file.diagnostics import DiagnosticRow, WaiverRow, judged
from datasette_ost.file.kinds import SPEAKING, PublishedKinds
from datasette_ost.file.measurements import MeasuredDay, measurements
from datasette_ost.file.moments import MomentRow, QuoteRow, Voice, moments, voices
from datasette_ost.file.nodes import (
    BOX,
    MENTION,
    Box,
    LinkedNode,
    Mention,
    NodeRow,
    above,
    boxes,
    links,
    node,
)
from datasette_ost.file.rows import About, about, records
from datasette_ost.page import (
    Page,
    PageRequest,
    Shown,
    of_nodes,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links
from datasette_ost.view.plots import line
from datasette_ost.view.prose import prose
from datasette_ost.view.words import by_relation
from ost.recording import clock


class NodePage(Struct):
    """`/-/ost/node/ID.json`: one node, its place, what is below it, and who mentioned it."""

    about: About
    node: NodeRow
    above: list[Mention]
    parents: list[Mention]
    below: list[Box]
    adopted: list[Mention]
    links: list[LinkedNode]
    backlinks: list[LinkedNode]
    more_links: bool
    moments: list[MomentRow]
    more_moments: int
    voices: list[Voice]
    diagnostics: list[DiagnosticRow]
    waivers: list[WaiverRow]
    measurements: list[MeasuredDay]


_LEVELS = {"outcome": 1, "opportunity": 3, "solution": 2}
"""Levels below a node that its page shows: an opportunity's solutions down to their tests."""

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


def read(connection: sqlite3.Connection, request: PageRequest) -> NodePage | None:
    """One node, its place, what hangs below, and who spoke of it."""
    found = node(connection, request.id)
    if found is None:
        return None
    node_id = found.id
    limits = MOST if request.whole or request.text("moments") == "all" else FEW
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
        records(connection, Mention, _PARENTS, asked),
        below,
        records(connection, Mention, _ADOPTED, asked),
        out[: limits.links],
        back[: limits.links],
        max(len(out), len(back)) > limits.links,
        heard,
        0 if limits == MOST else _left_out(connection, node_id, found, len(heard)),
        voices(connection, node_id, limits.voices) if found.participants else [],
        diagnostics,
        waivers,
        measurements(connection, (node_id,)),
    )


_HEARD = "select count(*) from moment where node = :id"


def _left_out(connection: sqlite3.Connection, node_id: str, found: NodeRow, shown: int) -> int:
    """How many moments the page could show more."""
    if found.kind == "opportunity":
        return max(found.moments + found.against + found.signals - shown, 0)
    return int(connection.execute(_HEARD, {"id": node_id}).fetchone()[0]) - shown


def _said(found: Sequence[MomentRow], stance: str) -> list[tuple[MomentRow, QuoteRow]]:
    """One quote of each moment for or against, of different people first."""
    quoted = [
        (each, each.quotes[0])
        for each in found
        if each.quotes and each.stance == stance and each.kind == "story"
    ]
    people = {each.participant or each.of.id: (each, quote) for each, quote in reversed(quoted)}
    first = sorted(people.values(), key=lambda each: each[0].date or "", reverse=True)
    return [*first, *(each for each in quoted if each not in first)]


class Below(Struct):
    """A node below, with what is below that."""

    box: Box
    below: list["Below"]


def show(found: NodePage, links: Links) -> Shown:
    """One node."""
    own = found.node
    if links.kinds[own.kind].speaks:
        return {"redirect": links.node(own.id, own.kind)}
    heard = [each for each in found.moments if each.about.id == own.id]
    further: dict[str, list[MomentRow]] = {}
    for moment in found.moments:
        if moment.about.id != own.id:
            further.setdefault(moment.about.id, []).append(moment)
    return {
        "own": own,
        "root": found.above[0].id if found.above else own.id,
        "body": prose(links, own.body, own.notation, own.recording),
        "facts": words.facts(own.fields, links.kinds[own.kind].labels),
        "groups": groups(own.id, found.below, links.kinds),
        "told": [each for each in heard if each.stance != "against" and each.kind == "story"],
        "against": [each for each in heard if each.stance == "against"],
        "signals": [each for each in heard if each.stance != "against" and each.kind != "story"],
        "further": further,
        "said": _said(heard, "for")[:2],
        "said_against": _said(heard, "against")[:2],
        "links_by": by_relation(found.links, words.RELATIONS),
        "backlinks_by": by_relation(found.backlinks, words.BACKWARDS),
        "edit": links.edit(found.about, own.path, own.line),
        "metric": line(found.measurements, own.fields),
        "words": words,
        "clock": clock,
    }


def groups(node_id: str, below: Sequence[Box], kinds: PublishedKinds) -> dict[str, list[Below]]:
    """The nodes directly below by kind, each with what is below it. What the team no longer works
    on comes after what it does.
    """
    made = {each.id: Below(each, []) for each in below}
    direct: dict[str, list[Below]] = {}
    for child in made.values():
        if child.box.parent == node_id:
            direct.setdefault(child.box.kind, []).append(child)
        elif child.box.parent in made:
            made[child.box.parent].below.append(child)
    for found in direct.values():
        found.sort(key=lambda each: kinds.standing(each.box.kind, each.box.status).stage == "aside")
    return dict(sorted(direct.items(), key=lambda item: kinds[item[0]].position))


PAGE = Page(
    of_node=True,
    read=read,
    show=show,
    copies=of_nodes(f"select id from node where kind not in {SPEAKING} order by id"),
)
