"""What hangs on nodes, children and moments, and where it hangs after: a node that has another id
and another title is known by it.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol

from ost.history.record import RecordedMoment

SEVERAL = 2
"""One thing that hangs on another node now was moved. Of so many, all of them, it is the node."""


class Standing(Protocol):
    """What hangs somewhere: a record, or a node of an imported file."""

    @property
    def kind(self) -> str:
        """The kind."""

    @property
    def parents(self) -> tuple[str, ...]:
        """The ids of what it hangs on."""

    @property
    def moments(self) -> tuple[RecordedMoment, ...]:
        """The moments in it, each of which hangs on a node."""


class StandingById(Protocol):
    """What hangs somewhere, by id."""

    def __getitem__(self, node_id: str, /) -> Standing:
        """The one with that id."""


class Whereabouts:
    """Where children and moments hung, and where they hang now."""

    def __init__(
        self, before: StandingById, after: StandingById, pairs: Iterable[tuple[str, str]]
    ) -> None:
        """`pairs` are the ids, before and after, of nodes that are there on both sides."""
        self.before, self.after = before, after
        self.streams: dict[tuple[str, str], int] = {}
        for was, now in pairs:
            for stream in _streams(before[was], after[now]):
                self.streams[stream] = self.streams.get(stream, 0) + 1

    def followed(
        self, left: AbstractSet[str], new: AbstractSet[str], least: int = 1
    ) -> list[tuple[str, str]]:
        """Nodes that are gone and nodes that came, where all that hung on the one hangs on the
        other now, and nothing else does.
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
        """Those of which several things tell so, and which hang in the same place themselves."""
        return [
            (old, fresh)
            for old, fresh in self.followed(left, new, SEVERAL)
            if tuple(became.get(each, each) for each in self.before[old].parents)
            == self.after[fresh].parents
        ]


def _streams(was: Standing, now: Standing) -> Iterator[tuple[str, str]]:
    """From where to where a node's own place and its moments went."""
    if was.parents[:1] != now.parents[:1] and was.parents and now.parents:
        yield was.parents[0], now.parents[0]
    told = {(each.against, each.second, each.quote or each.words): each for each in now.moments}
    for moment in was.moments:
        same = told.get((moment.against, moment.second, moment.quote or moment.words))
        if same is not None and same.node != moment.node:
            yield moment.node, same.node
