"""Searches nodes, quotes and notes by the cache's full-text index."""

from typing import TYPE_CHECKING

from ost.mcp.answers import FoundNode, FoundWords, SearchResult

if TYPE_CHECKING:
    from sqlite3 import Connection

LONGEST = 200
"""Characters of a query that are searched."""

_NODES = """
select node.id, node.kind, node.title, node.status
from node_fts
join node on node.rowid = node_fts.rowid
where node_fts match :words and (:kind = '' or node.kind = :kind)
order by node_fts.rank, node.id
limit :most
"""

_TITLES = """
select node.id, node.kind, node.title, node.status
from node
where (instr(lower(node.id), :lower) or instr(lower(node.title), :lower))
  and (:kind = '' or node.kind = :kind)
order by node.lft is null, node.lft, node.id
limit :most
"""

_QUOTES = """
select quote.text as words, 1 as quoted, quote.participant, quote.source, moment.node as about,
       quote.second
from quote_fts
join quote on quote.rowid = quote_fts.rowid
left join moment on moment.id = quote.moment
where quote_fts match :words
order by quote_fts.rank, quote.source, quote.position
limit :most
"""

_NOTES = """
select moment.words, 0 as quoted, moment.participant, moment.source, moment.node as about,
       moment.second
from moment_fts
join moment on moment.rowid = moment_fts.rowid
where moment_fts match :words
order by moment_fts.rank, moment.source, moment.position
limit :most
"""


def search(connection: "Connection", words: str, kind: str, most: int) -> SearchResult:
    """Everything that contains all the words; for nodes, also as parts of id or title."""
    plain = words.replace("\0", " ")[:LONGEST]
    terms = [f'"{each.replace(chr(34), chr(34) * 2)}"' for each in plain.split() if _says(each)]
    if not terms:
        return SearchResult(nodes=(), words=())
    asked = {
        "words": f"{' '.join(terms)}*",
        "lower": plain.strip().casefold(),
        "kind": kind,
        "most": most,
    }
    nodes = {
        row["id"]: FoundNode(**dict(row))
        for question in (_NODES, _TITLES)
        for row in connection.execute(question, asked)
    }
    spoken = (
        [] if kind else [*connection.execute(_QUOTES, asked), *connection.execute(_NOTES, asked)]
    )
    found = (FoundWords(**{**dict(row), "quoted": bool(row["quoted"])}) for row in spoken)
    return SearchResult(nodes=tuple(nodes.values())[:most], words=tuple(found)[: 2 * most])


def _says(word: str) -> bool:
    return any(each.isalnum() for each in word)
