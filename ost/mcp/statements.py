"""Queries what people said for and against a node and everything below it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ost.days import read_day
from ost.mcp.answers import Statement

if TYPE_CHECKING:
    from sqlite3 import Connection

# A solution, its assumptions and their tests answer a need, so what people say about that need, and
# about the needs within it, matters for them too. The relation is a column here: with a constant,
# SQLite would build a filter from all edges.
ABOUT = """
with recursive below(id, relation) as (
  select ?, 'parent'
  union
  select edge.source, below.relation
  from edge join below on edge.target = below.id and edge.relation = below.relation
),
need(id, relation) as (
  select ?, 'parent'
  union
  select edge.source, (
    select 'parent' from node where node.id = edge.source and node.kind = 'opportunity'
  )
  from edge join need on edge.target = need.id and edge.relation = need.relation
),
concerned(id) as (
  select id from below union select id from need where relation is not null
)
select moment.source, moment.node, moment.participant, moment.stance, moment.kind, moment.words,
       moment.second, moment.url, moment.date, quote.text, quote.second as quote_second,
       quote.url as quote_url
from moment
left join quote on quote.id = (
  select min(said.id) from quote as said where said.moment = moment.id
)
where moment.node in (select id from concerned) or moment.source = ?
order by moment.date is null, moment.date desc, moment.source, moment.position
"""


def statements(
    connection: "Connection", node_id: str, need: str, today: date
) -> tuple[Statement, ...]:
    """What people said about a node, everything below it and the need that it answers; for an
    interview, what was said in it. The newest first.
    """
    rows = connection.execute(ABOUT, (node_id, need or node_id, node_id))
    return tuple(
        Statement(
            stance=row["stance"],
            participant=row["participant"],
            words=row["words"] if row["text"] is None else row["text"],
            quoted=row["text"] is not None,
            date=row["date"],
            days=_days(row["date"], today),
            second=row["second"] if row["quote_second"] is None else row["quote_second"],
            url=row["url"] if row["quote_url"] is None else row["quote_url"],
            source=row["source"],
            kind=row["kind"],
            about=row["node"],
        )
        for row in rows
    )


def people(statements: Iterable[Statement]) -> int:
    """How many different people said it in interviews, as the tree counts them."""
    return len({each.person for each in statements if each.kind == "story"})


def one_per_person(
    statements: Iterable[Statement],
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """One statement per person, a quote rather than a note; and the rest."""
    given = tuple(statements)
    chosen: dict[str, Statement] = {}
    for statement in (*(each for each in given if each.quoted), *given):
        chosen.setdefault(statement.person, statement)
    kept = {id(each) for each in chosen.values()}
    first = tuple(each for each in given if id(each) in kept)
    return first, tuple(each for each in given if id(each) not in kept)


def _days(day: str | None, today: date) -> int | None:
    """How many days ago a day was."""
    known = read_day((day or "")[:10])
    return (today - known).days if known else None
