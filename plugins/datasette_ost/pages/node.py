"""One node: its place, the nodes below it, and the people who mentioned it."""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from datasette_ost.file.decisions import DecisionRow, chosen_or_not, decisions
from datasette_ost.file.diagnostics import DiagnosticRow, WaiverRow, judged
from datasette_ost.file.ground import alternatives, changed_ground, decided_by
from datasette_ost.file.kinds import SPEAKING
from datasette_ost.file.measurements import MeasuredDay, measurements
from datasette_ost.file.moments import MomentRow, Voice, moments, voices
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
from datasette_ost.file.targets import Target, targets
from datasette_ost.page import (
    Page,
    PageRequest,
    Shown,
    of_nodes,
)
from datasette_ost.view import bars, words
from datasette_ost.view.assumptions import (
    EVIDENCE,
    IMPORTANCE,
    assumption_map,
    by_importance,
    tally,
)
from datasette_ost.view.branches import groups
from datasette_ost.view.links import Links
from datasette_ost.view.prose import prose
from datasette_ost.view.quotations import quotations
from datasette_ost.view.series import series
from datasette_ost.view.words import by_relation
from ost.recording import clock


class NodePage(Struct):
    """`/-/ost/node/ID.json`: one node, its place, the nodes below it, and the people who mentioned
    it.

    `alternatives` are the other nodes to choose from; `decides` are the nodes whose fate an
    assumption or a test decides; `decisions` choose this node or are below it. `suspect` is what
    has changed below a decision since its last edit, null if the file has no history.
    """

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
    targets: list[Target]
    alternatives: list[Box]
    decides: list[Box]
    decisions: list[DecisionRow]
    suspect: list[str] | None
    today: str


_LEVELS = {"outcome": 1, "opportunity": 3, "solution": 2}
"""How many levels below a node its page shows: for an opportunity, its solutions down to their
tests.
"""

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
select {MENTION}
from edge
join node on node.id = edge.target
where edge.source = :id
  and edge.relation = 'parent'
  and edge.target is not :parent
group by node.id
order by min(edge.position)
"""

_ADOPTED = f"""
select distinct {MENTION}
from edge
join node on node.id = edge.source
where edge.target = :id
  and edge.relation = 'parent'
  and node.parent is not :id
order by node.lft, node.id
limit 200
"""

_OWN = """
where moment.node = :id
  and moment.stance <> 'against'
order by moment.date desc, moment.source, moment.position
limit :own
"""

_AGAINST = """
where moment.node = :id
  and moment.stance = 'against'
order by moment.date desc, moment.source, moment.position
limit :own
"""

_AGAINST_BELOW = """
where subject.lft > :lft
  and subject.lft < :rgt
  and moment.stance = 'against'
order by moment.date desc, moment.position
limit 1
"""

_FURTHER = """
where moment.id in (
  select moment.id
  from moment
  join node as subject on subject.id = moment.node
  where subject.lft > :lft
    and subject.lft < :rgt
  order by
    exists (select 1 from quote where quote.moment = moment.id) desc, moment.date desc, moment.id
  limit :further
)
order by subject.lft, moment.date desc, moment.position
"""
"""Moments below a node, quotes and the newest first, in the order of the tree."""


class Limits(NamedTuple):
    """How many moments of the node, moments of nodes below it, people and links the page shows."""

    own: int
    further: int
    voices: int
    links: int


FEW, MOST = Limits(12, 6, 20, 20), Limits(2000, 1000, 1000, 1000)
"""The limits at first, and after *Show all*."""


def read(connection: sqlite3.Connection, request: PageRequest) -> NodePage | None:
    """One node, its place, the nodes below it, and the people who mentioned it."""
    found = node(connection, request.id)
    if found is None:
        return None
    node_id = found.id
    limits = MOST if request.whole or request.text("moments") == "all" else FEW
    asked = {"id": node_id, "parent": found.parent, "lft": found.lft, "rgt": found.rgt}
    asked |= {"own": limits.own, "further": limits.further}
    below = []
    said = moments(connection, _OWN, asked) + moments(connection, _AGAINST, asked)
    if found.lft is not None and found.descendants:
        depth = (found.depth or 0) + _LEVELS.get(found.kind, 1)
        below = boxes(connection, _BELOW, {**asked, "depth": depth})
        if found.kind == "opportunity":
            further = moments(connection, _FURTHER, asked)
            if found.against and not any(each.stance == "against" for each in said + further):
                further += moments(connection, _AGAINST_BELOW, asked)
            said += further
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
        said,
        0 if limits == MOST else _left_out(connection, node_id, found, len(said)),
        voices(connection, node_id, limits.voices) if found.participants else [],
        diagnostics,
        waivers,
        *_of_outcome(connection, found),
        alternatives(connection, node_id, found.kind) if found.kind == "solution" else [],
        decided_by(connection, node_id) if found.kind in _DECIDING else [],
        decisions(connection, settle=[node_id], under=[node_id]),
        changed_ground(connection, node_id) if found.kind == "decision" else None,
        _today(connection, request),
    )


_DECIDING = ("assumption", "test")


def _of_outcome(
    connection: sqlite3.Connection, found: NodeRow
) -> tuple[list[MeasuredDay], list[Target]]:
    """An outcome's measurements, and the targets below it."""
    if found.kind != "outcome":
        return [], []
    return measurements(connection, (found.id,)), targets(
        connection, found.lft or 0, found.rgt or 0
    )


