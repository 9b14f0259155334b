"""Target opportunities with their solutions."""

import json
import sqlite3

from msgspec import Struct

from datasette_ost.file.nodes import BOX, MENTION, Box, Mention
from datasette_ost.file.rows import record, rows

AT_MOST = 20


class Target(Struct):
    """A target with its solutions, and the `outcome` that it serves."""

    outcome: str | None
    box: Box
    solutions: list[Mention]


_TARGETS = f"""
select node.outcome, {BOX}
from node
where kind = 'opportunity'
  and status = 'target'
  and lft between :first and :last
order by lft
limit :most
"""

_SOLUTIONS = f"""
select edge.target, {MENTION}
from edge
join node on node.id = edge.source
where edge.target in (select value from json_each(:targets))
  and edge.relation = 'parent'
  and node.kind = 'solution'
order by node.lft, edge.target
"""


def targets(connection: sqlite3.Connection, first: int = 0, last: int = 2**60) -> list[Target]:
    """The targets in a part of the tree's order, by default everywhere."""
    wanted = {"first": first, "last": last, "most": AT_MOST}
    found = [
        Target(outcome, record(Box, box), [])
        for outcome, *box in rows(connection, _TARGETS, wanted)
    ]
    by_id = {each.box.id: each for each in found}
    for target, *solution in rows(connection, _SOLUTIONS, {"targets": json.dumps(list(by_id))}):
        by_id[target].solutions.append(Mention(*solution))
    return found
