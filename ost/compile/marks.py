"""Marks: short digests of what others may ask about a node, to detect a changed answer."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import Struct

from ost.compile.reads import EVERY, Note, note
from ost.tree.facts import Facts
from ost.tree.model import Moment, Node, NodeId
from ost.tree.tree import Edge

FactsMark = bytes


class Marks(Struct, frozen=True, array_like=True, gc=False):
    """Digests of a node: `node` covers its kind, fields and places, `text` its whole text, `links`
    its edges, `moments` its moments, and `about` its moments per node.
    """

    node: FactsMark
    text: str
    links: FactsMark
    moments: FactsMark
    about: tuple[tuple[NodeId, FactsMark], ...]


def marks_of(node: Node, text: str, edges: Iterable[Edge], moments: tuple[Moment, ...]) -> bytes:
    """The marks of a node, packed; `text` names the content of its file."""
    about: dict[NodeId, list[Moment]] = {}
    for moment in moments:
        about.setdefault(moment.node, []).append(moment)
    made = Marks(
        _mark([node.kind, _values(type(node))(node)]),
        text,
        _mark(edges),
        _mark(moments),
        tuple((node_id, _mark(found)) for node_id, found in sorted(about.items())),
    )
    return _encode(made)


@cache
def _values(kind: type[Node]) -> Callable[[Node], tuple[Any, ...]]:
    """A function that returns the values of all fields except the entry."""
    return attrgetter(*(name for name in kind.__struct_fields__ if name != "entry"))


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Marks).decode


def _mark(value: Any) -> FactsMark:
    return blake2b(_encode(value), digest_size=8).digest()


MarkedFacts = tuple[Facts, bytes]
"""The state of a node kept between updates for others: facts and marks."""


def changed(
    node_id: NodeId, before: MarkedFacts | None, after: MarkedFacts | None
) -> Iterator[Note]:
    """The questions whose answers differ because a node changed, appeared or disappeared."""
    for question, about in _differing(node_id, before, after):
        yield note(question, about)
        if question != "node":
            yield note(question, EVERY)
    if before is None or after is None:
        yield note("node", EVERY)


def _differing(
    node_id: NodeId, before: MarkedFacts | None, after: MarkedFacts | None
) -> Iterator[tuple[str, str]]:
    old, old_marks = (before[0], _decode(before[1])) if before else (None, None)
    new, new_marks = (after[0], _decode(after[1])) if after else (None, None)
    own = {"node": "node", "text": "text", "outgoing": "links", "heard": "moments"}
    for question, mark in own.items():
        if getattr(old_marks, mark, None) != getattr(new_marks, mark, None):
            yield question, node_id
    if getattr(old, "kind", None) != getattr(new, "kind", None):
        yield from (("kind", each.kind) for each in (old, new) if each)
    if _position(old) != _position(new):
        yield from (("children", parent) for each in (old, new) if each for parent in each.parents)
    if getattr(old_marks, "links", None) != getattr(new_marks, "links", None):
        yield from (("incoming", target) for each in (old, new) if each for target in each.targets)
    mentions = set(old_marks.about if old_marks else ()), set(new_marks.about if new_marks else ())
    yield from (("about", about) for about, _ in mentions[0] ^ mentions[1])
    decided = set(old.decides if old else ()), set(new.decides if new else ())
    yield from (("decided", target) for _, target in decided[0] ^ decided[1])


def _position(facts: Facts | None) -> tuple[object, ...] | None:
    return (facts.kind, facts.status, facts.parents) if facts else None
