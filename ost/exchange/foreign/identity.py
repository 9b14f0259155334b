"""Which nodes of a material are here already, and which only may be.

By certainty: a node's key is an id or a former id here; else a node here of its kind has its title;
else it stands where a node here stands that the material no longer names, and either the same nodes
hang below both, or their titles are alike. What people said may have any title, so that goes by the
key alone. What is not certain is a hint, and the node is new.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from ost.exchange.foreign.imports import ForeignNode, Here, NodePlace
from ost.exchange.foreign.text import plain
from ost.history.matching import ALIKE, PERHAPS, Likeness, likeness, unambiguous
from ost.read.letters import fold, slug
from ost.tree.model import KINDS

_BELOW_A_TOP = 2
"""So many nodes below a top with another title are certainly the same, if it is."""
_SOME = 3
"""So many nodes here show which one may be meant."""

_DIGITS = re.compile(r"\d+")


class _Place(NamedTuple):
    """A node here, "" for the top, and what hangs there: new nodes of a kind, nodes of that kind
    that the material does not name, and all that the material has.
    """

    above: str
    new: list[int]
    left: list[str]
    siblings: list[int]


class LikeNode(Struct, frozen=True):
    """A node of the material, and one here that is the same or may be: its id and its title."""

    title: str
    id: str
    here: str
    path: str = ""
    line: int = 0


class Identity(Struct, frozen=True):
    """The id here of each node of a material, "" for a new one. `retitled` have another title here,
    `doubts` are new ones that may be here already.
    """

    ids: tuple[str, ...]
    retitled: tuple[LikeNode, ...] = ()
    doubts: tuple[LikeNode, ...] = ()


def identify(nodes: Sequence[ForeignNode], here: Here) -> Identity:
    """Finds the nodes of a material that are here; no node here is found twice."""
    search = _Search(nodes, here)
    search.by_key()
    search.by_title()
    retitled = search.by_place()
    return Identity(tuple(search.ids), retitled, tuple(search.doubts()))


class _Search:
    def __init__(self, nodes: Sequence[ForeignNode], here: Here) -> None:
        self.nodes, self.here = nodes, here
        self.ids = [""] * len(nodes)
        self._claimed: set[str] = set()
        self._titles = [plain(each.title) for each in nodes]
        numbers: dict[str, int] = {}
        for number, node in enumerate(nodes):
            for name in (node.key, *node.names, node.title):
                numbers.setdefault(fold(name), number)
        self._above = [
            next((at for name in each.under if (at := numbers.get(fold(name))) is not None), None)
            for each in nodes
        ]
        self._below: dict[int | None, list[int]] = {}
        for number, above in enumerate(self._above):
            self._below.setdefault(above, []).append(number)
        self._titled: dict[tuple[str, str], list[str]] = {}
        self._children: dict[str, list[str]] = {}
        self._files = Counter(each.path for each in here.places.values())
        for node_id, place in here.places.items():
            self._titled.setdefault((place.kind, fold(place.title)), []).append(node_id)
            self._children.setdefault(place.parent, []).append(node_id)
        for title, node_id in here.titles.items():
            if node_id not in here.places:
                self._titled.setdefault(title, []).append(node_id)

    # By names.

    def by_key(self) -> None:
        """By ids and former ids. A key that only repeats a title says no more than the title."""
        for number, node in enumerate(self.nodes):
            found = self._keyed(node)
            if not self._repeats(number) or self._is_the_one(number, found):
                self._claim(number, found)

    def by_title(self) -> None:
        """By title: first at the same place, then anywhere; last, by a key, as another kind."""
        for placed in (True, False):
            for number in self._new():
                here = self._here_above(number)
                fit = (
                    each
                    for each in self._of_title(number)
                    if each not in self._claimed and (not placed or self._parent(each) == here)
                )
                self._claim(number, next(fit, ""))
        for number in self._new():
            found = self._keyed(self.nodes[number])
            if found not in self._claimed:
                self._claim(number, found)

    def _keyed(self, node: ForeignNode) -> str:
        ids = self.here.ids
        return ids.get(fold(node.key)) or ids.get(fold(slug(node.key)), "")

    def _of_title(self, number: int) -> Sequence[str]:
        kind = self.nodes[number].kind
        if kind not in KINDS or KINDS[kind].speaks:
            return ()
        return self._titled.get((kind, fold(self._titles[number])), ())

    def _repeats(self, number: int) -> bool:
        """Whether the key of a node is made of its title."""
        key, title = slug(self.nodes[number].key), slug(self._titles[number])
        return f"-{re.sub(r'-[0-9]+$', '', key)}".endswith(f"-{title}") or key.endswith(title)

    def _is_the_one(self, number: int, node_id: str) -> bool:
        """Whether a node here has the kind, and its title no other."""
        place = self.here.places.get(node_id)
        return place is None or (
            place.kind == self.nodes[number].kind and len(self._of_title(number)) < 2
        )

    def _claim(self, number: int, node_id: str) -> bool:
        if not node_id or self.ids[number]:
            return False
        self.ids[number] = node_id
        if node_id in self.here.places:
            self._claimed.add(node_id)
        return True

    def _new(self) -> list[int]:
        return [number for number, node_id in enumerate(self.ids) if not node_id]

    # By place.

    def by_place(self) -> tuple[LikeNode, ...]:
        """Where the nodes above are the same: by what hangs below, by neighbours and by likeness of
        titles. A node that is found may be the place of others.
        """
        found: list[tuple[int, str]] = []
        while claimed := [
            pair
            for place in self._places()
            for pair in self._at(place)
            if pair[1] not in self._claimed and self._claim(*pair)
        ]:
            found += claimed
        return tuple(self._like(*pair) for pair in sorted(found))

    def doubts(self) -> Iterator[LikeNode]:
        """New nodes that may be here already."""
        for place in self._places():
            voted, gaps = self._voted(place), self._gaps(place)
            near = sorted(self._likeness(place.new, place.left), reverse=True)
            for number in place.new:
                ids = [
                    *voted[number],
                    *(old for score, old, new in near if new == str(number) and score >= PERHAPS),
                    *(each for numbers, left in gaps if numbers == [number] for each in left),
                ]
                for node_id in list(dict.fromkeys(ids))[:_SOME]:
                    yield self._like(number, node_id)

    def _places(self) -> Iterator[_Place]:
        """Where there are both new nodes and nodes that the material does not name."""
        left: dict[tuple[str, str], list[str]] = {}
        for node_id, here in self.here.places.items():
            if node_id not in self._claimed:
                left.setdefault((here.parent, here.kind), []).append(node_id)
        siblings: dict[str, list[int]] = {}
        new: dict[tuple[str, str], list[int]] = {}
        for number, node in enumerate(self.nodes) if left else ():
            above = self._here_above(number)
            if above is not None:
                siblings.setdefault(above, []).append(number)
                if not self.ids[number] and self._repeats(number):
                    new.setdefault((above, node.kind), []).append(number)
        for (above, kind), numbers in new.items():
            if (above, kind) in left and kind in KINDS and not KINDS[kind].speaks:
                yield _Place(above, numbers, left[above, kind], siblings[above])

    def _at(self, place: _Place) -> Iterable[tuple[int, str]]:
        """New nodes with their ids, by the most certain sign that there is."""
        found = list(self._by_children(place))
        for numbers, left in [] if found else self._gaps(place):
            found += self._alike(numbers, left, PERHAPS)
        return found or self._alike(place.new, place.left, ALIKE)

    def _by_children(self, place: _Place) -> Iterator[tuple[int, str]]:
        """The same nodes hang below both; several, if nothing is above."""
        voted = self._voted(place)
        votes = Counter(each for ids in voted.values() for each in ids)
        for number, ids in voted.items():
            sure = bool(place.above) or self._known_below(number) >= _BELOW_A_TOP
            if len(ids) == 1 and votes[ids[0]] == 1 and sure:
                yield number, ids[0]

    def _voted(self, place: _Place) -> Mapping[int, Sequence[str]]:
        """The nodes here under which those hang that hang under each new one."""
        found = {}
        for number in place.new:
            above = (self._parent(self.ids[each]) for each in self._below.get(number, ()))
            found[number] = [each for each in dict.fromkeys(above) if each in place.left]
        return found

    def _known_below(self, number: int) -> int:
        """How many nodes below one are here."""
        waiting, known = [number], 0
        while waiting:
            below = self._below.get(waiting.pop(), ())
            known += sum(bool(self.ids[each]) for each in below)
            waiting += below
        return known

    def _gaps(self, place: _Place) -> list[tuple[list[int], list[str]]]:
        """New nodes, and those left, between the same neighbours in one file. Where an import wrote
        a file for each node, nothing tells the order, and others that it wrote must be there.
        """
        gaps: dict[object, tuple[list[int], list[str]]] = {}
        beside = (self.here.places.get(self.ids[each]) for each in place.siblings)
        written = any(each and each.former and each.parent == place.above for each in beside)
        around = _neighbours([self.ids[each] for each in place.siblings])
        for number, gap in zip(place.siblings, around, strict=True):
            if number in place.new:
                gaps.setdefault(gap, ([], []))[0].append(number)
        files: dict[str, list[str]] = {}
        for node_id in self._children.get(place.above, ()):
            files.setdefault(self.here.places[node_id].path, []).append(node_id)
        for path, ids in files.items():
            if self._files[path] > 1:
                ids.sort(key=lambda each: self.here.places[each].line)
                around = _neighbours([each if each in self._claimed else "" for each in ids])
                for node_id, gap in zip(ids, around, strict=True):
                    if node_id in place.left:
                        gaps.setdefault(gap, ([], []))[1].append(node_id)
            elif written and ids[0] in place.left and self.here.places[ids[0]].former:
                gaps.setdefault(None, (place.new, []))[1].append(ids[0])
        return [(numbers, left) for numbers, left in gaps.values() if numbers and left]

    def _alike(
        self, numbers: Iterable[int], ids: Iterable[str], least: float
    ) -> list[tuple[int, str]]:
        """Those whose titles are so much alike, and hold the same numbers."""
        pairs = unambiguous(self._likeness(numbers, ids), least)
        found = [(int(new), old) for old, new in pairs]
        return [
            (number, node_id)
            for number, node_id in found
            if _DIGITS.findall(self._titles[number]) == _DIGITS.findall(self._title_here(node_id))
        ]

    def _likeness(self, numbers: Iterable[int], ids: Iterable[str]) -> list[Likeness]:
        new = {str(each): NodePlace(self.nodes[each].kind, self._titles[each]) for each in numbers}
        return likeness(self.here.places, new, ids, new)

    def _like(self, number: int, node_id: str) -> LikeNode:
        node = self.nodes[number]
        return LikeNode(
            self._titles[number], node_id, self._title_here(node_id), node.path, node.line
        )

    def _title_here(self, node_id: str) -> str:
        return self.here.places[node_id].title

    def _parent(self, node_id: str) -> str:
        """The id of the node above one here; "" where there is none."""
        place = self.here.places.get(node_id)
        return place.parent if place else ""

    def _here_above(self, number: int) -> str | None:
        """The id of the node that one hangs under; "" for a top, None where that is new."""
        above = self._above[number]
        if above is not None:
            return self.ids[above] or None
        under = self.nodes[number].under
        found = (self.here.ids.get(fold(each)) for each in under)
        return next(filter(None, found), None) if under else ""


def _neighbours(ids: Sequence[str]) -> list[tuple[str, str]]:
    """The nearest id before each and after it; "" is none."""
    before, after = list(_latest(ids)), list(_latest(reversed(ids)))
    return list(zip(before, reversed(after), strict=True))


def _latest(ids: Iterable[str]) -> Iterator[str]:
    """The id at each position, or the last one before it."""
    last = ""
    for node_id in ids:
        last = node_id or last
        yield last
