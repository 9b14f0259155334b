"""The searchable part of a node's text: the words that pages show, without addresses.

Placeholders replace an address's words, so that every other word keeps its number, which marks
matches in the text.
"""

import sqlite3
from collections.abc import Iterable

from ost.expression import expression
from ost.notation import notation
from ost.publish.columns import Table
from ost.read.document import Entry
from ost.tree.notation import link_spans, unseen_spans

_SIGN = "\ue000"
_LETTER = expression(r"[^\W_]")


def searched_text(entry: Entry) -> str:
    """The text of a node as written."""
    if not entry.unseen and "|" not in entry.body:
        return entry.body
    return _veiled(entry.body, link_spans(entry), unseen_spans(entry))


def searched(body: str | None, written: str | None) -> str | None:
    """The same from a row: its body and notation."""
    if body is None or written is None:
        return body
    marks = notation(written)
    links = ((each.start, each.end) for each in marks.links)
    return _veiled(body, links, ((each.start, each.end) for each in marks.unseen))


def _veiled(body: str, links: Iterable[tuple[int, int]], unseen: Iterable[tuple[int, int]]) -> str:
    bars = ((start, body.find("|", start, end)) for start, end in links)
    for start, end in (*bars, *unseen):
        if 0 <= start < end <= len(body):  # a file from elsewhere may hold anything
            body = body[:start] + _LETTER.sub(_SIGN, body[start:end]) + body[end:]
    return body


def know(db: sqlite3.Connection) -> None:
    """Defines the SQL function `searched(body, notation)` on this connection."""
    db.create_function("searched", 2, searched, deterministic=True)


def values(table: Table, row: str = "") -> str:
    """The searched values of a row, `old.` or `new.` in a trigger."""
    expressions = {"body": f"searched({row}body, {row}notation)"} if table.name == "node" else {}
    return ", ".join(expressions.get(each, f"{row}{each}") for each in table.search)


def rebuild_index(db: sqlite3.Connection, table: Table) -> None:
    """Rebuilds a table's search index from its rows."""
    know(db)
    columns = ", ".join(table.search)
    db.execute(f"insert into {table.name}_fts ({table.name}_fts) values ('delete-all')")
    db.execute(
        f"insert into {table.name}_fts (rowid, {columns})"
        f' select rowid, {values(table)} from "{table.name}"'
    )
