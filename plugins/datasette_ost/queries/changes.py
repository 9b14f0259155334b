"""What the page and the feed of the newest changes show."""

import sqlite3

from datasette_ost.overviews import Change, ChangesPage
from datasette_ost.queries.reading import MENTION, about, rows
from datasette_ost.shapes import Mention

AT_MOST = 60


def _dated(said: str, words: str, which: str) -> str:
    """The newest nodes of a kind that have a day of their own, read by their index."""
    return f"""
select *
from (
    select node.date as day, {said} as said, {words} as words, {MENTION}
    from node
    where {which}
      and date < 'a'
    order by date desc
    limit :most
  )
union all"""


_CHANGES = f"""
{_dated("'heard'", "node.participant", "kind = 'interview'")}
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
  measurement.value || coalesce(' ' || json_extract(node.fields, '$.unit'), ''), {MENTION}
from measurement
join node on node.id = measurement.outcome
"""

_NEWEST = f"""
select *
from ({_CHANGES})
where day glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]*'
order by day desc, title, said
limit :most
"""


def changes(connection: sqlite3.Connection) -> ChangesPage:
    """The newest of all that has a day: talks, decisions, results, bets, measurements."""
    found = [
        Change(str(day)[:10], str(said), None if words is None else str(words), Mention(*node))
        for day, said, words, *node in rows(connection, _NEWEST, {"most": AT_MOST})
    ]
    return ChangesPage(about(connection), found)
