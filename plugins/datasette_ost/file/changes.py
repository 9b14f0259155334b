"""Events with a date: interviews, decisions, results, bets, measurements."""

import sqlite3

from msgspec import Struct

from datasette_ost.file.nodes import MENTION, Mention
from datasette_ost.file.rows import rows
from datasette_ost.file.titles import NodeFields, title_fields


class Activity(Struct):
    """An event on a day. `words` hold the participant, the reason or the value."""

    date: str
    said: str
    words: str | None
    node: Mention


def _dated(field: str, words: str, which: str) -> str:
    """The newest nodes of a kind that have a date of their own, read from the kind's index."""
    return f"""
select *
from (
    select node.date as day, {field} as said, {words} as words, {MENTION}
    from node
    where {which}
      and date < 'a'
    order by date desc, id
    limit :most
  )
union all"""


_CHANGES = f"""
{_dated("'interview'", "node.participant", "kind = 'interview'")}
{_dated("'decided'", "json_extract(fields, '$.because')", "kind = 'decision'")}
{_dated("node.status", "null", "kind = 'test' and status not in ('planned', 'running')")}
select
  json_extract(fields, '$.result.on'),
  'bet ' || coalesce(json_extract(fields, '$.result.verdict'), 'looked at'), null, {MENTION}
from node
where kind = 'solution'
union all
select
  measurement.date, 'measured',
  rtrim(rtrim(printf('%.6f', measurement.value), '0'), '.')
    || coalesce(' ' || json_extract(node.fields, '$.unit'), ''), {MENTION}
from measurement
join node on node.id = measurement.outcome
"""

_NEWEST = f"""
select *
from ({_CHANGES})
where day glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]*'
order by day desc, title, said, id
limit :most
"""


def newest_changes(connection: sqlite3.Connection, most: int) -> list[Activity]:
    """The newest events of all kinds."""
    found = [
        Activity(str(day)[:10], str(what), None if words is None else str(words), Mention(*node))
        for day, what, words, *node in rows(connection, _NEWEST, {"most": most})
    ]
    linked = [each for each in found if each.said == "decided" and "[[" in (each.words or "")]
    reasons = [NodeFields(each.node.id, {"because": each.words}) for each in linked]
    title_fields(connection, reasons)
    for change, reason in zip(linked, reasons, strict=True):
        change.words = reason.fields["because"]
    return found
