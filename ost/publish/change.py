"""Writes what an update touched into the file of the last build."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from ost.compile.engine import Touched
from ost.compile.meanings import Meaning
from ost.publish.judgements import WEIGH, diagnostic_rows, waiver_rows
from ost.publish.moments import PLACE, TURN, quote_places, turn_rows
from ost.publish.rows import AT, file_row, fill, node_row
from ost.publish.schema import TABLES
from ost.publish.search_text import know, values
from ost.publish.tables import LINKS, STEPS, evidence_rows, own_rows
from ost.read.diagnostic import Diagnostic
from ost.read.transcript import Transcript
from ost.tree import evidence, nesting
from ost.tree.counts import Counts, counts, scope_of
from ost.tree.evidence import SILENT, EvidenceChange
from ost.tree.model import Node, NodeId

_OWNER = {
    LINKS: "source",
    "moment": "source",
    "quote": "source",
    TURN: "interview",
    STEPS: "source",
    "measurement": "outcome",
}
"""The column that names the node a row was made from."""

_JUDGED = {"diagnostic": "node", "waiver": "node"}
"""The same column for rows about its judgement."""

_COUNTED = {"status", *nesting.COLUMNS, *evidence.COLUMNS, "errors", "warnings", "waived"}
_MARKS = ", ".join("?" * len(AT["node"]))
_OWN = (f'"{name}" = excluded."{name}"' for name in AT["node"] if name not in _COUNTED)
_NODE = f"insert into node values ({_MARKS}) on conflict do update set {', '.join(_OWN)}"
"""Writes a node's row; if it exists, only the columns that depend on the node alone."""

_ADD_PERSON = (
    "insert into evidence values (?, ?, ?)"
    " on conflict do update set moments = moments + excluded.moments"
)

_ADD_EVIDENCE = """
update node set
    participants = (select count(*) from evidence where node = node.id),
    interviews = interviews + ?1, moments = moments + ?2,
    against = against + ?3, signals = signals + ?4,
    first_heard = coalesce(min(first_heard, ?5), first_heard, ?5),
    last_heard = coalesce(max(last_heard, ?6), last_heard, ?6)
where id = ?7
"""
"""Adds to a node's evidence; it has as many participants as rows in `evidence`."""

_SEARCHED = [table for table in TABLES if table.search]
_UNINDEX = "insert into {0}_fts ({0}_fts, rowid, {1}) values ('delete', old.rowid, {2});"
_INDEX = "insert into {0}_fts (rowid, {1}) values (new.rowid, {2});"
"""The updates of the search index for a deleted row and for a new one."""


def change(
    db: sqlite3.Connection,
    touched: Touched,
    synonyms: Mapping[str, tuple[str, ...]],
    transcripts: Mapping[str, Transcript],
) -> None:
    """Updates the file in the caller's transaction; `transcripts` are those to publish."""
    transcript_paths = _transcripts_changed(db, touched)
    _follow(db)
    _change_files(db, touched)
    for node_id in sorted(touched.gone):
        _remove(db, node_id, {**_OWNER, **_JUDGED, "node": "id"})
    for node_id in sorted(touched.built):
        _rewrite(db, touched.built[node_id], synonyms)
    for interview in sorted({*touched.built, *_interviews_of(db, touched, transcript_paths)}):
        _rewrite_transcript(db, touched.meanings[interview].node, transcripts)
    scope = scope_of(touched.changed(), touched.index.facts)
    _count(db, counts(touched.index, scope))
    _update_diagnostics(db, touched)


def _follow(db: sqlite3.Connection) -> None:
    """Keeps the search index up to date while this connection is open."""
    know(db)
    for table in _SEARCHED:
        name, listed = table.name, ", ".join(table.search)
        unindex = _UNINDEX.format(name, listed, values(table, "old."))
        index = _INDEX.format(name, listed, values(table, "new."))
        events = {"insert": index, "delete": unindex, f"update of {listed}": f"{unindex} {index}"}
        for number, (event, statements) in enumerate(events.items()):
            trigger = f"create temp trigger if not exists {name}_{number} after {event}"
            db.execute(f"{trigger} on main.{name} begin {statements} end")


def _transcripts_changed(db: sqlite3.Connection, touched: Touched) -> set[str]:
    """The changed files that are or may have been transcripts: they hold no node."""
    was_transcript = "select 1 from file where path = ? and nodes = 0"
    return {
        path
        for path, text in touched.texts.items()
        if (text and text.claims is None) or db.execute(was_transcript, (path,)).fetchone()
    }


def _interviews_of(
    db: sqlite3.Connection, touched: Touched, transcript_paths: set[str]
) -> Iterator[NodeId]:
    """The interviews that name a changed transcript in their fields."""
    for path in transcript_paths:
        name = msgspec.json.encode(path.rpartition("/")[2]).decode()[1:-1]
        interviews = db.execute("select id from node where instr(fields, ?)", (name,)).fetchall()
        for (node_id,) in interviews:
            if path in touched.meanings[node_id].node.transcript_paths():
                yield NodeId(node_id)


