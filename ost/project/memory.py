"""The engine's memory between runs: a table of the cache."""

import sqlite3
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct

from ost.compile.compiled import ClaimedNames, Compiled, Memo, Text, unpack_facts
from ost.compile.engine import Touched
from ost.tree.facts import Facts
from ost.tree.index import PARTS
from ost.tree.model import NodeId
from ost.tree.storage import Packed

K = TypeVar("K", bound=str)

STEPS_KEPT = 50
"""How many updates are stored one by one before the whole memory is rewritten."""


class StoredUpdate(Struct, frozen=True, array_like=True):
    """A row of the cache's table `compiled`. The first row is the engine's whole memory; each
    further one has an update's changes, with None or an empty value for deletions.

    Reading one piece takes a third of the time of one row per file and node. Facts and the parts of
    the index stay packed, because an update needs few.
    """

    texts: Mapping[str, Text | None]
    nodes: Mapping[NodeId, Memo | None]
    facts: dict[NodeId, Raw]
    parts: dict[str, dict[str, Raw]]


class Changed(Struct, frozen=True, array_like=True):
    """The same row for writing."""

    texts: Mapping[str, Text | None]
    nodes: Mapping[NodeId, Memo | None]
    facts: Mapping[NodeId, Facts | Raw | None]
    parts: Mapping[str, Mapping[str, tuple[Any, ...] | Raw]]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(StoredUpdate).decode
_DELETED = frozenset([_encode(None), _encode(())])


def compiled(db: sqlite3.Connection) -> Compiled:
    """The engine's memory of the last build."""
    rows = db.execute("select data from cache.compiled order by at").fetchall()
    if not rows:
        raise sqlite3.DatabaseError("the engine's memory is gone")
    first, *steps = (_decode(data) for (data,) in rows)
    texts, nodes = {**first.texts}, {**first.nodes}
    for step in steps:
        texts.update(step.texts)
        nodes.update(step.nodes)
        _merge(first.facts, step.facts)
        for name, groups in step.parts.items():
            _merge(first.parts[name], groups)
    return _compiled(StoredUpdate(texts, nodes, first.facts, first.parts))


def _compiled(kept: StoredUpdate) -> Compiled:
    here = {path: text for path, text in kept.texts.items() if text is not None}
    return Compiled(
        here,
        {node_id: memo for node_id, memo in kept.nodes.items() if memo is not None},
        Packed({**kept.facts}, unpack_facts),
        {name: Packed({**kept.parts[name]}, part.unpack) for name, part in PARTS.items()},
        ClaimedNames(here),
    )


def in_one_piece(made: Compiled) -> bytes:
    """The engine's whole memory, encoded like the first row of the table."""
    parts = {name: each.stored for name, each in made.parts.items()}
    return _encode(Changed(made.texts, made.nodes, made.facts.stored, parts))


def from_one_piece(data: bytes) -> Compiled:
    """The engine's memory, decoded from one piece."""
    return _compiled(_decode(data))


def _merge(stored: dict[K, Raw], changed: dict[K, Raw]) -> None:
    for key, value in changed.items():
        if bytes(value) in _DELETED:
            stored.pop(key, None)
        else:
            stored[key] = value


def keep_all(cache: sqlite3.Connection, made: Compiled) -> None:
    """Saves the engine's memory."""
    cache.execute("delete from compiled")
    _save(cache, in_one_piece(made))


def keep_compiled(db: sqlite3.Connection, made: Compiled, touched: Touched) -> None:
    """Saves the changes of an update to the engine's memory."""
    (steps,) = db.execute("select count(*) from cache.compiled").fetchone()
    if steps > STEPS_KEPT:
        keep_all(db, made)
        return
    nodes = {each: made.nodes.get(each) for each in (*touched.judged, *touched.gone)}
    facts = {each: made.facts.get(each) for each in (*touched.built, *touched.gone)}
    _save(db, _encode(Changed(touched.texts, nodes, facts, touched.index.changed)))


def _save(cache: sqlite3.Connection, row: bytes) -> None:
    cache.execute("insert into compiled (data) values (?)", (row,))
