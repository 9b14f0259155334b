"""Writes what an update touched into a file that holds what was compiled before."""

import sqlite3
from collections.abc import Iterable, Mapping

from ost.compile.engine import Compiled, Touched
from ost.compile.meanings import Meaning
from ost.publish.filling import fill
from ost.publish.remarks import diagnostic_rows, waiver_rows
from ost.publish.rows import AT, Row, node_row
from ost.publish.schema import TABLES
from ost.publish.tables import COUNTED, counted, evidence_rows, own_rows, weights
from ost.read.diagnostic import Diagnostic
from ost.tree.facts import counts
from ost.tree.model import NodeId

_OWNER = {
    "edge": "source",
    "moment": "source",
    "quote": "source",
    "story_step": "source",
    "measurement": "outcome",
}
"""The column that names the node a row was made from."""

_OWN = [name for name in AT["node"] if name not in {*COUNTED, "errors", "warnings", "waived"}]
_SEARCHED = {table.name: ", ".join(table.search) for table in TABLES if table.search}


def change(
    db: sqlite3.Connection,
    compiled: Compiled,
    touched: Touched,
    synonyms: Mapping[str, tuple[str, ...]],
) -> None:
    """Changes the file, inside of the caller's transaction, to hold `compiled`."""
    _change_files(db, touched, compiled)
    for node_id in sorted(touched.gone):
        _remove(db, node_id)
    for node_id in sorted(touched.built):
        _renew(db, touched.built[node_id], synonyms)
    if touched.counted:
        _count(db, compiled)
    _rejudge(db, touched)


def _change_files(db: sqlite3.Connection, touched: Touched, compiled: Compiled) -> None:
    for path, text in sorted(touched.texts.items()):
        db.execute("delete from file where path = ?", (path,))
        if text is not None:
            entries = text.claims.entries if text.claims else 0
            db.execute("insert into file values (?, ?, ?)", (path, text.blob, entries))


def _remove(db: sqlite3.Connection, node_id: str) -> None:
    """Takes out a node with all it made."""
    _remove_made(db, node_id)
    _forget(db, "node", "id", node_id)
    for table, column in {"node": "id", "diagnostic": "node", "waiver": "node"}.items():
        db.execute(f"delete from {table} where {column} = ?", (node_id,))


def _renew(
    db: sqlite3.Connection, meaning: Meaning, synonyms: Mapping[str, tuple[str, ...]]
) -> None:
    """Makes a node's rows again; in its own row, what is counted stays as it was."""
    node_id = meaning.node.id
    _remove_made(db, node_id)
    for table, made in own_rows(meaning, synonyms).items():
        fill(db, table, len(AT[table]), made)
        _find(db, table, _OWNER[table], node_id)
    row = node_row(meaning.node)
    if db.execute("select 1 from node where id = ?", (node_id,)).fetchone() is None:
        fill(db, "node", len(row), [row])
    else:
        _forget(db, "node", "id", node_id)
        changed = ", ".join(f'"{name}" = ?' for name in _OWN)
        values = [row[AT["node"][name]] for name in _OWN]
        db.execute(f"update node set {changed} where id = ?", (*values, node_id))
    _find(db, "node", "id", node_id)


def _remove_made(db: sqlite3.Connection, node_id: str) -> None:
    for table, owner in _OWNER.items():
        _forget(db, table, owner, node_id)
        db.execute(f"delete from {table} where {owner} = ?", (node_id,))


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


def _count(db: sqlite3.Connection, compiled: Compiled) -> None:
    """Counts everything, and writes what differs."""
    found = counts({node_id: memo.facts for node_id, memo in compiled.nodes.items()})
    status = {
        node_id: found.status.get(node_id, memo.facts.status)
        for node_id, memo in compiled.nodes.items()
    }
    known: dict[str, Row] = {
        row[0]: row[1:] for row in db.execute(f"select id, {', '.join(COUNTED)} from node")
    }
    columns = ", ".join(f"{name} = ?" for name in COUNTED)
    now = ((node_id, (status[node_id], *values)) for node_id, values in counted(found))
    db.executemany(
        f"update node set {columns} where id = ?",
        ((*values, node_id) for node_id, values in now if known[node_id] != values),
    )
    _replace(db, "evidence", ("node", "participant"), evidence_rows(found.evidence))
    _replace(db, "participant", ("id",), found.people)


def _replace(
    db: sqlite3.Connection, table: str, keys: tuple[str, ...], rows: Iterable[Row]
) -> None:
    """Makes a table hold these rows; `keys` are its first columns."""
    old, new = set(db.execute(f"select * from {table}")), set(rows)
    where = " and ".join(f"{key} = ?" for key in keys)
    gone = (row[: len(keys)] for row in old - new)
    db.executemany(f"delete from {table} where {where}", gone)
    fill(db, table, len(AT[table]), sorted(new - old, key=repr))


def _rejudge(db: sqlite3.Connection, touched: Touched) -> None:
    """Writes what is now said of nodes and of files."""
    names = dict(db.execute("select code, name from rule").fetchall())
    for path in touched.texts:
        db.execute("delete from diagnostic where path = ? and node is null", (path,))
    for path, said in touched.said.items():
        db.execute("delete from diagnostic where path = ? and node is null", (path,))
        _say(db, said, names)
    for node_id, judged in touched.judged.items():
        db.execute("delete from diagnostic where node = ?", (node_id,))
        db.execute("delete from waiver where node = ?", (node_id,))
        _say(db, judged.diagnostics, names)
        fill(db, "waiver", len(AT["waiver"]), waiver_rows(node_id, judged.waivers))
        db.execute(
            "update node set errors = ?, warnings = ?, waived = ? where id = ?",
            weights(NodeId(node_id), judged),
        )


def _say(db: sqlite3.Connection, said: Iterable[Diagnostic], names: Mapping[str, str]) -> None:
    fill(db, "diagnostic", len(AT["diagnostic"]), diagnostic_rows(said, names))
