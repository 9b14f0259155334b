"""Rows as values, and the few reads that several pages share."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from datasette_ost.shapes import (
    About,
    Box,
    Diagnostic,
    Linked,
    Mention,
    Moment,
    Node,
    Quote,
    Second,
    Value,
    Voice,
    Waiver,
)
from ost import notation

Shape = TypeVar("Shape", bound=Struct)
Asked = Mapping[str, object]


def columns(shape: type[Struct], table: str, without: tuple[str, ...] = ()) -> str:
    """A shape's fields as columns of a table."""
    names = (each for each in shape.__struct_fields__ if each not in without)
    return ", ".join(f'{table}."{each}"' for each in names)


MENTION = columns(Mention, "node")
NODE = columns(Node, "node")
QUOTE = columns(Quote, "quote")
# Most trees hold nobody who is made up: that is asked once, and not of every node.
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
PLACED = "('outcome', 'opportunity', 'solution', 'assumption', 'test', 'decision')"
"""The kinds that stand in trees."""
_DIAGNOSTIC = f"""{columns(Diagnostic, "diagnostic", ("kind", "title"))}, node.kind, node.title"""
_WAIVER = f"""{columns(Waiver, "waiver", ("path", "kind", "title", "line"))},
  node.path, waiver.line, node.kind, node.title"""
_MOMENT = (
    "id",
    "stance",
    "kind",
    "words",
    "second",
    "url",
    "date",
    "participant",
    "line",
    "further",
)
_SECONDS = msgspec.json.Decoder(list[Second])
_WIDTH = len(Mention.__struct_fields__)


def rows(connection: sqlite3.Connection, sql: str, asked: Asked) -> list[tuple[Any, ...]]:
    """What a statement gives."""
    return [tuple(each) for each in connection.execute(sql, asked).fetchall()]


def number(connection: sqlite3.Connection, sql: str, asked: Asked | None = None) -> int:
    """The one number that a statement gives."""
    return int(connection.execute(sql, asked or {}).fetchone()[0])


def read(connection: sqlite3.Connection, shape: type[Shape], sql: str, asked: Asked) -> list[Shape]:
    """What a statement gives, as values; its columns are the shape's fields in order."""
    return [made(shape, each) for each in connection.execute(sql, asked).fetchall()]


def made(shape: type[Shape], values: Iterable[Any]) -> Shape:
    """A row as a value; `further` timestamps are JSON in the file."""
    found = shape(*values)
    if "further" in shape.__struct_fields__:
        found.further = _SECONDS.decode(found.further or "[]")  # type: ignore[attr-defined] # it has
    return found


def about(connection: sqlite3.Connection) -> About:
    """The published file itself."""
    known = dict(rows(connection, "select key, value from meta", {}))
    given = {each: str(known[each] or "") for each in About.__struct_fields__ if each in known}
    return About(**given)


def build(connection: sqlite3.Connection) -> str:
    """Which build this is."""
    found = connection.execute("select value from meta where key = 'build'").fetchone()
    return str(found[0]) if found else ""


def boxes(connection: sqlite3.Connection, sql: str, asked: Asked) -> list[Box]:
    """Nodes as boxes."""
    return [_with_fields(each) for each in read(connection, Box, sql, asked)]


def box(connection: sqlite3.Connection, node_id: str, *kinds: str) -> Box | None:
    """One node as a box; of these kinds when some are given."""
    found = boxes(connection, f"select {BOX} from node where id = :id", {"id": node_id})
    return found[0] if found and (not kinds or found[0].kind in kinds) else None


def node(connection: sqlite3.Connection, node_id: str) -> Node | None:
    """One node."""
    sql = f"select {NODE} from node where id = :id"
    found = read(connection, Node, sql, {"id": node_id})
    return _as_read(found[0]) if found else None


def _as_read(found: Node) -> Node:
    found.sections = notation.sections(found.sections)  # type: ignore[arg-type] # JSON until now
    found.notation = notation.notation(found.notation)  # type: ignore[arg-type] # JSON until now
    return _with_fields(found)


