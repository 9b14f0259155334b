"""Findings of `ost check` about nodes, and waivers."""

import sqlite3

from msgspec import Struct

from datasette_ost.file.rows import columns, records


class DiagnosticRow(Struct):
    """A finding of `ost check`. `title` is the title of the node that it is about."""

    path: str
    line: int
    column: int
    code: str
    name: str
    severity: str
    message: str
    node: str | None
    kind: str | None
    title: str | None


class WaiverRow(Struct):
    """A rule that is waived for a node. `title` is the node's title."""

    node: str
    rule: str
    because: str
    until: str | None
    state: str
    path: str
    line: int
    kind: str
    title: str


DIAGNOSTIC = f"""{columns(DiagnosticRow, "diagnostic", ("kind", "title"))}, node.kind, node.title"""

WAIVER = f"""{columns(WaiverRow, "waiver", ("path", "kind", "title", "line"))},
  node.path, waiver.line, node.kind, node.title"""

READING = 'diagnostic.path, diagnostic.line, diagnostic."column", diagnostic.id'
"""The order in which findings are read."""

_DIAGNOSTICS = f"""
select {DIAGNOSTIC}
from diagnostic
left join node on node.id = diagnostic.node
where diagnostic.node = :id
order by
  case diagnostic.severity when 'error' then 0 when 'warning' then 1 else 2 end,
  {READING}
limit 100
"""

_WAIVERS = f"""
select {WAIVER}
from waiver
join node on node.id = waiver.node
where waiver.node = :id
order by waiver.line, waiver.id
"""


def judged(
    connection: sqlite3.Connection, node_id: str
) -> tuple[list[DiagnosticRow], list[WaiverRow]]:
    """A node's findings and waivers."""
    parameters = {"id": node_id}
    return (
        records(connection, DiagnosticRow, _DIAGNOSTICS, parameters),
        records(connection, WaiverRow, _WAIVERS, parameters),
    )
