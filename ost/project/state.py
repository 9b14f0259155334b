"""The state of a project on disk: `state.db` holds the published tables as of the last build,
`cache.db` the readings by content and the engine's memory between updates. Both are derived and may
be deleted at any time.

Both change in one transaction, without syncs. A killed process leaves them consistent, and after a
power failure a damaged state is noticed and rebuilt.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ost.compile.compiled import Compiled
from ost.disk import store
from ost.disk.store import CACHE, STATE
from ost.project import cache
from ost.project.memory import keep_all
from ost.project.queries import build_of
from ost.project.stored_transcripts import StoredTranscripts
from ost.publish.rows import Row
from ost.read.transcript import Transcript

if TYPE_CHECKING:
    from ost.publish.judgements import Judgements
    from ost.publish.tables import Tables

Broken = (sqlite3.DatabaseError, msgspec.DecodeError)
"""Raised if a file of the state is damaged or cannot be written."""


class State:
    """The two files of a project's state folder."""

    def __init__(self, folder: Path) -> None:
        """Stores the folder; opens nothing yet."""
        self.folder = folder
        self.path, self.fresh = folder / STATE, folder / f"{STATE}.new"
        self.long, self.search = folder / "long.new", folder / "search.new"

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
        """The id of a file's build; "" if the file is missing or damaged."""
        if not file.exists():
            return ""
        try:
            with closing(sqlite3.connect(file)) as db:
                return build_of(db)
        except sqlite3.Error:
            return ""

    def clear(self) -> None:
        """Deletes the state and the cache."""
        self.clear_cache()
        for file in [self.long, self.search, *self.folder.glob(f"{STATE}*")]:
            store.delete(file)

    def clear_cache(self) -> None:
        """Deletes the cache alone."""
        for file in self.folder.glob(f"{CACHE}*"):
            store.delete(file)

    def connect(self, readings: Path | None = None) -> sqlite3.Connection:
        """Both files for reading and writing: the tables, and those of the cache as `cache.`; with
        the `readings` of another folder, if this one has none.
        """
        if not self.path.exists():
            raise sqlite3.OperationalError("there is no state")
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        connection.execute("attach ? as cache", (os.fsencode(self.folder / CACHE),))
        if readings is not None and readings != self.folder:
            connection.execute("attach ? as readings", (os.fsencode(readings / CACHE),))
        for pragma in ("synchronous = off", "cache.synchronous = off", "mmap_size = 4000000000"):
            connection.execute(f"pragma {pragma}")
        return connection

    def cache(self, reader: str) -> sqlite3.Connection:
        """The cache alone, for reading and writing; emptied if another `reader` filled it."""
        try:
            return cache.opened(self.folder / CACHE, reader)
        except sqlite3.DatabaseError:
            self.clear_cache()
            return cache.opened(self.folder / CACHE, reader)

    def transcripts(self, blobs: Mapping[str, str]) -> Mapping[str, Transcript]:
        """The transcripts with these contents, by path."""

        def data(blob: str) -> bytes:
            # A new connection each time, because the process may have forked.
            with closing(sqlite3.connect(self.folder / CACHE)) as db:
                return cache.kept(db, blob)

        return StoredTranscripts(lambda: blobs, data)

    def write_search(self, texts: "Tables") -> None:
        """Writes the search indexes of texts that need no tree, in the order of their rows."""
        from ost.publish.write import write_search

        store.delete(self.search)
        write_search(self.search, texts)

    def write_long(self, rows: "Iterable[Tables]", texts: "Tables") -> None:
        """Writes the tables with the most rows, and the search indexes of these texts."""
        from ost.publish.write import write_long

        store.delete(self.long)
        write_long(self.long, rows, texts)

    def remember(self, compiled: Compiled) -> None:
        """Writes the engine's memory."""
        with closing(sqlite3.connect(self.folder / CACHE, isolation_level=None)) as db:
            db.execute("pragma synchronous = off")
            db.execute("begin immediate")
            db.execute(cache.META)
            db.execute("delete from meta where key = 'build'")
            db.execute("drop table if exists compiled")
            db.execute("create table compiled (at integer primary key, data blob)")
            keep_all(db, compiled)
            db.execute("commit")

    def write(
        self,
        rows: "Iterable[Tables]",
        parts: Iterable[Path],
        judged: "Callable[[], tuple[Judgements, list[Row]]]",
    ) -> None:
        """Writes a new state, for `replace`. `parts` yields each file of `write_long` and
        `write_search` once it is complete; `judged` waits for the judgement and returns it with the
        rows of `meta`.
        """
        from ost.publish.write import write

        store.delete(self.fresh)
        write(self.fresh, rows, parts, judged)

    def replace(self, build: str) -> None:
        """Puts the new state in place of the old one, once the engine's memory is written."""
        self.mark(build)
        # Only now: a process that dies late has its tables written again.
        for part in (self.long, self.search):
            part.unlink()
        for left in ("-journal", "-wal", "-shm"):  # they belong to the old state
            store.delete(self.path.with_name(f"{STATE}{left}"))
        self.fresh.replace(self.path)

    def mark(self, build: str) -> None:
        """Marks the engine's memory as that of a build."""
        with closing(sqlite3.connect(self.folder / CACHE, isolation_level=None)) as db:
            db.execute("pragma synchronous = off")
            db.execute("insert or replace into meta values ('build', ?)", (build,))
