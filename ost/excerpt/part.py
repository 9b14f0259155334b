"""A part of a published file: some nodes, and what is between them.

Counts of people, moments and descendants stay those of the whole tree, as `ost tree` shows them.
"""

import sqlite3
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from ost.notation import LinkMark, notation
from ost.publish.schema import TABLES
from ost.publish.search_text import rebuild_index

_PLACED = "select id, lft, rgt from node where lft is not null order by lft"


def part(connection: sqlite3.Connection, ids: Iterable[str]) -> sqlite3.Connection:
    """A copy in memory with these nodes alone. Each is under its nearest ancestor among them. Links
    to other nodes lead nowhere, and what other nodes say is left out.
    """
    made = sqlite3.connect(":memory:")
    made.row_factory = connection.row_factory
    connection.backup(made)
    chosen = frozenset(ids)
    made.execute("create temp table chosen (id text primary key)")
    made.executemany("insert into chosen values (?)", ((each,) for each in sorted(chosen)))
    made.execute("delete from node where id not in (select id from chosen)")
    for table, column in _about_nodes():
        made.execute(f'delete from {table} where "{column}" not in (select id from chosen)')
    made.execute("delete from diagnostic where node is null")
    made.execute("delete from file where path not in (select path from node)")
    made.execute(
        "delete from participant where id not in (select participant from node "
        "where participant is not null)"
    )
    made.execute("delete from evidence where participant not in (select id from participant)")
    made.execute("update node set outcome = null where outcome not in (select id from chosen)")
    _set_places(made)
    _unlink(made, chosen)
    for searched in TABLES:
        if searched.search:
            rebuild_index(made, searched)
    made.commit()
    return made


def _about_nodes() -> Iterable[tuple[str, str]]:
    """The tables and columns that name a node, except those of parents."""
    for table in TABLES:
        for column in table.columns:
            if table.name != "node" and (column.references == "node" or column.name == "node"):
                yield table.name, column.name


def _set_places(made: sqlite3.Connection) -> None:
    """Parents, depths and numbers of children, by the nested-set numbers."""
    above: list[tuple[str, int]] = []
    rows: dict[str, tuple[str | None, int]] = {}
    for node_id, lft, rgt in made.execute(_PLACED):
        while above and above[-1][1] < lft:
            above.pop()
        rows[node_id] = (above[-1][0] if above else None, len(above))
        above.append((node_id, rgt))
    made.execute("update node set parent = null, children = 0")
    made.executemany(
        "update node set parent = ?, depth = ? where id = ?",
        ((parent, depth, node_id) for node_id, (parent, depth) in rows.items()),
    )
    made.execute(
        "update node set children = "
        "(select count(*) from node as below where below.parent = node.id)"
    )


def _unlink(made: sqlite3.Connection, chosen: frozenset[str]) -> None:
    """Links in texts to what is not there lead nowhere."""

    def there(mark: LinkMark) -> LinkMark:
        if mark.node in chosen:
            return mark
        return replace(mark, node=None, words=mark.words or mark.node or "")

    texts = made.execute("select id, notation from node where notation is not null").fetchall()
    for node_id, written in texts:
        marks = notation(written)
        now = replace(
            marks,
            links=tuple(map(there, marks.links)),
            addresses=tuple(map(there, marks.addresses)),
            spoken=tuple(each for each in marks.spoken if each.node in chosen),
        )
        if now != marks:
            encoded = msgspec.json.encode(now).decode()
            made.execute("update node set notation = ? where id = ?", (encoded, node_id))
