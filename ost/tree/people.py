"""The people interviewed, from all their interviews and signals."""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct

from ost.tree.evidence import speaker
from ost.tree.model import Node
from ost.tree.participants import people


class Person(Struct, frozen=True, array_like=True, gc=False):
    """A participant in one interview or signal."""

    id: str
    source: str
    interview: bool
    segment: str | None
    day: str | None
    illustrative: bool


class Portrait(NamedTuple):
    """A participant: the columns of the table, in this order. Days are those of interviews."""

    id: str
    segment: str | None
    interviews: int
    first: str | None
    last: str | None
    illustrative: int


def people_of(node: Node) -> tuple[Person, ...]:
    """Who speaks in an interview or a signal."""
    day = None if node.day is None else node.day.isoformat()
    segment = getattr(node, "segment", None)
    return tuple(
        Person(each, node.id, node.speaks == "story", segment, day, node.illustrative)
        for each in people(speaker(node))
    )


def portraits(people: Iterable[Person]) -> dict[str, Portrait]:
    """Every participant, by id, in order."""
    found: dict[str, list[Person]] = {}
    for person in people:
        found.setdefault(person.id, []).append(person)
    return {each: _portrait(found[each]) for each in sorted(found)}


def _portrait(appearances: list[Person]) -> Portrait:
    appearances.sort(key=lambda each: (each.day or "", each.source))
    interviews = [each for each in appearances if each.interview]
    days = [each.day for each in interviews if each.day is not None]
    segments = [each.segment for each in (interviews or appearances) if each.segment]
    return Portrait(
        appearances[0].id,
        segments[-1] if segments else None,
        len(interviews),
        min(days, default=None),
        max(days, default=None),
        int(all(each.illustrative for each in appearances)),
    )
