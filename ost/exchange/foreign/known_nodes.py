"""Matches the nodes of an import, by name, with those that exist here."""

import re
from collections.abc import Sequence

from ost.exchange.foreign.imports import ForeignNode, Here
from ost.exchange.foreign.text import plain
from ost.read.letters import fold, slug
from ost.tree.model import KINDS


class KnownNodes:
    """The nodes of an import by number, with the ids of those that exist here, each used once.
    `files` are the files here with such nodes.
    """

    def __init__(self, nodes: Sequence[ForeignNode], here: Here) -> None:
        self.nodes, self.here = nodes, here
        self.ids = [""] * len(nodes)
        self.claimed: set[str] = set()
        self.files: set[str] = set()
        self.titles = [plain(each.title) for each in nodes]
        numbers: dict[str, int] = {}
        for number, node in enumerate(nodes):
            for name in (node.key, *node.names, node.title):
                numbers.setdefault(fold(name), number)
        self.above = [
            next((at for name in each.under if (at := numbers.get(fold(name))) is not None), None)
            for each in nodes
        ]
        self.below: dict[int | None, list[int]] = {}
        for number, above in enumerate(self.above):
            self.below.setdefault(above, []).append(number)
        self._titled: dict[tuple[str, str], list[str]] = {}
        for node_id, place in here.places.items():
            self._titled.setdefault((place.kind, fold(place.title)), []).append(node_id)
        for title, node_id in here.titles.items():
            if node_id not in here.places:
                self._titled.setdefault(title, []).append(node_id)

    def by_key(self) -> None:
        """Matches by ids and former ids. A key made from a title counts only as a title."""
        for number, node in enumerate(self.nodes):
            found = self._keyed(node)
            if not self.repeats_title(number) or self._is_the_one(number, found):
                self.claim(number, found)

    def by_title(self) -> None:
        """Matches by title: first at the same place, then anywhere; finally by key, with another
        kind.
        """
        for placed in (True, False):
            for number in self.new():
                here = self.parent_id(number)
                fit = (
                    each
                    for each in self._of_title(number)
                    if each not in self.claimed and (not placed or self.parent(each) == here)
                )
                self.claim(number, next(fit, ""))
        for number in self.new():
            found = self._keyed(self.nodes[number])
            if found not in self.claimed:
                self.claim(number, found)

    def _keyed(self, node: ForeignNode) -> str:
        ids = self.here.ids
        return ids.get(fold(node.key)) or ids.get(fold(slug(node.key)), "")

    def _of_title(self, number: int) -> Sequence[str]:
        kind = self.nodes[number].kind
        if kind not in KINDS or KINDS[kind].speaks:
            return ()
        return self._titled.get((kind, fold(self.titles[number])), ())

    def repeats_title(self, number: int) -> bool:
        """Whether a node's key is made from its title."""
        key, title = slug(self.nodes[number].key), slug(self.titles[number])
        return f"-{re.sub(r'-[0-9]+$', '', key)}".endswith(f"-{title}") or key.endswith(title)

    def _is_the_one(self, number: int, node_id: str) -> bool:
        """Whether a node here has the right kind and is the only one with its title."""
        place = self.here.places.get(node_id)
        return place is None or (
            place.kind == self.nodes[number].kind and len(self._of_title(number)) < 2
        )

    def claim(self, number: int, node_id: str) -> bool:
        """Matches a node of the import with one here, unless it has a match already."""
        if not node_id or self.ids[number]:
            return False
        self.ids[number] = node_id
        if node_id in self.here.places:
            self.claimed.add(node_id)
            self.files.add(self.here.places[node_id].path)
        return True

    def new(self) -> list[int]:
        """The numbers of nodes that do not exist here."""
        return [number for number, node_id in enumerate(self.ids) if not node_id]

    def parent(self, node_id: str) -> str:
        """The id of the node above one here; "" for none."""
        place = self.here.places.get(node_id)
        return place.parent if place else ""

    def parent_id(self, number: int) -> str | None:
        """The id of a node's parent; "" for a top, None if the parent is new."""
        above = self.above[number]
        if above is not None:
            return self.ids[above] or None
        under = self.nodes[number].under
        found = (self.here.ids.get(fold(each)) for each in under)
        return next(filter(None, found), None) if under else ""
