"""What the search page shows. Words found are marked by two private characters, never by HTML."""

import sqlite3
from typing import Any

from datasette_ost.door import escape_fts
from datasette_ost.queries.reading import MENTION, about, columns, rows
from datasette_ost.shapes import Hit, Mention, QuoteHit, SearchPage

BEGIN, END = "\ue000", "\ue001"
AT_MOST = 40
LONGEST = 200
_WIDTH = len(Mention.__struct_fields__)

_KINDS = """
select node.kind, count(*)
from node_fts
join node on node.rowid = node_fts.rowid
where node_fts match :words
group by node.kind
order by 2 desc
"""

_NODES = f"""
with hit as (
  select node_fts.rowid as place, bm25(node_fts, 8.0, 1.0) as far
  from node_fts
  join node on node.rowid = node_fts.rowid
  where node_fts match :words
    and (:kind = '' or node.kind = :kind)
  order by far
  limit :most
)
select {MENTION}, (
    select snippet(node_fts, -1, :begin, :end, '…', 28)
    from node_fts
    where node_fts match :words
      and rowid = hit.place
  )
from hit
join node on node.rowid = hit.place
order by hit.far
"""

_QUOTES = f"""
select
  'quote', quote.text, highlight(quote_fts, 0, :begin, :end),
  quote.participant, quote.second, quote.url,
  {columns(Mention, "source")}, {columns(Mention, "subject")}
from quote_fts
join quote on quote.rowid = quote_fts.rowid
join node as source on source.id = quote.source
left join moment on moment.id = quote.moment
left join node as subject on subject.id = moment.node
where quote_fts match :words
order by rank
limit :most
"""

_MOMENTS = f"""
select
  'moment', moment.words, highlight(moment_fts, 0, :begin, :end),
  moment.participant, moment.second, moment.url,
  {columns(Mention, "source")}, {columns(Mention, "subject")}
from moment_fts
join moment on moment.rowid = moment_fts.rowid
join node as source on source.id = moment.source
left join node as subject on subject.id = moment.node
where moment_fts match :words
order by rank
limit :most
"""


def search(connection: sqlite3.Connection, query: str, kind: str) -> SearchPage:
    """Nodes, quotes and moments that hold the words."""
    words = match(query)
    found = SearchPage(about(connection), query, kind, {}, [], [])
    if not words:
        return found
    asked = {"words": words, "kind": kind, "most": AT_MOST, "begin": BEGIN, "end": END}
    try:
        found.kinds = dict(rows(connection, _KINDS, asked))
        found.nodes = [
            Hit(Mention(*each[:_WIDTH]), each[_WIDTH] or "")
            for each in rows(connection, _NODES, asked)
        ]
        if not kind:
            found.words = [
                _words(each) for sql in (_QUOTES, _MOMENTS) for each in rows(connection, sql, asked)
            ]
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise
    return found


def match(query: str) -> str:
    """The query for the index: each word as it is, the last one also as a beginning."""
    words = escape_fts(query.replace("\0", " ")[:LONGEST]).strip()
    if not any(each.isalnum() for each in words):
        return ""
    return f"{words}*" if words.endswith('"') and query[-1:].isalnum() else words


def _words(row: tuple[Any, ...]) -> QuoteHit:
    own, source, subject = row[:6], row[6 : 6 + _WIDTH], row[6 + _WIDTH :]
    values: list[Any] = [*own, Mention(*source)]
    values.append(None if subject[0] is None else Mention(*subject))
    return QuoteHit(*values)
