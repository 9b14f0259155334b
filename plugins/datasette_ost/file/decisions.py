"""Decisions, with the nodes that they chose and rejected."""

import json
import sqlite3
from collections.abc import Iterable

from msgspec import Struct

from datasette_ost.file.kinds import DECIDING
from datasette_ost.file.nodes import MENTION, Mention
from datasette_ost.file.rows import fields_of, rows
from datasette_ost.file.titles import NodeFields, title_fields


class DecisionRow(Struct):
    """A decision, with the nodes that it chose and those that it rejected."""

    node: Mention
    date: str | None
    door: str
    because: str
    revisit: str
    chose: list[Mention]
    over: list[Mention]


_WIDTH = len(Mention.__struct_fields__)

_DECISIONS = f"""
select {MENTION}, node.date, node.fields
from node
where node.kind in {DECIDING}
  and node.id in (
    select edge.source
    from edge
    where edge.relation in ('chose', 'over')
      and edge.target in (select value from json_each(:settle))
    union
    select edge.source
    from edge
    where edge.relation = 'parent'
      and edge.target in (select value from json_each(:under))
  )
order by node.date desc, node.title, node.id
limit 20
"""

_ENDS = f"""
select edge.source, edge.relation, {MENTION}
from edge
join node on node.id = edge.target
where edge.source in (select value from json_each(:made))
  and edge.relation in ('chose', 'over')
order by edge.source, edge.position
"""


def decisions(
    connection: sqlite3.Connection, settle: Iterable[str], under: Iterable[str] = ()
) -> list[DecisionRow]:
    """The newest decisions that choose between given nodes or are below them."""
    asked = {"settle": json.dumps(list(settle)), "under": json.dumps(list(under))}
    made = {}
    found = rows(connection, _DECISIONS, asked)
    read = {row[0]: NodeFields(row[0], fields_of(row[-1])) for row in found}
    title_fields(connection, (read[row[0]] for row in found if "[[" in row[-1]))
    for row in found:
        fields = read[row[0]].fields
        door, because, revisit = (
            str(fields.get(name) or "") for name in ("door", "because", "revisit")
        )
        own, day = Mention(*row[:_WIDTH]), row[_WIDTH]
        made[own.id] = DecisionRow(own, day, door, because, revisit, [], [])
    for source, relation, *end in rows(connection, _ENDS, {"made": json.dumps(list(made))}):
        ends = made[source].chose if relation == "chose" else made[source].over
        ends.append(Mention(*end))
    return list(made.values())


def chosen_or_not(found: Iterable[DecisionRow]) -> dict[str, tuple[str, DecisionRow]]:
    """The newest decision about each node: chosen or rejected."""
    made: dict[str, tuple[str, DecisionRow]] = {}
    for decision in found:
        for role, ends in (("chosen", decision.chose), ("passed over", decision.over)):
            for node in ends:
                made.setdefault(node.id, (role, decision))
    return made
