"""What is kept between updates: of each file what it claims, of each node what others may ask."""

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from functools import cached_property

import msgspec
from msgspec import Struct

from ost.tree.claims import Claims, names_of
from ost.tree.facts import Facts
from ost.tree.model import NodeId
from ost.tree.names import KnownNames


class Text(Struct, frozen=True, array_like=True, gc=False):
    """A file: the id of its content, and what it claims; a transcript claims nothing."""

    blob: str
    claims: Claims | None = None


class Memo(Struct, frozen=True, array_like=True, gc=False):
    """What is kept of a node: its facts and its marks (`ost.compile.marks`), both packed, since
    most updates need few of them; what building it asked of names and what judging it asked of the
    tree; and the first and the last day on which that judgement holds ("" for no end).
    """

    packed: bytes
    marks: bytes
    named: bytes
    asked: bytes = b""
    since: str = ""
    until: str = ""

    @property
    def facts(self) -> Facts:
        """The facts of the node."""
        return _unpack(self.packed)


pack = msgspec.msgpack.Encoder().encode
"""Packs facts."""

_unpack = msgspec.msgpack.Decoder(Facts).decode


@dataclass(frozen=True)
class Compiled:
    """Everything that is kept between updates. `texts` are by path."""

    texts: Mapping[str, Text]
    nodes: Mapping[NodeId, Memo]

    @cached_property
    def names(self) -> tuple[KnownNames, Mapping[NodeId, str]]:
        """The names of all files, and the file that each id stands for."""
        return names_of({path: text.claims for path, text in self.texts.items() if text.claims})

    @cached_property
    def facts(self) -> Mapping[NodeId, Facts]:
        """The facts of all nodes."""
        return {node_id: memo.facts for node_id, memo in self.nodes.items()}

    @cached_property
    def days(self) -> tuple[str, str]:
        """The first and the last day on which every judgement holds; "" for no end."""
        ends = [each.until for each in self.nodes.values() if each.until]
        return max((each.since for each in self.nodes.values()), default=""), min(ends, default="")


EMPTY = Compiled({}, {})


class Current(Mapping[NodeId, Facts]):
    """The facts of all nodes after some changed: those of before are unpacked when asked for."""

    def __init__(self, before: Compiled, changed: Mapping[NodeId, Facts | None]) -> None:
        """`changed` maps a node that is gone to None."""
        self._before, self._changed = before, changed

    @cached_property
    def _all(self) -> Mapping[NodeId, Facts]:
        merged = {**self._before.facts, **self._changed}
        return {node_id: facts for node_id, facts in merged.items() if facts}

    def __getitem__(self, node_id: NodeId) -> Facts:
        """The facts of a node."""
        if node_id not in self._changed:
            return self._before.nodes[node_id].facts
        if (found := self._changed[node_id]) is None:
            raise KeyError(node_id)
        return found

    def values(self) -> ValuesView[Facts]:
        """The facts of all nodes."""
        return self._all.values()

    def items(self) -> ItemsView[NodeId, Facts]:
        """All nodes with their facts."""
        return self._all.items()

    def __iter__(self) -> Iterator[NodeId]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)
