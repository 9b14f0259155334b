"""What the page and the feed of the newest changes show."""

import sqlite3

from datasette_ost.overviews import Change, ChangesPage
from datasette_ost.queries.reading import MENTION, about, rows
from datasette_ost.shapes import Mention

AT_MOST = 60

_CHANGES = f"""
select *
from (
    select node.date as day, 'heard' as said, node.participant as words, {MENTION}
    from node
    where kind = 'interview'
      and date < 'a'
    order by date desc
    limit :most
  )
union all
select *
from (
    select node.date, 'decided', json_extract(fields, '$.because'), {MENTION}
    from node
    where kind = 'decision'
      and date < 'a'
    order by date desc
    limit :most
  )
union all
select *
from (
    select node.date, node.status, null, {MENTION}
    from node
    where kind = 'test'
      and status not in ('planned', 'running')
      and date < 'a'
    order by date desc
    limit :most
  )
union all
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
