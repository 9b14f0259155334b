"""The state of a project on disk: `state.db` holds the published tables as of the last build,
`cache.db` the readings by content and what the engine keeps between updates. Both are derived and
may be deleted at any time.

Both change in one transaction, without syncs. A killed process leaves them consistent, and after a
power failure a damaged state is noticed and rebuilt. Each reading has a checksum over itself and
its content; a damaged reading, or one of another content, counts as missing.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Raw, Struct

from ost import store
from ost.compile.compiled import ClaimedNames, Compiled, Memo, Text, unpack_facts
from ost.compile.engine import Touched
from ost.publish.rows import Row
from ost.publish.transcripts import StoredTranscripts
from ost.read.transcript import Transcript
from ost.tree.facts import Facts
from ost.tree.index import PARTS
from ost.tree.model import NodeId
from ost.tree.packed import Packed

if TYPE_CHECKING:
    from ost.publish.tables import Judgements, Tables

K = TypeVar("K", bound=str)

Broken = (sqlite3.DatabaseError, msgspec.DecodeError)
"""Raised if a file of the state is damaged or cannot be written."""

STATE = "state.db"
CACHE = "cache.db"
_CHECKSUM = 16


class State:
    """The two files of a project's state folder."""

    def __init__(self, folder: Path) -> None:
        """Knows the folder; opens nothing yet."""
        self.folder = folder
        self.path = folder / STATE
        self.part = folder / "part.new"

    def build(self) -> str:
        """The id of the state's build; "" if there is none or it is damaged."""
        try:
            with_cache = self.connect()
        except sqlite3.Error:
            return ""
        try:
            rows = with_cache.execute(
                "select value from meta where key = 'build' "
                "union all select value from cache.meta where key = 'build'"
            ).fetchall()
        except sqlite3.Error:
            return ""
        finally:
            with_cache.close()
        return rows[0][0] if len(rows) == 2 and rows[0] == rows[1] else ""

    @staticmethod
    def named(file: Path) -> str:
        """The id of the build that a file holds; "" when there is none that is whole."""
        if not file.exists():
            return ""
        try:
            with closing(sqlite3.connect(file)) as db:
                row = db.execute("select value from meta where key = 'build'").fetchone()
        except sqlite3.Error:
            return ""
        return str(row[0]) if row else ""

    def clear(self) -> None:
        """Deletes the state and the cache."""
        self.clear_cache()
        for file in [self.part, *self.folder.glob(f"{STATE}*")]:
            store.delete(file)

    def clear_cache(self) -> None:
        """Deletes the cache alone."""
        for file in self.folder.glob(f"{CACHE}*"):
            store.delete(file)

    def connect(self) -> sqlite3.Connection:
        """Both files for reading and writing: the tables, and the cache's as `cache.`."""
        if not self.path.exists():
            raise sqlite3.OperationalError("there is no state")
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        connection.execute("attach ? as cache", (os.fsencode(self.folder / CACHE),))
        for pragma in ("synchronous = off", "cache.synchronous = off", "mmap_size = 4000000000"):
            connection.execute(f"pragma {pragma}")
        return connection

    def cache(self, reader: str) -> sqlite3.Connection:
        """The cache alone, for reading and writing; emptied if another `reader` filled it."""
        try:
            return _cache(self.folder / CACHE, reader)
        except sqlite3.DatabaseError:
            self.clear_cache()
            return _cache(self.folder / CACHE, reader)

    def transcripts(self, blobs: Mapping[str, str]) -> Mapping[str, Transcript]:
        """The transcripts with these contents, by path."""

        def data(blob: str) -> bytes:
            # A new connection each time, because the process may have forked.
            with closing(sqlite3.connect(self.folder / CACHE)) as cache:
                return kept(cache, blob)

        return StoredTranscripts(lambda: blobs, data)

    def write_aside(self, compiled: Compiled, rows: "Tables", texts: Iterable[Row]) -> None:
        """Writes the second process's part while `replace` writes the rest: the engine's memory and
        the largest tables.
        """
        from ost.publish.write import write_part

        store.delete(self.part)
        write_part(self.part, rows, texts)
        with closing(sqlite3.connect(self.folder / CACHE, isolation_level=None)) as cache:
            cache.execute("pragma synchronous = off")
            cache.execute("begin immediate")
            cache.execute("delete from meta where key = 'build'")
            cache.execute("drop table if exists compiled")
            cache.execute("create table compiled (at integer primary key, data blob)")
            keep_all(cache, compiled)
            cache.execute("commit")

    def replace(self, rows: "Tables", judged: "Callable[[], tuple[Judgements, list[Row]]]") -> None:
        """Writes the state; `judged` waits for `write_aside`, and gives the judgement and the rows
        of `meta`.
        """
        from ost.publish.write import write

        fresh = self.folder / f"{STATE}.new"
        store.delete(fresh)
        build = write(fresh, rows, lambda: (*judged(), self.part))
        self.part.unlink()
        with closing(sqlite3.connect(self.folder / CACHE, isolation_level=None)) as cache:
            cache.execute("pragma synchronous = off")
            cache.execute("insert or replace into meta values ('build', ?)", (build,))
        for left in ("-journal", "-wal", "-shm"):  # they belong to the old state
            store.delete(self.path.with_name(f"{STATE}{left}"))
        fresh.replace(self.path)


STEPS_KEPT = 50
"""How many updates are kept one by one before all that the engine keeps is written again."""