def _rewrite_transcript(
    db: sqlite3.Connection, node: Node, transcripts: Mapping[str, Transcript]
) -> None:
    """Rewrites an interview's turns and the turn of each quote."""
    db.execute(f"delete from {TURN} where interview = ?", (node.id,))
    if node.speaks:
        db.execute("update quote set turn = null where source = ?", (node.id,))
        fill(db, TURN, turn_rows(node, transcripts))
        db.executemany(PLACE, quote_places(node, transcripts))


def _change_files(db: sqlite3.Connection, touched: Touched) -> None:
    for path, text in sorted(touched.texts.items()):
        db.execute("delete from file where path = ?", (path,))
        if text is not None:
            fill(db, "file", [file_row(path, text)])


def _remove(db: sqlite3.Connection, node_id: str, tables: Mapping[str, str]) -> None:
    """Deletes a node's rows; `tables` maps each table to the column that names the node."""
    for table, column in tables.items():
        db.execute(f"delete from {table} where {column} = ?", (node_id,))


def _rewrite(
    db: sqlite3.Connection, meaning: Meaning, synonyms: Mapping[str, tuple[str, ...]]
) -> None:
    """Rewrites a node's rows except the counts in its own row."""
    node_id = meaning.node.id
    _remove(db, node_id, _OWNER)
    for table, made in own_rows(meaning, synonyms).items():
        fill(db, table, made)
    db.execute(_NODE, node_row(meaning, synonyms, meaning.node.own_status()))


def _count(db: sqlite3.Connection, found: Counts) -> None:
    """Writes the counts in scope that changed."""
    if found.places is not None:
        columns = ", ".join(nesting.COLUMNS)
        placed = db.execute(f"select id, {columns} from node where lft > 0")
        old_places = {row[0]: row[1:] for row in placed}
        places = found.places.items()
        moved = [
            (each, place)
            for each, place in places
            if old_places.get(each, nesting.NOWHERE) != place
        ]
        _write(db, nesting.COLUMNS, moved)
    _write(db, ("status",), ((each, (status,)) for each, status in found.status.items()))
    for node_id in found.scope.evidence or ():
        own = found.evidence.get(node_id)
        _write(db, evidence.COLUMNS, [(node_id, own.counts() if own else SILENT)])
        old = set(db.execute("select * from evidence where node = ?", (node_id,)))
        new = set(evidence_rows({node_id: own} if own else {}))
        delete = "delete from evidence where node = ? and participant = ?"
        db.executemany(delete, (row[:2] for row in old - new))
        fill(db, "evidence", new - old)
    for about, moments in found.scope.evidence_changes.items():
        _update_evidence(db, about, moments)
    for person in found.scope.people or ():
        db.execute("delete from participant where id = ?", (person,))
    fill(db, "participant", found.people.values())


def _update_evidence(db: sqlite3.Connection, node_id: str, moments: EvidenceChange) -> None:
    """Updates a node's evidence with added and removed moments."""
    people = [(node_id, person, more) for person, more in moments.people.items() if more]
    db.executemany(_ADD_PERSON, people)
    db.execute("delete from evidence where node = ? and moments = 0", (node_id,))
    days = moments.after.days
    first, last = min(days, default=None), max(days, default=None)
    db.execute(_ADD_EVIDENCE, (*moments.counts, first, last, node_id))


def _write(
    db: sqlite3.Connection, columns: Sequence[str], rows: Iterable[tuple[str, Sequence[object]]]
) -> None:
    """Writes columns of nodes' own rows."""
    changed = ", ".join(f'"{name}" = ?' for name in columns)
    values = ((*row, node_id) for node_id, row in rows)
    db.executemany(f"update node set {changed} where id = ?", values)


def _update_diagnostics(db: sqlite3.Connection, touched: Touched) -> None:
    """Writes the new diagnostics of nodes and files."""
    rule_names = dict(db.execute("select code, name from rule").fetchall())

    def insert(diagnostics: Iterable[Diagnostic]) -> None:
        fill(db, "diagnostic", diagnostic_rows(diagnostics, rule_names))

    for path in {*touched.texts, *touched.file_diagnostics}:
        db.execute("delete from diagnostic where path = ? and node is null", (path,))
    for diagnostics in touched.file_diagnostics.values():
        insert(diagnostics)
    for node_id, judged in touched.judged.items():
        _remove(db, node_id, _JUDGED)
        insert(judged.diagnostics)
        fill(db, "waiver", waiver_rows(node_id, judged.waivers))
        db.execute(WEIGH, (*judged.counts(), node_id))
