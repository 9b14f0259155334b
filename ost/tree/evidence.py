"""Who speaks for each node: moments, rolled up from everything below it by any parent.

A moment counts once for a node however many ways lead up to it, and people are counted, not
mentions.
"""

from collections.abc import Callable, Container, Iterable

from ost.tree.model import Interview, Moment, Node, Signal
from ost.tree.participants import UNKNOWN, people
from ost.tree.reach import reach

COLUMNS = (
    "participants",
    "interviews",
    "moments",
    "against",
    "signals",
    "first_heard",
    "last_heard",
)
"""The columns of `node` that are filled in here, in this order."""

Heard = tuple[str, str, str | None, str, str, str | None]
"""Of a moment: source, node, participant, stance, kind, date."""


def voice(node: Node) -> str | None:
    """Who speaks in an interview or signal: the people named, else in an interview whoever is
    unknown.
    """
    if isinstance(node, Interview):
        return node.participant or UNKNOWN
    return node.participant if isinstance(node, Signal) else None


def heard_of(node: Node, moments: Iterable[Moment]) -> tuple[Heard, ...]:
    """What of a node's moments counts as evidence."""
    if not isinstance(node, (Interview, Signal)):
        return ()
    person, kind = voice(node), "story" if isinstance(node, Interview) else "signal"
    day = None if node.date is None else node.date.isoformat()
    return tuple(
        (node.id, each.node, person, "against" if each.against else "for", kind, day)
        for each in moments
    )


Counts = tuple[int, int, int, int, int, str | None, str | None]

SILENT: Counts = (0, 0, 0, 0, 0, None, None)
"""The counts of a node that nobody spoke of."""


class Evidence:
    """What was heard of one node and of everything below it."""

    __slots__ = ("against", "days", "interviews", "moments", "people", "signals")

    def __init__(self) -> None:
        """Nothing yet."""
        self.people: dict[str, int] = {}
        self.interviews: set[str] = set()
        self.days: set[str] = set()
        self.against = 0
        self.moments = 0
        self.signals = 0

    def hear(self, moment: Heard) -> None:
        """Counts one moment."""
        source, _, participant, stance, kind, day = moment
        if stance == "against":
            self.against += 1
        elif kind == "signal":
            self.signals += 1
        else:
            self.moments += 1
            for person in people(participant) or (UNKNOWN,):
                self.people[person] = self.people.get(person, 0) + 1
            self.interviews.add(source)
            if day is not None:
                self.days.add(day)

    def add(self, other: "Evidence") -> None:
        """Counts what was heard of something below."""
        for person, moments in other.people.items():
            self.people[person] = self.people.get(person, 0) + moments
        self.interviews |= other.interviews
        self.days |= other.days
        self.against += other.against
        self.moments += other.moments
        self.signals += other.signals

    def counts(self) -> Counts:
        """The columns."""
        return (
            len(self.people),
            len(self.interviews),
            self.moments,
            self.against,
            self.signals,
            min(self.days, default=None),
            max(self.days, default=None),
        )


def roll_up(
    moments: Iterable[Heard],
    parents: Callable[[str], Iterable[str]],
    of: Container[str] | None = None,
) -> dict[str, Evidence]:
    """The evidence of every node that was spoken of, or has something below it that was; of those
    in `of` alone, when that is given.
    """
    own: dict[str, Evidence] = {}
    for moment in moments:
        own.setdefault(moment[1], Evidence()).hear(moment)
    total: dict[str, Evidence] = {}
    for node_id, evidence in own.items():
        for above in reach((node_id,), parents):
            if of is None or above in of:
                total.setdefault(above, Evidence()).add(evidence)
    return total
