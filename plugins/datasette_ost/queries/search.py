"""What the search page shows. Words found are marked by two private characters, never by HTML."""

import json
import re
import sqlite3
from typing import Any

from datasette_ost.door import escape_fts
from datasette_ost.queries.reading import MENTION, about, columns, rows
from datasette_ost.shapes import Hit, Mention, QuoteHit, SearchPage

BEGIN, END = "\ue000", "\ue001"
AT_MOST = 20
LONGEST = 200
_TERMS = 5
_SHORTEST = 3
"""Shorter words stand inside of too many others."""
_UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002ffff]"
)
"""Scripts that put no blanks between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
_WIDTH = len(Mention.__struct_fields__)

# The unary plus keeps SQLite from looking up each hit's row: that takes three times as long.
_KINDS = """
select kind, count(*)
from node
where +rowid in (
    select rowid
    from node_fts
    where node_fts match :words
  )
group by kind
order by 2 desc
"""

_NEAREST = """
select rowid
from node_fts
where node_fts match :words
  and (
    :kind = ''
    or +rowid in (
      select rowid
      from node
      where kind = :kind
    )
  )
order by bm25(node_fts, 8.0, 1.0)
limit :most
"""

# As above; and a beginning of words is then looked up once, and not for each hit.
_NODES = f"""
select {MENTION}, hit.found, hit.place
from (
    select rowid as place, snippet(node_fts, -1, :begin, :end, '…', 28) as found
    from node_fts
    where node_fts match :words
      and +rowid in (
        select value
        from json_each(:places)
      )
  ) as hit
join node on node.rowid = hit.place
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
    """Nodes, quotes and moments that hold the words; titles only, for the first letter of one."""
    words = match(query)
    found = SearchPage(about(connection), query, kind, {}, [], [])
    if not words:
        return found
    begun = len(query.rsplit(maxsplit=1)[-1]) == 1 and words.endswith("*")
    asked = {"kind": kind, "most": AT_MOST, "begin": BEGIN, "end": END}
    asked["words"] = _in_titles(words) if begun else words
    try:
        found.kinds = dict(rows(connection, _KINDS, asked))
        found.nodes = _nodes(connection, asked)
        if not kind and not begun:
            found.words = [
                _words(each) for sql in (_QUOTES, _MOMENTS) for each in rows(connection, sql, asked)
            ]
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise
    if not begun:
        _add_inside(connection, found)
    return found


def _nodes(connection: sqlite3.Connection, asked: dict[str, Any]) -> list[Hit]:
    """The nearest nodes; before all others those with all the words in the title.

    There are few titles; to weigh every text takes long where words are everywhere.
    """
    titles = {**asked, "words": _in_titles(asked["words"])}
    places = [each[0] for each in rows(connection, _NEAREST, titles)]
    if len(places) < AT_MOST:
        places += [each[0] for each in rows(connection, _NEAREST, asked)]
    order = list(dict.fromkeys(places))[:AT_MOST]
    found = {
        row[-1]: Hit(Mention(*row[:_WIDTH]), row[_WIDTH] or "")
        for row in rows(connection, _NODES, {**asked, "places": json.dumps(order)})
    }
    return [found[each] for each in order if each in found]


def _add_inside(connection: sqlite3.Connection, found: SearchPage) -> None:
    """Adds what holds the words inside of its id or title, and in scripts without blanks anywhere:
    of these the index knows only beginnings.
    """
    where, asked = held_inside(found.query)
    if not where or len(found.nodes) >= AT_MOST:
        return
    known = {hit.node.id for hit in found.nodes}
    sql = f"select {MENTION} from node where {where} order by length(node.title), node.id limit 500"
    for row in rows(connection, sql, asked):
        mention = Mention(*row)
        if mention.id in known:
            continue
        if mention.id not in known and not found.kind:
            found.kinds[mention.kind] = found.kinds.get(mention.kind, 0) + 1
        if len(found.nodes) < AT_MOST and found.kind in {"", mention.kind}:
            found.nodes.append(Hit(mention, ""))


def held_inside(query: str) -> tuple[str, dict[str, str]]:
    """The condition that a node holds each word of a query inside of its id or title, or of its
    text where the word's script has no blanks; "" when nothing is asked that way.
    """
    terms = query.replace("\0", " ")[:LONGEST].split()[:_TERMS]
    if not terms or any(len(each) < _SHORTEST and not _UNPARTED.search(each) for each in terms):
        return "", {}
    conditions, asked = [], {}
    for number, term in enumerate(terms):
        name = f"inside_{number}"
        places = ["node.id", "node.title"]
        if _UNPARTED.search(term):
            places.append("node.body")
        escaped = re.sub(r"([%_\\])", r"\\\1", term)
        asked[name] = f"%{escaped}%"
        parts = (f"{each} like :{name} escape '\\'" for each in places)
        conditions.append(f"({' or '.join(parts)})")
    return " and ".join(conditions), asked


def _in_titles(words: str) -> str:
    return f"{{title}} : ({words})"


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
