"""A summary of a node, for the panel next to the tree."""

import sqlite3

from msgspec import Struct

from datasette_ost.file.diagnostics import DiagnosticRow, WaiverRow, judged
from datasette_ost.file.moments import MomentRow, Voice, moments, voices
from datasette_ost.file.nodes import (
    Mention,
    NodeRow,
    above,
    node,
)
from datasette_ost.file.rows import About, about, number
from datasette_ost.page import (
    Page,
    PageRequest,
    Shown,
    of_nodes,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links
from ost.recording import clock


class PanelPage(Struct):
    """`/-/ost/panel/ID.json`: a summary of a node, with its evidence and findings."""

    about: About
    node: NodeRow
    above: list[Mention]
    moments: list[MomentRow]
    voices: list[Voice]
    diagnostics: list[DiagnosticRow]
    waivers: list[WaiverRow]


_OWN_MOMENTS = """
where moment.node = :id
order by moment.kind != 'story', moment.date desc, moment.source, moment.position
limit 12
"""

_BELOW = """
where subject.lft > :lft
  and subject.lft < :rgt
  and moment.kind = 'story'
order by moment.date desc, moment.source, moment.position
limit 4
"""


_NEEDS_EVIDENCE = "select count(*) from kind where name = :kind and needs_evidence"


def read(connection: sqlite3.Connection, request: PageRequest) -> PanelPage | None:
    """A summary of a node; None if there is no such node or it has no place in a tree."""
    found = node(connection, request.id)
    if found is None or found.lft is None:
        return None
    parameters = {"id": found.id, "lft": found.lft, "rgt": found.rgt}
    own = moments(connection, _OWN_MOMENTS, parameters)
    if len(own) < 4 and number(connection, _NEEDS_EVIDENCE, {"kind": found.kind}):
        own += moments(connection, _BELOW, parameters)
    return PanelPage(
        about(connection),
        found,
        above(connection, found.id),
        own,
        voices(connection, found.id, 12),
        *judged(connection, found.id),
    )


def show(found: PanelPage, links: Links) -> Shown:
    """A node next to the tree."""
    own = found.node
    return {
        "own": own,
        "root": found.above[0].id if found.above else own.id,
        "facts": words.facts(own.fields, links.kinds[own.kind].labels)[:6],
        "edit": links.edit(found.about, own.path, own.line),
        "words": words,
        "clock": clock,
    }


PAGE = Page(
    of_node=True,
    read=read,
    show=show,
    copies=of_nodes("select id from node where lft is not null order by id"),
    as_script=True,
)
