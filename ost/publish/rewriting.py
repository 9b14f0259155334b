"""Puts the rows that one node makes into a state, in place of those it made before."""

import sqlite3
from collections.abc import Mapping

from ost.publish import index
from ost.publish.filling import fill
from ost.publish.heard import moment_rows, quote_rows, step_rows
from ost.publish.live import Live
from ost.publish.rows import AT, Row, edge_rows, measurement_rows, node_row
from ost.publish.schema import TABLES
from ost.tree.model import Interview, Node, NodeId, Signal

OWNER = {
    "edge": "source",
    "moment": "source",
    "quote": "source",
    "story_step": "source",
    "measurement": "outcome",
}
"""The column that names the node a row was made from."""

_OWN = [
    name
    for name, at in AT["node"].items()
    if at <= AT["node"]["parent"] or at >= AT["node"]["illustrative"]
]
_SEARCHED = {table.name: ", ".join(table.search) for table in TABLES if table.search}


def remove(db: sqlite3.Connection, node_id: str) -> None:
    """Takes out a node with all it made."""
    _remove_made(db, node_id)
    _forget(db, "node", "id", node_id)
    db.execute("delete from node where id = ?", (node_id,))
    db.execute("delete from evidence where node = ?", (node_id,))


def renew(
    db: sqlite3.Connection, live: Live, node_id: str, synonyms: Mapping[str, tuple[str, ...]]
) -> None:
    """Makes a node's rows anew; in its own row, what depends on others stays as it was."""
    node = live.tree.by_id[NodeId(node_id)]
    _remove_made(db, node_id)
    for table, made in _made(node, live, synonyms).items():
        fill(db, table, len(AT[table]), made)
        _find(db, table, OWNER[table], node_id)
    fill(db, "loose", 2, index.loose_rows(node, live.names.known))
    row = node_row(node)
    known = db.execute("select 1 from node where id = ?", (node_id,)).fetchone()
    if known is None:
        fill(db, "node", len(row), [row])
    else:
        _forget(db, "node", "id", node_id)
        changed = ", ".join(f'"{name}" = ?' for name in _OWN)
        values = [row[AT["node"][name]] for name in _OWN]
        db.execute(f"update node set {changed} where id = ?", (*values, node_id))
    _find(db, "node", "id", node_id)


def _made(node: Node, live: Live, synonyms: Mapping[str, tuple[str, ...]]) -> dict[str, list[Row]]:
    heard = live.heard(node.id)
    moments = {}
    if isinstance(node, (Interview, Signal)):
        moments[node.id] = moment_rows(node, heard)
    return {
        "edge": edge_rows(live.edges(node.id), heard),
        "moment": moments.get(node.id, []),
        "quote": quote_rows(node, heard, moments),
        "story_step": step_rows(node, synonyms),
        "measurement": measurement_rows(node),
    }


def _remove_made(db: sqlite3.Connection, node_id: str) -> None:
    for table, owner in OWNER.items():
        _forget(db, table, owner, node_id)
        db.execute(f"delete from {table} where {owner} = ?", (node_id,))
    db.execute("delete from cache.loose where source = ?", (node_id,))


def _find(db: sqlite3.Connection, table: str, owner: str, node_id: str) -> None:
    """Makes rows found by search."""
    names = _SEARCHED.get(table)
    if names:
        db.execute(
            f"insert into {table}_fts (rowid, {names}) "
            f"select rowid, {names} from {table} where {owner} = ?",
            (node_id,),
        )


def _forget(db: sqlite3.Connection, table: str, owner: str, node_id: str) -> None:
    """Makes rows that are about to go or to change no longer found by search."""
    names = _SEARCHED.get(table)
    if names:
        db.execute(
            f"insert into {table}_fts ({table}_fts, rowid, {names}) "
            f"select 'delete', rowid, {names} from {table} where {owner} = ?",
            (node_id,),
        )
