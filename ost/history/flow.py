"""Follows moments through splits and merges of opportunities.

A moment has an identity of its own, so the places where moments end up show splits and merges,
without anything written in the files.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ost.history.record import Record, RecordedMoment

CARRIED = 0.6
"""At least this share of a node's moments must have gone to one place."""


class InterviewMoment(NamedTuple):
    """A moment with its interview (by the new id, if it still exists)."""

    source: str
    person: str
    path: str
    moment: RecordedMoment


Same = Callable[[InterviewMoment], object]
"""Returns a key that is equal for two moments that are the same, or None if a moment says too
little.
"""


class Flow(NamedTuple):
    """What happened to moments: `new` ones did not exist before, `gone` ones no longer do,
    `carried` are now about another node (before, after), and `corrected` are interviews in which
    the words of one changed.
    """

    new: tuple[InterviewMoment, ...]
    gone: tuple[InterviewMoment, ...]
    carried: tuple[tuple[InterviewMoment, InterviewMoment], ...]
    corrected: frozenset[str]


class Turns(NamedTuple):
    """Opportunities that were split or merged, and what they became."""

    split: dict[str, tuple[str, ...]]
    merged: dict[str, str]


def flow(before: Iterable[Record], after: Iterable[Record], became: Mapping[str, str]) -> Flow:
    """Matches the moments of interviews that changed."""
    old = [
        InterviewMoment(
            became.get(record.id, record.id),
            record.person,
            record.path,
            _earlier_moment(each, became),
        )
        for record in before
        for each in record.moments
    ]
    new = [
        InterviewMoment(record.id, record.person, record.path, each)
        for record in after
        for each in record.moments
    ]
    pairs: list[tuple[InterviewMoment, InterviewMoment]] = []
    for same in (_whole, _identity, _quoted, _timed, _worded):
        old, new = _paired(old, new, same, pairs)
    carried = tuple(pair for pair in pairs if pair[0].moment.node != pair[1].moment.node)
    corrected = frozenset(
        now.source
        for was, now in pairs
        if (was.moment.words, was.moment.quote, was.moment.second)
        != (now.moment.words, now.moment.quote, now.moment.second)
    )
    return Flow(tuple(new), tuple(old), carried, corrected)


def turns(
    carried: Iterable[tuple[InterviewMoment, InterviewMoment]], gone: set[str], come: set[str]
) -> Turns:
    """The nodes that were split or merged, judged by where their moments went."""
    streams = Counter((was.moment.node, now.moment.node) for was, now in carried)
    left: Counter[str] = Counter()
    came: Counter[str] = Counter()
    for (old, new), many in streams.items():
        left[old] += many
        came[new] += many
    split: dict[str, tuple[str, ...]] = {}
    for node in sorted(gone):
        parts = sorted(
            new
            for (old, new), many in streams.items()
            if old == node and new in come and many >= CARRIED * came[new]
        )
        if len(parts) > 1:
            split[node] = tuple(parts)
    into: dict[str, str] = {}
    for (old, new), many in streams.items():
        if old in gone and old not in split and many >= CARRIED * left[old]:
            into[old] = new
    several = Counter(into.values())
    merged = {old: new for old, new in into.items() if new not in come or several[new] > 1}
    return Turns(split, merged)


def _earlier_moment(moment: RecordedMoment, became: Mapping[str, str]) -> RecordedMoment:
    node = became.get(moment.node, moment.node)
    return RecordedMoment(
        node, moment.against, moment.second, moment.words, moment.quote, moment.line, moment.story
    )


def _paired(
    old: list[InterviewMoment],
    new: list[InterviewMoment],
    same: Same,
    pairs: list[tuple[InterviewMoment, InterviewMoment]],
) -> tuple[list[InterviewMoment], list[InterviewMoment]]:
    """Pairs equal moments in the order written, and returns the rest."""
    waiting: dict[object, list[InterviewMoment]] = {}
    for moment in reversed(new):
        key = same(moment)
        if key is not None:
            waiting.setdefault(key, []).append(moment)
    left = []
    taken: set[int] = set()
    for moment in old:
        key = same(moment)
        found = waiting.get(key) if key is not None else None
        if found:
            match = found.pop()
            taken.add(id(match))
            pairs.append((moment, match))
        else:
            left.append(moment)
    return left, [each for each in new if id(each) not in taken]


def _whole(mention: InterviewMoment) -> object:
    """A key for exactly the same moment, about the same node."""
    moment = mention.moment
    key = (moment.second, moment.quote, moment.words)
    return (mention.source, moment.against, moment.node, *key)


def _identity(mention: InterviewMoment) -> object:
    """A key made of the interview, the stance, the second, and the start of the quote."""
    moment = mention.moment
    if moment.second is None and not moment.quote and not moment.words:
        return None
    key = (moment.second, moment.quote[:80]) if moment.quote else (moment.second, moment.words)
    return (mention.source, moment.against, *key)


def _quoted(mention: InterviewMoment) -> object:
    moment = mention.moment
    return (mention.source, moment.against, moment.quote[:80]) if moment.quote else None


def _timed(mention: InterviewMoment) -> object:
    """A key for the same second and the same node: other words for the same thing."""
    moment = mention.moment
    if moment.second is None:
        return None
    return (mention.source, moment.against, moment.second, moment.node)


def _worded(mention: InterviewMoment) -> object:
    """A key for the same words about the same node, at another second or without one."""
    moment = mention.moment
    return (mention.source, moment.against, moment.words, moment.node) if moment.words else None
