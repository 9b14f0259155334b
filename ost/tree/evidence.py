"""The evidence for each node: moments, rolled up from everything below it by any parent.

A moment counts once for a node, however many paths lead up to it, and people count, not
mentions.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import repeat
from typing import NamedTuple

from msgspec import Struct

from ost.tree.model import Moment, Node, NodeId
from ost.tree.participants import UNKNOWN, people
from ost.tree.reach import reach


class EvidenceSource(Struct, frozen=True, array_like=True, gc=False):
    """The evidence in an interview or a signal `node`: who said it, whether it is a story or a
    signal (`kind`), and the node that each moment supports, or is `against`.
    """

    node: NodeId
    participant: str | None
    kind: str
    day: str | None
    supports: tuple[NodeId, ...]
    against: tuple[NodeId, ...]


class EvidenceMoment(NamedTuple):
    """A moment for counting: its node, its source, and whether it is against the node."""

    node: NodeId
    source: EvidenceSource
    against: bool


def speaker(node: Node) -> str | None:
    """Who speaks in an interview or signal: the people it names or, in an interview without names,
    the unknown participant.
    """
    named: str | None = getattr(node, "participant", None) if node.speaks else None
    return named or (UNKNOWN if node.speaks == "story" else None)


def evidence_in(node: Node, moments: tuple[Moment, ...]) -> EvidenceSource | None:
    """The evidence in a node's moments."""
    if not node.speaks or not moments:
        return None
    return EvidenceSource(
        node.id,
        speaker(node),
        node.speaks,
        None if node.day is None else node.day.isoformat(),
        tuple(each.node for each in moments if not each.against),
        tuple(each.node for each in moments if each.against),
    )


def moments_in(source: EvidenceSource | None) -> Iterator[EvidenceMoment]:
    """All its moments."""
    if source is not None:
        yield from (EvidenceMoment(node_id, source, against=False) for node_id in source.supports)
        yield from (EvidenceMoment(node_id, source, against=True) for node_id in source.against)


def moments_about(node_id: NodeId, source: EvidenceSource | None) -> Iterator[EvidenceMoment]:
    """Its moments about one node."""
    if source is not None:
        supporting = EvidenceMoment(node_id, source, against=False)
        yield from repeat(supporting, source.supports.count(node_id))
        contradicting = EvidenceMoment(node_id, source, against=True)
        yield from repeat(contradicting, source.against.count(node_id))


class EvidenceCounts(NamedTuple):
    """The columns of `node` that this module computes, in order."""

    participants: int = 0
    interviews: int = 0
    moments: int = 0
    against: int = 0
    signals: int = 0
    first_heard: str | None = None
    last_heard: str | None = None


COLUMNS = EvidenceCounts._fields

SILENT = EvidenceCounts()
"""The counts of a node that no one mentioned."""


class Evidence:
    """The evidence for one node and everything below it."""

    __slots__ = ("against", "days", "interviews", "moments", "people", "signals")

    def __init__(self) -> None:
        """Starts without any."""
        self.people: dict[str, int] = {}
        self.interviews: set[str] = set()
        self.days: set[str] = set()
        self.against = 0
        self.moments = 0
        self.signals = 0

    def count(self, moment: EvidenceMoment) -> None:
        """Counts one moment."""
        source = moment.source
        if moment.against:
            self.against += 1
        elif source.kind == "signal":
            self.signals += 1
        else:
            self.moments += 1
            for person in people(source.participant) or (UNKNOWN,):
                self.people[person] = self.people.get(person, 0) + 1
            self.interviews.add(source.node)
            if source.day is not None:
                self.days.add(source.day)

    def add(self, other: "Evidence") -> None:
        """Adds the evidence of a node below."""
        for person, moments in other.people.items():
            self.people[person] = self.people.get(person, 0) + moments
        self.interviews |= other.interviews
        self.days |= other.days
        self.against += other.against
        self.moments += other.moments
        self.signals += other.signals

    def counts(self) -> EvidenceCounts:
        """The columns."""
        return EvidenceCounts(
            len(self.people),
            len(self.interviews),
            self.moments,
            self.against,
            self.signals,
            min(self.days, default=None),
            max(self.days, default=None),
        )


class EvidenceChange(NamedTuple):
    """What interviews and signals that changed said about a node and everything below it before,
    and what they say now. Every moment counts by itself, so the change can be subtracted from and
    added to the node's counts.
    """

    before: Evidence
    after: Evidence

    @property
    def loses_days(self) -> bool:
        """Whether a day no longer has any moment. It may have been the first or the last day."""
        return not self.before.days <= self.after.days

    @property
    def people(self) -> dict[str, int]:
        """How many moments more or fewer each person has."""
        old, new = self.before.people, self.after.people
        return {each: new.get(each, 0) - old.get(each, 0) for each in {*old, *new}}

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """How many more or fewer interviews, moments, moments against, and signals."""
        old, new = self.before, self.after
        return (
            len(new.interviews) - len(old.interviews),
            new.moments - old.moments,
            new.against - old.against,
            new.signals - old.signals,
        )


def roll_up(
    moments: Iterable[EvidenceMoment],
    parents: Callable[[str], Iterable[str]],
    of: Container[str] | None = None,
) -> dict[str, Evidence]:
    """The evidence for every node that someone mentioned, itself or below it; only for those in
    `of`, if given.
    """
    own: defaultdict[str, Evidence] = defaultdict(Evidence)
    for moment in moments:
        own[moment.node].count(moment)
    total: defaultdict[str, Evidence] = defaultdict(Evidence)
    for node_id, evidence in own.items():
        for above in reach((node_id,), parents):
            if of is None or above in of:
                total[above].add(evidence)
    return dict(total)
