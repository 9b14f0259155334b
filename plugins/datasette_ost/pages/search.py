"""Search: nodes and what people said."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from datasette_ost.file.full_text import BEGIN, END, contains_words, inside, match, unspaced_words
from datasette_ost.file.moments import recorded
from datasette_ost.file.nodes import (
    MENTION,
    Mention,
)
from datasette_ost.file.rows import About, about, columns, number, records, rows
from datasette_ost.file.titles import title_words, titled
from datasette_ost.page import (
    Page,
    PageRequest,
    Shown,
)
from datasette_ost.view import words
from datasette_ost.view.excerpt import around, excerpt, found_in, marked, marked_again
from datasette_ost.view.links import Links
from ost.notation import notation
from ost.recording import clock
from ost.render import plain


class Hit(Struct):
    """A node that matches; `found` is an excerpt with the matches between U+E000 and U+E001."""

    node: Mention
    found: str


class QuoteHit(Struct):
    """A match in a participant's words (`quote`) or in a note (`moment`)."""

    kind: str
    text: str
    found: str
    participant: str | None
    second: int | None
    url: str | None
    source: Mention
    about: Mention | None
    recorded: int = 0
    position: int = 0


class SearchPage(Struct):
    """`/-/ost/search.json`: nodes, quotes and moments that match. Arguments: `q`, `kind`."""

    about: About
    query: str
    kind: str
    kinds: dict[str, int]
    nodes: list[Hit]
    words: list[QuoteHit]


AT_MOST = 20

_WIDTH = len(Mention.__struct_fields__)

# The unary plus keeps SQLite from looking up each hit's row, which takes three times as long.
_KINDS = """
select kind, count(*)
from node
where +rowid in (
    select rowid
    from node_fts
    where node_fts match :words
  )
group by kind
order by 2 desc, 1
"""

# It looks up only the ids of the nearest nodes, including ties with the last one.
_NEAREST = """
with hit as materialized (
  select rowid as place, bm25(node_fts, 8.0, 1.0) as weight
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
)
select hit.place
from hit
join node on node.rowid = hit.place
where hit.weight <= (
    select max(weight)
    from (
      select weight
      from hit
      order by weight
      limit :most
    )
  )
order by hit.weight, node.id
limit :most
"""

# As above. It also looks up the start of a word once and not for each hit.
_NODES = f"""
select {MENTION}, node.body, node.notation, hit.found, hit.place
from (
    select rowid as place, highlight(node_fts, 1, :begin, :end) as found
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
  {recorded("source")}, quote.position, {columns(Mention, "source")}, {columns(Mention, "subject")}
from quote_fts
join quote on quote.rowid = quote_fts.rowid
join node as source on source.id = quote.source
left join moment on moment.id = quote.moment
left join node as subject on subject.id = moment.node
where quote_fts match :words
order by rank, quote.source, quote.position
limit :most
"""

_MOMENTS = f"""
select
  'moment', moment.words, highlight(moment_fts, 0, :begin, :end),
  moment.participant, moment.second, moment.url,
  {recorded("source")}, moment.position, {columns(Mention, "source")}, {columns(Mention, "subject")}
from moment_fts
join moment on moment.rowid = moment_fts.rowid
join node as source on source.id = moment.source
left join node as subject on subject.id = moment.node
where moment_fts match :words
order by rank, moment.source, moment.position
limit :most
"""


def _add_inside(connection: sqlite3.Connection, found: SearchPage) -> None:
    """Adds nodes with the words inside their id or title, or anywhere for scripts without spaces.
    The index finds only the beginnings of words.
    """
    where, asked = contains_words(found.query)
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


def _of_table(sql: str, table: str, column: str, condition: str) -> str:
    """The query for matches in the index, on the table itself."""
    select, _, rest = sql.partition(f"from {table}_fts")
    _, _, rest = rest.partition(f"{table}.rowid = {table}_fts.rowid\n")
    select = select.replace(f"highlight({table}_fts, 0, :begin, :end)", f"{table}.{column}")
    where = rest.replace(f"{table}_fts match :words", condition)
    return f"{select}from {table}\n{where.replace('order by rank, ', 'order by ')}"


def _add_words_inside(connection: sqlite3.Connection, found: SearchPage) -> None:
    """Adds quotes and moments that contain the words, for scripts without spaces."""
    terms = unspaced_words(found.query)
    if found.kind or not terms:
        return
    known = {(hit.source.id, hit.text) for hit in found.words}
    for table, column, sql in (("quote", "text", _QUOTES), ("moment", "words", _MOMENTS)):
        condition, asked = inside(f"{table}.{column}", terms)
        wanted = {**asked, "most": AT_MOST}
        for row in rows(connection, _of_table(sql, table, column, condition), wanted):
            hit = _words(row)
            if (hit.source.id, hit.text) not in known:
                found.words.append(hit)


_OF_KIND = f"""
select {MENTION}
from node
where kind = :kind
order by date desc, lft, title, id
limit 500
"""


def _list(connection: sqlite3.Connection, found: SearchPage) -> None:
    """Lists all nodes of a kind if there are no words."""
    many = number(connection, "select count(*) from node where kind = :kind", {"kind": found.kind})
    if many:
        found.kinds = {found.kind: many}
        listed = records(connection, Mention, _OF_KIND, {"kind": found.kind})
        found.nodes = [Hit(each, "") for each in listed]


