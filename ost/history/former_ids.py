"""Which ids nodes had before, from the changes by which ids begin."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ost.history.change import Verb

BEGINNINGS = (Verb.ADDED, Verb.RENAMED)
"""The kinds of change with which an id begins."""


class IdPeriod(NamedTuple):
    """A node's current or last id, one of its former ids, and the first and last revision with that
    former id.
    """

    node: str
    id: str
    since: int
    until: int


def former_ids(changes: Iterable[tuple[int, str, str | None]]) -> Iterator[IdPeriod]:
    """Follows every node through its ids. `changes` has the revisions in order, each with an id
    that begins there and, if a node was renamed, the id that it had.
    """
    born: dict[str, int] = {}
    former: dict[str, list[tuple[str, int, int]]] = {}
    for revision, node, old in changes:
        ids = [] if old is None else [*former.pop(old, ()), (old, born.get(old, 1), revision)]
        yield from (IdPeriod(node, *each) for each in former.pop(node, ()))
        if ids:
            former[node] = ids
        born[node] = revision
    yield from (IdPeriod(node, *each) for node, ids in former.items() for each in ids)