def _with_fields(found: Shape) -> Shape:
    found.fields = fields_of(found.fields)  # type: ignore[attr-defined] # both shapes have it
    return found


def fields_of(text: str | None) -> dict[str, Any]:
    """A node's fields from their JSON; a file from elsewhere may hold anything."""
    try:
        found = json.loads(text or "{}")
    except (TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


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
    """From the top to a node's parent; each once, should content hang in a circle."""
    found = read(connection, Mention, _ABOVE, {"id": node_id})
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
order by edge.relation, node.title
limit :most
"""


def links(
    connection: sqlite3.Connection, node_id: str, most: int = 200
) -> tuple[list[Linked], list[Linked]]:
    """The links of a node, and those that lead to it; who speaks for it is told by its moments."""
    found = [
        [
            Linked(each[0], Mention(*each[1:]))
            for each in dict.fromkeys(rows(connection, sql, {"id": node_id, "most": most}))
        ]
        for sql in (_LINKS, _BACKLINKS)
    ]
    return found[0], found[1]


_DIAGNOSTICS = f"""
select {_DIAGNOSTIC}
from diagnostic
left join node on node.id = diagnostic.node
where diagnostic.node = :id
order by diagnostic.severity, diagnostic.line
limit 100
"""

_WAIVERS = f"""
select {_WAIVER}
from waiver
join node on node.id = waiver.node
where waiver.node = :id
order by waiver.line
"""


def judged(connection: sqlite3.Connection, node_id: str) -> tuple[list[Diagnostic], list[Waiver]]:
    """What was said of a node, and what was set aside for it."""
    asked = {"id": node_id}
    return (
        read(connection, Diagnostic, _DIAGNOSTICS, asked),
        read(connection, Waiver, _WAIVERS, asked),
    )


_MOMENTS = f"""
select
  {", ".join(f"moment.{each}" for each in _MOMENT)},
  {columns(Mention, "subject")},
  {columns(Mention, "source")},
  source.segment
from moment
join node as subject on subject.id = moment.node
join node as source on source.id = moment.source
"""

_QUOTES = f"""
select {QUOTE}
from quote
where moment in (select value from json_each(:moments))
order by position
"""


def moments(connection: sqlite3.Connection, where: str, asked: Asked) -> list[Moment]:
    """Moments, each with its quotes."""
    found = []
    for each in rows(connection, _MOMENTS + where, asked):
        own, rest = each[: len(_MOMENT)], each[len(_MOMENT) :]
        values: list[Any] = [*own, Mention(*rest[:_WIDTH]), Mention(*rest[_WIDTH : 2 * _WIDTH])]
        values.append(rest[-1])
        found.append(made(Moment, values))
    by_id = {each.id: each for each in found}
    if by_id:
        wanted = {"moments": json.dumps(list(by_id))}
        for quote in read(connection, Quote, _QUOTES, wanted):
            by_id[quote.moment or ""].quotes.append(quote)
    return found


_VOICES = """
select evidence.participant, participant.segment, evidence.moments, participant.illustrative
from evidence
join participant on participant.id = evidence.participant
where evidence.node = :id
order by evidence.moments desc, evidence.participant
limit :most
"""


def voices(connection: sqlite3.Connection, node_id: str, most: int) -> list[Voice]:
    """Who speaks for a node or for what is below it, the most often first."""
    return read(connection, Voice, _VOICES, {"id": node_id, "most": most})


_MEASUREMENTS = """
select outcome, date, value
from measurement
where outcome in (select value from json_each(:outcomes))
order by outcome, date
"""


def measurements(connection: sqlite3.Connection, outcomes: Iterable[str]) -> list[Value]:
    """The metrics of outcomes over time."""
    return read(connection, Value, _MEASUREMENTS, {"outcomes": json.dumps(list(outcomes))})