def _nodes(connection: sqlite3.Connection, asked: dict[str, Any]) -> list[Hit]:
    """The best matches: first those with all words in the title. There are few of these, and
    ranking every text takes long for common words.
    """
    titles = {**asked, "words": _in_titles(asked["words"])}
    places = [each[0] for each in rows(connection, _NEAREST, titles)]
    if len(places) < AT_MOST:
        places += [each[0] for each in rows(connection, _NEAREST, asked)]
    order = list(dict.fromkeys(places))[:AT_MOST]
    found = {
        row[-1]: Hit(Mention(*row[:_WIDTH]), _place(connection, *row[_WIDTH:-1]))
        for row in rows(connection, _NODES, {**asked, "places": json.dumps(order)})
    }
    return [found[each] for each in order if each in found]


def _place(connection: sqlite3.Connection, body: str, written: str | None, highlighted: str) -> str:
    """Where the match is in a node's text, as the node's page shows it."""
    found = found_in(highlighted or "")
    if not found:
        return ""  # it is in the title
    whole = notation(written)
    near, inside = around(body, whole, found)
    (worded,) = titled(connection, [inside])
    for text, marks in ((near, worded), (near, inside), (body, whole)) if near else ():
        if passage := excerpt(plain(text, marks), found):
            return passage
    return ""


def _in_titles(words: str) -> str:
    return f"{{title}} : ({words})"


def _words(row: tuple[Any, ...]) -> QuoteHit:
    own, more = row[:6], row[6:8]
    source, subject = row[8 : 8 + _WIDTH], row[8 + _WIDTH :]
    values: list[Any] = [*own, Mention(*source)]
    values += [None if subject[0] is None else Mention(*subject), *more]
    return QuoteHit(*values)


def _title_links(connection: sqlite3.Connection, words: list[QuoteHit]) -> None:
    """Replaces links with titles in matches."""
    written = [each.text for each in words]
    for table in ("quote", "moment"):
        pairs = ((each.source.id, each) for each in words if each.kind == table)
        title_words(connection, table, "text", pairs)
    for hit, text in zip(words, written, strict=True):
        if hit.text != text:
            hit.found = marked_again(hit.text, found_in(hit.found))


def read(connection: sqlite3.Connection, request: PageRequest) -> SearchPage:
    """Nodes, quotes and moments that match; only titles for a single letter."""
    query, kind = request.text("q").strip(), request.text("kind")
    words = match(query)
    found = SearchPage(about(connection), query, kind, {}, [], [])
    if not words:
        if kind and not query:
            _list(connection, found)
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
    if not begun or unspaced_words(query):  # in scripts without spaces a letter may be a word
        _add_inside(connection, found)
        _add_words_inside(connection, found)
    _title_links(connection, found.words)
    return found


def show(found: SearchPage, _: Links) -> Shown:
    """The matches, with the words marked."""
    total = sum(found.kinds.values())
    return {
        "marked": marked,
        "clock": clock,
        "words": words,
        "total": total,
        "shown_of": found.kinds.get(found.kind, 0) if found.kind else total,
    }


FOUND = "found.js"
_EXCERPT = 400
_ALL_NODES = """
select node.id, node.kind, node.title, node.status, node.body, node.notation
from node
left join kind on kind.name = node.kind
order by kind.position, node.title, node.id
"""
_SAID = f"""
select 'quote', quote.text, '', quote.participant, 0, '', 0, quote.position,
  {MENTION}, {MENTION}
from quote
join node on node.id = quote.source
union all
select 'moment', moment.words, '', moment.participant, 0, '', 0, moment.position,
  {MENTION}, {MENTION}
from moment
join node on node.id = moment.source
where moment.words != ''
order by 11, 2, 9, 8, 1
"""


def _further(text: str, beginning: str) -> str:
    """The words of a text that its beginning does not have, each once."""
    known = set(beginning.lower().split())
    return " ".join(each for each in dict.fromkeys(text.lower().split()) if each not in known)


def data(connection: sqlite3.Connection, links: Links) -> Iterator[tuple[str, bytes]]:
    """The search data as a script. A page opened from a disk can load scripts but no data."""
    every = rows(connection, _ALL_NODES, {})
    worded = titled(connection, (notation(each[-1]) for each in every))
    nodes = []
    for (key, kind, title, status, body, _), marks in zip(every, worded, strict=True):
        text = plain(body, marks)
        beginning = text[:_EXCERPT]
        said = [title, status or "", beginning, _further(text, beginning)]
        nodes.append([kind, *said, key, links.node(key, kind)])
    spoken = [_words(each) for each in rows(connection, _SAID, {})]
    _title_links(connection, spoken)
    quotes = list(
        dict.fromkeys(
            (each.text, each.participant or "", each.source.title, links.to(each.source))
            for each in spoken
        )
    )
    kinds = {
        known.name: [known.several, known.colour, known.icon, known.glyph] for known in links.kinds
    }
    tones = {
        known.name: {status.name: status.tone for status in links.kinds.statuses(known.name)}
        for known in links.kinds
    }
    found = {"nodes": nodes, "said": quotes, "kinds": kinds, "tones": tones}
    text = json.dumps(found, ensure_ascii=True, separators=(",", ":"))
    yield FOUND, f"window.ostFound={text};\n".encode()


PAGE = Page(
    read=read,
    show=show,
    scripts=("search.js",),
    saved_scripts=(FOUND, "finder.js"),
    data=data,
)
