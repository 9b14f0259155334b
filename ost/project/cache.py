"""The cache of readings by content.

Each reading has a checksum over itself and its content; a damaged reading, or one of another
content, counts as missing.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from ost.disk.store import CHECKSUM, checksum_of
from ost.publish.rows import Row

_PAGE = 1 << 16
"""Measured at 10,000 files: writing readings to pages of this size takes half the time."""

META = "create table if not exists meta (key text primary key, value text)"


def opened(path: Path, reader: str) -> sqlite3.Connection:
    """The cache, for reading and writing; emptied if another `reader` filled it."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    connection.execute(f"pragma page_size = {_PAGE}")
    connection.execute("pragma synchronous = off")
    connection.execute(META)
    connection.execute("create table if not exists reading (blob text primary key, data blob)")
    known = connection.execute("select value from meta where key = 'reader'").fetchone()
    if known != (reader,):
        connection.execute("begin immediate")
        connection.execute("delete from reading")
        connection.execute("insert or replace into meta values ('reader', ?)", (reader,))
        connection.execute("commit")
    return connection


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
        row[0]: row[1][CHECKSUM:]
        for row in rows
        if row
        and row[0] in wanted
        and isinstance(row[1], bytes)
        and row[1][:CHECKSUM] == _checksum(row[0], row[1][CHECKSUM:])
    }


def kept(cache: sqlite3.Connection, blob: str) -> bytes:
    """The encoded reading of a content, which must exist."""
    found = readings(cache, [blob])
    if blob not in found:
        raise sqlite3.DatabaseError(f"the reading of {blob} is gone")
    return found[blob]


def keep(cache: sqlite3.Connection, encoded: Mapping[str, bytes]) -> None:
    """Adds readings to the cache."""
    if not encoded:
        return
    rows = ((blob, _checksum(blob, data) + data) for blob, data in encoded.items())
    cache.execute("begin immediate")
    cache.executemany("insert or replace into reading values (?, ?)", rows)
    cache.execute("commit")


def _checksum(blob: str, data: bytes) -> bytes:
    return checksum_of(blob.encode("utf-8", "surrogateescape") + b"\0" + data)


def prune(cache: sqlite3.Connection, used: set[str]) -> None:
    """Deletes unused readings once they outnumber the used ones."""
    (known,) = cache.execute("select count(*) from reading").fetchone()
    if known <= 2 * len(used) + 1000:
        return
    cache.execute("begin immediate")
    unused = [row for row in cache.execute("select blob from reading") if row[0] not in used]
    cache.executemany("delete from reading where blob = ?", unused)
    cache.execute("commit")
