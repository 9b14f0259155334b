"""Events with a date: interviews, decisions, results, bets, measurements."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from datasette_ost.file.kinds import kinds
from datasette_ost.file.nodes import MENTION, Mention
from datasette_ost.file.rows import rows
from datasette_ost.file.titles import NodeFields, title_fields
from ost.words import amount


class Activity(Struct):
    """An event on a day. `words` hold the participant, the reason or the value."""

    date: str
    said: str
    words: str | None
    node: Mention


_DAY = "glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]*'"
_DATED = f"""
select node.date, {{said}}, {{words}}, {MENTION}
from node
where kind = :kind
  and date < 'a'
  and date {_DAY}
  {{which}}
order by date desc, id
limit :most
"""
"""The newest nodes of a kind that has a date of its own, read from that kind's index."""

_STORIES = _DATED.format(said="kind", words="node.participant", which="")
_DECIDED = _DATED.format(said="'decided'", words="json_extract(fields, '$.because')", which="")
_ENDED = _DATED.format(
    said="node.status",
    words="null",
    which="and status in (select name from status where kind = :kind and stage = 'done')",
)

_OTHERS = f"""
select *
from (
  select
    json_extract(fields, '$.result.on') as day,
    'bet ' || coalesce(json_extract(fields, '$.result.verdict'), 'looked at'),
    null, null, {MENTION}
  from node
  where kind = 'solution'
  union all
  select
    measurement.date, 'measured',
    measurement.value, json_extract(node.fields, '$.unit'), {MENTION}
  from measurement
  join node on node.id = measurement.outcome
)
where day {_DAY}
order by day desc, title, id
limit :most
"""


def _activities(connection: sqlite3.Connection, most: int) -> Iterator[Activity]:
    """The newest events, one kind of event after another."""
    found: list[tuple[Any, ...]] = []
    for day, what, value, unit, *node in rows(connection, _OTHERS, {"most": most}):
        measured = None if value is None else f"{amount(value)} {unit or ''}".rstrip()
        found.append((day, what, measured, *node))
    for kind in kinds(connection):
        if kind.speaks is None:
            query = _DECIDED if kind.decides else _ENDED
        elif kind.speaks == "story":
            query = _STORIES
        else:
            continue
        found += rows(connection, query, {"kind": kind.name, "most": most})
    for day, what, words, *node in found:
        said = None if words is None else str(words)
        yield Activity(str(day)[:10], str(what), said, Mention(*node))


def newest_changes(connection: sqlite3.Connection, most: int) -> list[Activity]:
    """The newest events of all kinds."""
    found = sorted(
        _activities(connection, most), key=lambda each: (each.node.title, each.said, each.node.id)
    )
    found = sorted(found, key=lambda each: each.date, reverse=True)[:most]
    linked = [each for each in found if each.said == "decided" and "[[" in (each.words or "")]
    reasons = [NodeFields(each.node.id, {"because": each.words}) for each in linked]
    title_fields(connection, reasons)
    for change, reason in zip(linked, reasons, strict=True):
        change.words = reason.fields["because"]
    return found
