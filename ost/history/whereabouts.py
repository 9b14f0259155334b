"""Follows the children and moments of nodes. They identify a node whose id and title changed."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol

from ost.history.record import RecordedMoment

SEVERAL = 2
"""If at least this many items are all under another node now, that node is the same. A single item
may have moved.
"""


class TreeItem(Protocol):
    """An item of a tree: a record, or a node of an imported file."""

    @property
    def kind(self) -> str:
        """The kind."""

    @property
    def parents(self) -> tuple[str, ...]:
        """The ids of its parents."""

    @property
    def moments(self) -> tuple[RecordedMoment, ...]:
        """Its moments, each about a node."""


class TreeItems(Protocol):
    """Items of a tree by id."""

    def __getitem__(self, node_id: str, /) -> TreeItem:
        """The one with that id."""


class Whereabouts:
    """Where children and moments were, and where they are."""

    def __init__(
        self, before: TreeItems, after: TreeItems, pairs: Iterable[tuple[str, str]]
    ) -> None:
        """`pairs` are the ids, before and after, of nodes that exist on both sides."""
        self.before, self.after = before, after
        self.streams: dict[tuple[str, str], int] = {}
        for was, now in pairs:
            for stream in _streams(before[was], after[now]):
                self.streams[stream] = self.streams.get(stream, 0) + 1

    def followed(
        self, left: AbstractSet[str], new: AbstractSet[str], least: int = 1
    ) -> list[tuple[str, str]]:
        """Pairs of deleted and new nodes: the new one has exactly the children and moments of the
        deleted one.
        """
        whither: dict[str, set[str]] = {}
        whence: dict[str, set[str]] = {}
        for old, fresh in self.streams:
            whither.setdefault(old, set()).add(fresh)
            whence.setdefault(fresh, set()).add(old)
        return [
            (old, fresh)
            for (old, fresh), many in sorted(self.streams.items())
            if many >= least
            and old in left
            and fresh in new
            and len(whither[old]) == len(whence[fresh]) == 1
            and self.before[old].kind == self.after[fresh].kind
        ]

    def certain(
        self, left: AbstractSet[str], new: AbstractSet[str], became: Mapping[str, str]
    ) -> list[tuple[str, str]]:
        """The pairs that several items, and the same place, confirm."""
        return [
            (old, fresh)
            for old, fresh in self.followed(left, new, SEVERAL)
            if tuple(became.get(each, each) for each in self.before[old].parents)
            == self.after[fresh].parents
        ]


def _streams(was: TreeItem, now: TreeItem) -> Iterator[tuple[str, str]]:
    """The old and new places of a node and its moments."""
    if was.parents[:1] != now.parents[:1] and was.parents and now.parents:
        yield was.parents[0], now.parents[0]
    moments_now = {
        (each.against, each.second, each.quote or each.words): each for each in now.moments
    }
    for moment in was.moments:
        same = moments_now.get((moment.against, moment.second, moment.quote or moment.words))
        if same is not None and same.node != moment.node:
            yield moment.node, same.node
