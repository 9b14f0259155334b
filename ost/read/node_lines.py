"""The nodes found so far in a one-file tree, and the parent of each new one."""

from bisect import bisect_right

from msgspec import Struct
from msgspec.structs import replace

from ost.read.blocks import Part
from ost.read.kinds import KINDS
from ost.read.vocabulary import EXPERIMENTS, SUB, Label

RANK = {"outcome": 0, "opportunity": 1, "solution": 2, "assumption": 3, "test": 4}
_UNDER = {
    "opportunity": ("outcome", "opportunity"),
    "solution": ("opportunity",),
    "assumption": ("solution",),
    "test": ("assumption",),
}


def is_alone(kind: str) -> bool:
    """Whether nodes of a kind have no place in the tree and own everything in them."""
    return kind in KINDS and not KINDS[kind].placed


class NodeLine(Struct):
    """A line that is a node: its part, kind and words. `above` is the index of its parent."""

    part: Part
    row: int
    words: str
    kind: str
    label: Label | None
    above: int | None = None
    statement: tuple[int, str] | None = None
    """The row and words of the text below that states what `Opportunity 1` is."""
    shared: bool = False
    """Whether it is an assumption made from an experiment, which shares the test's text."""


class NodeLines:
    """The nodes in the order written. `around` is the index of the node that contains a line."""

    def __init__(self) -> None:
        """Starts without nodes."""
        self.found: list[NodeLine] = []
        self._by_kind: dict[str, list[int]] = {}
        self._numbered: dict[tuple[str, str], int] = {}

    def kind(self, index: int | None) -> str:
        """A node's kind, or ""."""
        return "" if index is None else self.found[index].kind

    def has(self, kind: str) -> bool:
        """Whether a node of a kind was found."""
        return kind in self._by_kind

    def subject(self, label: Label, around: int | None) -> int | None:
        """The node that a label names, as in `Solutions for Opportunity 2`, or the one around the
        label.
        """
        if label.about:
            kind, _, number = label.about.partition(" ")
            return self._numbered.get((kind, number.casefold()), around)
        return around

    def add(self, node: NodeLine, around: int | None, *, parallel: bool) -> int:
        """Adds a node under its parent and returns its index. An experiment without an assumption
        gets one that shares its words. `parallel` means a separate list under a heading.
        """
        node.above = self._above(node.kind, node.label, around, parallel=parallel)
        if node.kind == "test" and self.kind(node.above) != "assumption" and _is_experiment(node):
            over = self._above("assumption", node.label, around, parallel=parallel)
            node.above = self._keep(replace(node, kind="assumption", above=over, shared=True))
        return self._keep(node)

    def _keep(self, node: NodeLine) -> int:
        index = len(self.found)
        self.found.append(node)
        if not node.shared:
            self._by_kind.setdefault(node.kind, []).append(index)
        if node.label is not None and node.label.number:
            number = node.label.number.removeprefix("#").casefold()
            self._numbered.setdefault((node.kind, number), index)
        return index

    def _above(
        self, kind: str, label: Label | None, around: int | None, *, parallel: bool
    ) -> int | None:
        """The parent of a new node: the node around it, or else the last node before it that can be
        its parent.
        """
        kinds = _UNDER.get(kind, ())
        over = self.kind(around)
        below_its_kind = label is not None and label.word in SUB
        if is_alone(kind) or (over in kinds and not below_its_kind):
            return around
        if around is not None and RANK.get(over, 9) >= RANK.get(kind, 0):
            return around
        after = -1 if around is None else around
        for name in reversed(kinds) if below_its_kind else kinds:
            if around is None and name == kind and not below_its_kind:
                continue  # a sibling: nothing makes it a part of the node before
            before = self._by_kind.get(name, [])
            if not before or before[-1] <= after:
                continue
            # A separate list after several nodes does not say which one it is about.
            if label is None and parallel and len(before) - bisect_right(before, after) > 1:
                return around
            return before[-1]
        return around


def _is_experiment(node: NodeLine) -> bool:
    label = node.label
    return label is None or label.word in EXPERIMENTS or label.word in ("E", "EXP")
