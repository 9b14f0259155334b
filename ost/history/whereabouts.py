"""Follows children and moments of nodes: they identify a node that has another id and another
title.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol

from ost.history.record import RecordedMoment

SEVERAL = 2
"""If all of at least this many things now hang on another node, that is the same node; a single
thing was moved.
"""


class Standing(Protocol):
    """Something that hangs on a node: a record, or a node of an imported file."""

    @property
    def kind(self) -> str:
        """The kind."""

    @property
    def parents(self) -> tuple[str, ...]:
        """The ids of the nodes it hangs on."""

    @property
    def moments(self) -> tuple[RecordedMoment, ...]:
        """The moments in it, each of which hangs on a node."""


class StandingById(Protocol):
    """Hanging things by id."""

    def __getitem__(self, node_id: str, /) -> Standing:
        """The one with that id."""


class Whereabouts:
    """Where children and moments hung, and where they hang now."""

    def __init__(
        self, before: StandingById, after: StandingById, pairs: Iterable[tuple[str, str]]
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
        """Pairs of gone and new nodes: everything that hung on the one now hangs on the other, and
        nothing else does.
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
        """The pairs confirmed by several things and by the same place."""
        return [
            (old, fresh)
            for old, fresh in self.followed(left, new, SEVERAL)
            if tuple(became.get(each, each) for each in self.before[old].parents)
            == self.after[fresh].parents
        ]


def _streams(was: Standing, now: Standing) -> Iterator[tuple[str, str]]:
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
