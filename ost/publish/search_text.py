"""The searchable part of a node's text: the words that pages show, without addresses and markup.

Placeholders replace hidden words, so that every other word keeps its number, which marks
matches in the text.
"""

import sqlite3
from collections.abc import Iterable

from ost.expression import expression
from ost.notation import notation
from ost.publish.columns import Table
from ost.read.document import Entry
from ost.tree.notation import hidden_spans, link_spans

_SIGN = "\ue000"
_LETTER = expression(r"[^\W_]")


def searched_text(entry: Entry) -> str:
    """The text of a node as written."""
    hidden = entry.unseen or entry.silent or any(each.heading for each in entry.links)
    if not hidden and "|" not in entry.body:
        return entry.body
    return _veiled(entry.body, link_spans(entry), hidden_spans(entry))


def searched(body: str | None, written: str | None) -> str | None:
    """The same from a row: its body and notation."""
    if body is None or written is None:
        return body
    marks = notation(written)
    links = ((each.start, each.end) for each in marks.links)
    hidden = ((each.start, each.end) for each in (*marks.unseen, *marks.silent))
    return _veiled(body, links, hidden)


def _veiled(body: str, links: Iterable[tuple[int, int]], hidden: Iterable[tuple[int, int]]) -> str:
    for start, end in (*(_hidden_part(body, *each) for each in links), *hidden):
        if 0 <= start < end <= len(body):  # a file from elsewhere may hold anything
            body = body[:start] + _LETTER.sub(_SIGN, body[start:end]) + body[end:]
    return body


def _hidden_part(body: str, start: int, end: int) -> tuple[int, int]:
    """The part of a link that is not shown: its target if it has words, else its heading."""
    bar = body.find("|", start, end)
    return (start, bar) if bar >= 0 else (body.find("#", start, end), end)


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
