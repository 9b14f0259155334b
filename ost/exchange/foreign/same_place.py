"""Matches new nodes of an import with nodes here that it no longer names, by their place: a title
may have changed.

The signs are the nodes below both, their neighbours, and how similar the titles are. An uncertain
match is a doubt.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from ost.exchange.foreign.imports import NodePlace
from ost.exchange.foreign.known_nodes import KnownNodes
from ost.history.matching import ALIKE, PERHAPS, Likeness, likeness, unambiguous
from ost.history.whereabouts import Whereabouts
from ost.tree.model import KINDS

_BELOW_A_TOP = 2
"""With this many equal nodes below it, a top with another title is certainly the same."""
_SOME = 3
"""How many nodes a doubt lists."""
_DIGITS = re.compile(r"\d+")


class LikeNode(Struct, frozen=True):
    """A node of the import, and the id and title of the node here that is, or may be, the same."""

    title: str
    id: str
    here: str
    path: str = ""
    line: int = 0


class _Place(NamedTuple):
    """A node here ("" for the top) and its children: the new ones of one kind, those of that kind
    here that the import does not name, and all that the import has.
    """

    above: str
    new: Mapping[int, None]
    left: Mapping[str, None]
    siblings: Sequence[int]


_Gap = tuple[list[int], list[str]]
"""New nodes and unmatched nodes here that have the same neighbours."""


class SamePlace:
    """Matches new nodes below nodes that are matched already."""

    def __init__(self, known: KnownNodes) -> None:
        """`known` receives the matches."""
        self.known = known
        self.places = known.here.places
        self._nodes_in = Counter(each.path for each in self.places.values())
        self._children: dict[str, list[str]] = {}
        for node_id, place in self.places.items():
            self._children.setdefault(place.parent, []).append(node_id)
        self._whereabouts = self._find_whereabouts()

    def find(self) -> tuple[LikeNode, ...]:
        """The matched nodes with another title. A matched node may be the place of further ones."""
        found: list[tuple[int, str]] = []
        while claimed := [
            pair
            for place in self._places()
            for pair in self._at(place)
            if pair[1] not in self.known.claimed and self.known.claim(*pair)
        ]:
            found += claimed
        return tuple(self._like(*pair) for pair in sorted(found))

    def doubts(self) -> Iterator[LikeNode]:
        """New nodes that may exist already."""
        for place in self._places():
            may: dict[int, dict[str, None]] = {number: {} for number in place.new}
            for node_id, number in self._streams(place):
                may[number][node_id] = None
            for score, node_id, new in sorted(self._likeness(place.new, place.left), reverse=True):
                if score >= PERHAPS:
                    may[int(new)][node_id] = None
            for numbers, left in self._gaps(place):
                if len(numbers) == 1:
                    may[numbers[0]].update(dict.fromkeys(left[:_SOME]))
            for number, ids in may.items():
                for node_id in list(ids)[:_SOME]:
                    yield self._like(number, node_id)

    def _places(self) -> Iterator[_Place]:
        """The places that have both new nodes and unmatched nodes here."""
        known = self.known
        left: dict[tuple[str, str], dict[str, None]] = {}
        for node_id, here in self.places.items():
            if node_id not in known.claimed:
                left.setdefault((here.parent, here.kind), {})[node_id] = None
        siblings: dict[str, list[int]] = {}
        new: dict[tuple[str, str], dict[int, None]] = {}
        for number, node in enumerate(known.nodes) if left else ():
            above = known.parent_id(number)
            if above is not None:
                siblings.setdefault(above, []).append(number)
                if not known.ids[number] and known.repeats_title(number):
                    new.setdefault((above, node.kind), {})[number] = None
        self._whereabouts = self._find_whereabouts()
        for (above, kind), numbers in new.items():
            if (above, kind) in left and kind in KINDS and not KINDS[kind].speaks:
                yield _Place(above, numbers, left[above, kind], siblings[above])

    def _at(self, place: _Place) -> Iterable[tuple[int, str]]:
        """Matches at one place, by the strongest sign available."""
        found = list(self._by_children(place))
        for numbers, left in [] if found else self._gaps(place):
            found += self._alike(numbers, left, PERHAPS)
        return found or self._alike(place.new, place.left, ALIKE)

    # By what is below.

    def _find_whereabouts(self) -> Whereabouts:
        """The places of all nodes, here and in the import. New nodes are named by number."""
        known = self.known
        after: dict[str, NodePlace] = {}
        for number, node in enumerate(known.nodes):
            above = known.above[number]
            parent = known.parent_id(number) or ("" if above is None else f"#{above}")
            after[f"#{number}"] = NodePlace(node.kind, known.titles[number], parent)
        pairs = [
            (node_id, f"#{number}")
            for number, node_id in enumerate(known.ids)
            if node_id in known.claimed
        ]
        return Whereabouts(self.places, after, pairs)

    def _by_children(self, place: _Place) -> Iterator[tuple[int, str]]:
        """Matches of nodes with the same children; several if nothing is above them."""
        new = {f"#{number}" for number in place.new}
        for node_id, name in self._whereabouts.followed(place.left.keys(), new):
            number = int(name[1:])
            if place.above or self._known_below(number) >= _BELOW_A_TOP:
                yield number, node_id

    def _streams(self, place: _Place) -> Iterator[tuple[str, int]]:
        """Pairs of a node here and a new one that share children."""
        names = {f"#{number}": number for number in place.new}
        for node_id, name in self._whereabouts.streams:
            if node_id in place.left and name in names:
                yield node_id, names[name]

    def _known_below(self, number: int) -> int:
        """How many nodes below a node of the import exist here."""
        waiting, known = [number], 0
        while waiting:
            below = self.known.below.get(waiting.pop(), ())
            known += sum(bool(self.known.ids[each]) for each in below)
            waiting += below
        return known

    # By neighbours.

    def _gaps(self, place: _Place) -> list[_Gap]:
        """New nodes and unmatched ones between the same neighbours in one file.

        If an import wrote one file per node, the order is unknown; then other files that it wrote
        must exist.
        """
        ids, claimed = self.known.ids, self.known.claimed
        gaps: dict[object, _Gap] = {}
        around = _neighbours([ids[each] for each in place.siblings])
        for number, gap in zip(place.siblings, around, strict=True):
            if number in place.new:
                gaps.setdefault(gap, ([], []))[0].append(number)
        files: dict[str, list[str]] = {}
        for node_id in self._children.get(place.above, ()):
            files.setdefault(self.places[node_id].path, []).append(node_id)
        for path, beside in files.items():
            if self._nodes_in[path] > 1 and path in self.known.files:
                beside.sort(key=lambda each: self.places[each].line)
                around = _neighbours([each if each in claimed else "" for each in beside])
                for node_id, gap in zip(beside, around, strict=True):
                    if node_id in place.left:
                        gaps.setdefault(gap, ([], []))[1].append(node_id)
        gaps[None] = (list(place.new), self._imported(place))
        return [(numbers, left) for numbers, left in gaps.values() if numbers and left]

    def _imported(self, place: _Place) -> list[str]:
        """Unmatched nodes that an import wrote, each into its own file, if the import names others
        that it wrote.
        """
        beside = (self.places.get(self.known.ids[each]) for each in place.siblings)
        if not any(each and each.former and each.parent == place.above for each in beside):
            return []
        left = ((node_id, self.places[node_id]) for node_id in place.left)
        return [node_id for node_id, here in left if here.former and self._nodes_in[here.path] == 1]

    # By likeness.

    def _alike(
        self, numbers: Iterable[int], ids: Iterable[str], least: float
    ) -> list[tuple[int, str]]:
        """Pairs with similar titles that contain the same numbers."""
        pairs = unambiguous(self._likeness(numbers, ids), least)
        found = [(int(new), old) for old, new in pairs]
        titles = self.known.titles
        return [
            (number, node_id)
            for number, node_id in found
            if _DIGITS.findall(titles[number]) == _DIGITS.findall(self.places[node_id].title)
        ]

    def _likeness(self, numbers: Iterable[int], ids: Iterable[str]) -> list[Likeness]:
        known = self.known
        new = {str(each): NodePlace(known.nodes[each].kind, known.titles[each]) for each in numbers}
        return likeness(self.places, new, ids, new)

    def _like(self, number: int, node_id: str) -> LikeNode:
        node = self.known.nodes[number]
        title, here = self.known.titles[number], self.places[node_id].title
        return LikeNode(title, node_id, here, node.path, node.line)


def _neighbours(ids: Sequence[str]) -> list[tuple[str, str]]:
    """The nearest id before and after each; "" for none."""
    before, after = list(_latest(ids)), list(_latest(reversed(ids)))
    return list(zip(before, reversed(after), strict=True))


def _latest(ids: Iterable[str]) -> Iterator[str]:
    """For each position, the id there or the last one before it."""
    last = ""
    for node_id in ids:
        last = node_id or last
        yield last
