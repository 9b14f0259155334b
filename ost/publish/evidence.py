"""Who speaks for each node: moments, rolled up from everything below it by any parent.

A moment counts once for a node however many ways lead up to it, and people are counted, not
mentions.
"""

from collections.abc import Iterable, Iterator, Mapping

from ost.tree.participants import UNKNOWN, people

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
    moments: Iterable[Heard], parents: Mapping[str, tuple[str, ...]]
) -> dict[str, Evidence]:
    """The evidence of every node that was spoken of, or has something below it that was."""
    own: dict[str, Evidence] = {}
    for moment in moments:
        own.setdefault(moment[1], Evidence()).hear(moment)
    total: dict[str, Evidence] = {}
    for node_id, evidence in own.items():
        for above in upward((node_id,), parents):
            total.setdefault(above, Evidence()).add(evidence)
    return total


def upward(start: Iterable[str], parents: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The nodes and everything above them, by any parent; each once, circles or not."""
    queue = list(dict.fromkeys(start))
    seen = set(queue)
    for each in queue:
        yield each
        for parent in parents.get(each, ()):
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)


def status_of(tests: Iterable[str | None]) -> str:
    """Where an assumption stands, from where its tests stand; plans are no tests yet."""
    found = {each for each in tests if each is not None}
    reached = found & {"supported", "refuted", "unclear"}
    if reached:
        return reached.pop() if len(reached) == 1 else "unclear"
    return "testing" if found & {"running", "ended"} else "untested"