class Kept(Struct, frozen=True, array_like=True):
    """A row of the cache's table `compiled`. The first one is all that the engine keeps; each
    further one is what an update changed, None or nothing for what is gone.

    In one piece it is read in a third of the time that a row for each file and node takes; facts
    and the parts of the index stay packed, because an update needs few.
    """

    texts: Mapping[str, Text | None]
    nodes: Mapping[NodeId, Memo | None]
    facts: dict[NodeId, Raw]
    parts: dict[str, dict[str, Raw]]


class Changed(Struct, frozen=True, array_like=True):
    """Such a row as it is written."""

    texts: Mapping[str, Text | None]
    nodes: Mapping[NodeId, Memo | None]
    facts: Mapping[NodeId, Facts | Raw | None]
    parts: Mapping[str, Mapping[str, tuple[Any, ...] | Raw]]


_encode = msgspec.msgpack.Encoder().encode
_kept = msgspec.msgpack.Decoder(Kept).decode
_GONE = frozenset([_encode(None), _encode(())])


def compiled(db: sqlite3.Connection) -> Compiled:
    """The engine's memory of the last build."""
    rows = db.execute("select data from cache.compiled order by at").fetchall()
    if not rows:
        raise sqlite3.DatabaseError("the engine's memory is gone")
    first, *steps = (_kept(data) for (data,) in rows)
    texts, nodes = {**first.texts}, {**first.nodes}
    for step in steps:
        texts.update(step.texts)
        nodes.update(step.nodes)
        _merge(first.facts, step.facts)
        for name, groups in step.parts.items():
            _merge(first.parts[name], groups)
    here = {path: text for path, text in texts.items() if text is not None}
    return Compiled(
        here,
        {node_id: memo for node_id, memo in nodes.items() if memo is not None},
        Packed({**first.facts}, unpack_facts),
        {name: Packed({**first.parts[name]}, part.unpack) for name, part in PARTS.items()},
        ClaimedNames(here),
    )


def _merge(held: dict[K, Raw], changed: dict[K, Raw]) -> None:
    for key, value in changed.items():
        if bytes(value) in _GONE:
            held.pop(key, None)
        else:
            held[key] = value


def keep_all(cache: sqlite3.Connection, made: Compiled) -> None:
    """Saves the engine's memory."""
    cache.execute("delete from compiled")
    parts = {name: each.held for name, each in made.parts.items()}
    _save(cache, Changed(made.texts, made.nodes, made.facts.held, parts))


def keep_compiled(db: sqlite3.Connection, made: Compiled, touched: Touched) -> None:
    """Saves the engine's memory of what an update touched."""
    (steps,) = db.execute("select count(*) from cache.compiled").fetchone()
    if steps > STEPS_KEPT:
        keep_all(db, made)
        return
    nodes = {each: made.nodes.get(each) for each in (*touched.judged, *touched.gone)}
    facts = {each: made.facts.get(each) for each in (*touched.built, *touched.gone)}
    _save(db, Changed(touched.texts, nodes, facts, touched.index.changed))


def _save(cache: sqlite3.Connection, row: Changed) -> None:
    cache.execute("insert into compiled (data) values (?)", (_encode(row),))


def readings(cache: sqlite3.Connection, blobs: Iterable[str]) -> dict[str, bytes]:
    """The encoded readings of these contents that are in the cache and intact."""
    wanted = set(blobs)
    rows: Iterable[Row | None]
    if len(wanted) < 500:
        rows = (
            cache.execute("select blob, data from reading where blob = ?", (each,)).fetchone()
            for each in sorted(wanted)
        )
    else:
        rows = cache.execute("select blob, data from reading")
    return {
        row[0]: row[1][_CHECKSUM:]
        for row in rows
        if row
        and row[0] in wanted
        and isinstance(row[1], bytes)
        and row[1][:_CHECKSUM] == _checksum(row[0], row[1][_CHECKSUM:])
    }


def kept(cache: sqlite3.Connection, blob: str) -> bytes:
    """The encoded reading of a content, which must exist."""
    found = readings(cache, [blob])
    if blob not in found:
        raise sqlite3.DatabaseError(f"the reading of {blob} is gone")
    return found[blob]


def keep(cache: sqlite3.Connection, encoded: Mapping[str, bytes]) -> None:
    """Puts readings into the cache."""
    if not encoded:
        return
    rows = ((blob, _checksum(blob, data) + data) for blob, data in encoded.items())
    cache.execute("begin immediate")
    cache.executemany("insert or replace into reading values (?, ?)", rows)
    cache.execute("commit")


def _checksum(blob: str, data: bytes) -> bytes:
    found = blake2b(blob.encode("utf-8", "surrogateescape"), digest_size=_CHECKSUM)
    found.update(b"\0")
    found.update(data)
    return found.digest()


def prune(cache: sqlite3.Connection, used: set[str]) -> None:
    """Deletes unused readings once they outnumber the used ones."""
    (known,) = cache.execute("select count(*) from reading").fetchone()
    if known <= 2 * len(used) + 1000:
        return
    cache.execute("begin immediate")
    unused = [row for row in cache.execute("select blob from reading") if row[0] not in used]
    cache.executemany("delete from reading where blob = ?", unused)
    cache.execute("commit")


def rows_of(connection: sqlite3.Connection, query: str, *values: object) -> list[Row]:
    """All rows of a query."""
    return connection.execute(query, values).fetchall()


def _cache(path: Path, reader: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    connection.execute("pragma synchronous = off")
    connection.execute("create table if not exists meta (key text primary key, value text)")
    connection.execute("create table if not exists reading (blob text primary key, data blob)")
    known = connection.execute("select value from meta where key = 'reader'").fetchone()
    if known != (reader,):
        connection.execute("begin immediate")
        connection.execute("delete from reading")
        connection.execute("insert or replace into meta values ('reader', ?)", (reader,))
        connection.execute("commit")
    return connection