def _today(connection: sqlite3.Connection, request: PageRequest) -> str:
    return about(connection).as_of or request.today


_MENTION_COUNT = "select count(*) from moment where node = :id"


def _left_out(connection: sqlite3.Connection, node_id: str, found: NodeRow, shown: int) -> int:
    """How many moments the page leaves out."""
    if found.kind == "opportunity":
        return max(found.moments + found.against + found.signals - shown, 0)
    return int(connection.execute(_MENTION_COUNT, {"id": node_id}).fetchone()[0]) - shown


def show(found: NodePage, links: Links) -> Shown:
    """One node, starting with what matters most for its kind."""
    own = found.node
    if links.kinds[own.kind].speaks:
        return {"redirect": links.node(own.id, own.kind)}
    said = [each for each in found.moments if each.about.id == own.id]
    further: dict[str, list[MomentRow]] = {}
    for moment in found.moments:
        if moment.about.id != own.id:
            further.setdefault(moment.about.id, []).append(moment)
    below = groups(own.id, found.below, links.kinds)
    weighed = by_importance([each.box for each in below.get("assumption", ())])
    return {
        "own": own,
        "root": found.above[0].id if found.above else own.id,
        "body": prose(links, own.body, own.notation, own.recording),
        "facts": words.facts(_other_fields(own), links.kinds[own.kind].labels),
        "groups": below,
        "decided": chosen_or_not(found.decisions),
        "own_parts": _OWN_PARTS.get(own.kind, ("decision",)),
        "told": [each for each in said if each.stance != "against" and each.kind != "signal"],
        "against": [each for each in said if each.stance == "against"],
        "signals": [each for each in said if each.stance != "against" and each.kind != "story"],
        "further": further,
        "said": quotations(found.moments, "for", own.id)[:2],
        "quoted": any(each.quotes for each in found.moments if each.stance == "for"),
        "said_against": quotations(found.moments, "against", own.id)[:2],
        "chose": [each.node for each in found.links if each.relation == "chose"],
        "over": [each.node for each in found.links if each.relation == "over"],
        "links_by": by_relation(_undecided(found.links), words.RELATIONS),
        "backlinks_by": by_relation(_undecided(found.backlinks), words.BACKWARDS),
        "edit": links.edit(found.about, own.path, own.line),
        "series": series(found.measurements, own.fields, today=found.today),
        "weighed": weighed,
        "tests": {
            each.box.id: [one.box for one in each.below] for each in below.get("assumption", ())
        },
        "assumption_map": assumption_map(weighed),
        "axes": (IMPORTANCE, EVIDENCE),
        "tally": tally,
        "bars": bars,
        "words": words,
        "clock": clock,
    }


def _undecided(found: Sequence[LinkedNode]) -> list[LinkedNode]:
    """Links that are not decisions, which have a section of their own."""
    return [each for each in found if each.relation not in ("chose", "over")]


_OWN_FIELDS = {
    "outcome": ("metric", "by", "unit", "baseline", "target"),
    "solution": ("bet", "result", "differs", "because"),
    "assumption": ("risk", "importance"),
    "test": ("criterion", "result", "verdict"),
    "decision": ("because", "revisit", "on"),
}
"""The fields that a kind's own part of the page shows. Other fields are under *Details*."""


_OWN_PARTS = {
    "opportunity": ("solution", "decision"),
    "solution": ("assumption", "decision"),
    "assumption": ("test", "decision"),
}
"""The kinds whose pages have a part of their own above the text."""


def _other_fields(own: NodeRow) -> dict[str, object]:
    return {
        name: value
        for name, value in own.fields.items()
        if name not in _OWN_FIELDS.get(own.kind, ())
    }


PAGE = Page(
    of_node=True,
    read=read,
    show=show,
    copies=of_nodes(f"select id from node where kind not in {SPEAKING} order by id"),
)
