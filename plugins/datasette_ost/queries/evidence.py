"""What the evidence page shows."""

import json
import sqlite3

from datasette_ost.overviews import EvidencePage, Heard, Loose
from datasette_ost.queries.reading import BOX, MENTION, about, boxes, moments, number, rows
from datasette_ost.shapes import Mention

AT_MOST = 50
SEGMENTS = 6
MONTHS = 6

_OPPORTUNITIES = f"""
select {BOX}
from node
where kind = 'opportunity'
  and lft is not null
order by lft
limit :most offset :first
"""

_OWN = """
from moment
join node as source on source.id = moment.source
where moment.node in (select value from json_each(:nodes))
  and moment.kind = 'story'
  and moment.stance = 'for'
  and (:segment = '' or source.segment = :segment)
group by 1, 2
"""
_BY_SEGMENT = (
    "select moment.node, coalesce(source.segment, ''), count(distinct moment.participant)" + _OWN
)
_BY_MONTH = "select moment.node, substr(moment.date, 1, 7), count(*)" + _OWN

_SEGMENTS = """
select coalesce(segment, ''), count(*)
from participant
group by 1
order by 2 desc, 1
limit :most
"""

_MONTHS = """
select distinct substr(date, 1, 7)
from node
where kind = 'interview'
  and date is not null
order by 1 desc
limit :most
"""

_UNMAPPED = f"""
select count(*) over (), quote.text, quote.second, quote.url, {MENTION}
from quote
join node on node.id = quote.source
where quote.moment is null
  and node.kind = 'interview'
  and not exists (select 1 from moment where moment.source = quote.source)
order by node.date desc, quote.position
limit :most
"""

_THREAD = """
where moment.participant = :participant
  or ' & ' || moment.participant || ' & ' like '% & ' || :participant || ' & %'
order by moment.date, moment.source, moment.position
limit 200
"""


def thread(connection: sqlite3.Connection, participant: str) -> EvidencePage:
    """What one participant told."""
    told = moments(connection, _THREAD, {"participant": participant})
    return EvidencePage(about(connection), [], {}, [], 0, 0, [], 0, participant, told)


def evidence(connection: sqlite3.Connection, first: int, segment: str = "") -> EvidencePage:
    """Opportunities by segment and month, so many left out at the beginning; the months of one
    segment alone, if it is named.
    """
    shown = boxes(connection, _OPPORTUNITIES, {"most": AT_MOST, "first": first})
    made = {each.id: Heard(each, {}, {}) for each in shown}
    asked = {"nodes": json.dumps(list(made))}
    for node, heard, people in rows(connection, _BY_SEGMENT, {**asked, "segment": ""}):
        made[node].segments[heard] = people
    for node, month, many in rows(connection, _BY_MONTH, {**asked, "segment": segment}):
        made[node].months[month or ""] = many
    many = number(connection, "select count(*) from node where kind = 'opportunity'")
    loose = rows(connection, _UNMAPPED, {"most": 20})
    return EvidencePage(
        about(connection),
        list(made.values()),
        dict(rows(connection, _SEGMENTS, {"most": SEGMENTS})),
        [each[0] for each in reversed(rows(connection, _MONTHS, {"most": MONTHS}))],
        first,
        max(0, many - first - len(shown)),
        [Loose(text, second, url, Mention(*source)) for _, text, second, url, *source in loose],
        loose[0][0] - len(loose) if loose else 0,
        "",
        [],
        segment,
    )
