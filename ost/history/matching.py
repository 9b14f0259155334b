"""Matches nodes before and after a change. An uncertain match is only a hint."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import NamedTuple, Protocol

import msgspec

from ost.history.record import Record, Records
from ost.history.whereabouts import Whereabouts

ALIKE, APART = 0.85, 0.1
"""Titles belong to one node if they are at least this similar, and more similar than any other pair
by this much.
"""
PERHAPS = 0.6
"""Titles this similar are worth a hint."""
_COMMON = 200
"""Runs of letters that occur in more titles than this distinguish nothing."""


class Titled(Protocol):
    """Something with a kind and a title."""

    @property
    def kind(self) -> str:
        """The kind."""

    @property
    def title(self) -> str:
        """The title."""


class TitledById(Protocol):
    """Titled things by id."""

    def __getitem__(self, node_id: str, /) -> Titled:
        """The one with that id."""


class Likeness(NamedTuple):
    """The similarity of two titles, from 0 to 1, and the ids before and after."""

    score: float
    before: str
    after: str


class Matching(NamedTuple):
    """`became` maps old ids to new ones. `perhaps` maps nodes that are gone, and new ones, to
    similar nodes on the other side.
    """

    became: dict[str, str]
    perhaps: dict[str, str]


def match(
    before: Records, after: Records, gone: set[str], come: set[str], stayed: Iterable[str] = ()
) -> Matching:
    """Finds nodes whose id changed; nothing is matched twice. `stayed` are the ids of nodes that
    exist on both sides and differ.
    """
    became: dict[str, str] = {}
    left, new = set(gone), set(come)

    def keep(pairs: Iterable[tuple[str, str]]) -> None:
        for old, fresh in pairs:
            if old in left and fresh in new:
                became[old] = fresh
                left.discard(old)
                new.discard(fresh)

    keep(_by_alias(before, after, left, new))
    for same in (_content, _words):
        keep(_equal(before, after, left, new, same))
    if not left or not new:
        return Matching(became, {})
    whereabouts = Whereabouts(before, after, [*((each, each) for each in stayed), *became.items()])
    while found := whereabouts.certain(left, new, became):
        keep(found)
    alike = likeness(before, after, left, new)
    keep(unambiguous(alike))
    hints = [
        *whereabouts.followed(left, new),
        *_equal(before, after, left, new, _body),
        *(
            (each.before, each.after)
            for each in sorted(alike, reverse=True)
            if each.score >= PERHAPS
        ),
        *_equal(before, after, left, new, lambda each: (each.kind, each.path, each.parents)),
    ]
    perhaps: dict[str, str] = {}
    for old, fresh in hints:
        if old in left and fresh in new:
            perhaps.setdefault(old, fresh)
            perhaps.setdefault(fresh, old)
    return Matching(became, perhaps)


def _by_alias(
    before: Records, after: Records, left: set[str], new: set[str]
) -> list[tuple[str, str]]:
    """Pairs in which one node names the other's id as its alias, in either direction of time."""
    named = [(alias, fresh) for fresh in sorted(new) for alias in after[fresh].aliases]
    named += [(old, alias) for old in sorted(left) for alias in before[old].aliases]
    claimed = Counter(old for old, _ in set(named))
    claiming = Counter(fresh for _, fresh in set(named))
    return [
        (old, fresh)
        for old, fresh in dict.fromkeys(named)
        if claimed[old] == 1 and claiming[fresh] == 1
    ]


def _equal(
    before: Records,
    after: Records,
    left: set[str],
    new: set[str],
    same: Callable[[Record], object],
) -> list[tuple[str, str]]:
    """Pairs of equal content, if there is exactly one on each side."""
    olds, fresh = _grouped(before, left, same), _grouped(after, new, same)
    return [
        (olds[key][0], fresh[key][0])
        for key in olds
        if len(olds[key]) == 1 and len(fresh.get(key, ())) == 1
    ]


def _grouped(
    records: Records, ids: Iterable[str], same: Callable[[Record], object]
) -> Mapping[object, list[str]]:
    groups: dict[object, list[str]] = {}
    for node_id in sorted(ids):
        key = same(records[node_id])
        if key is not None:
            groups.setdefault(key, []).append(node_id)
    return groups


def _content(record: Record) -> object:
    """Everything written in a node, without a title that comes from the file's name."""
    title = record.title if record.titled else None
    if not (record.text or (record.moments if title is None else record.fields)):
        return None
    written = (record.kind, title, record.fields, record.text, record.moments)
    encoded = msgspec.msgpack.encode(written, order="deterministic")
    return blake2b(encoded, digest_size=10).digest()


def _words(record: Record) -> object:
    """The kind, the title and the body; a title alone is too little."""
    if not record.text and not record.moments:
        return None
    return record.kind, record.title, record.text, len(record.moments)


def _body(record: Record) -> object:
    """The kind and the body, whatever the title."""
    return (record.kind, record.text) if record.text else None


def likeness(
    before: TitledById, after: TitledById, left: Iterable[str], new: Iterable[str]
) -> list[Likeness]:
    """The similarity of titles of one kind that share rare runs of letters."""
    holding: dict[tuple[str, str], list[str]] = {}
    for fresh in sorted(new):
        titled = after[fresh]
        for run in _runs(titled.title):
            holding.setdefault((titled.kind, run), []).append(fresh)
    found = []
    for old in sorted(left):
        titled = before[old]
        shared: Counter[str] = Counter()
        for run in sorted(_runs(titled.title)):
            candidates = holding.get((titled.kind, run), ())
            if len(candidates) <= _COMMON:
                shared.update(candidates)
        near = sorted(shared, key=lambda each: (-shared[each], each))[:10]
        scores = ((_alikeness(titled.title, after[each].title), each) for each in near)
        found += [Likeness(score, old, each) for score, each in scores]
    return found


def unambiguous(alike: Sequence[Likeness], least: float = ALIKE) -> list[tuple[str, str]]:
    """Pairs that are at least this similar and have no close competitor, seen from both sides."""
    scores: dict[str, list[float]] = {}
    for score, old, fresh in alike:
        scores.setdefault(f"-{old}", []).append(score)
        scores.setdefault(f"+{fresh}", []).append(score)
    return [
        (old, fresh)
        for score, old, fresh in alike
        if score >= least
        and _second(scores[f"-{old}"]) <= score - APART
        and _second(scores[f"+{fresh}"]) <= score - APART
    ]


def _second(scores: list[float]) -> float:
    return sorted(scores)[-2] if len(scores) > 1 else 0.0


def _alikeness(one: str, other: str) -> float:
    """Symmetric, unlike the library's ratio."""
    first, second = sorted((" ".join(one.casefold().split()), " ".join(other.casefold().split())))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _runs(title: str) -> set[str]:
    padded = f"^{' '.join(title.casefold().split())}$"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
