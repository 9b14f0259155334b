"""Walks from a node, step by step."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ost.limits import DEEPEST_TREE

T = TypeVar("T")


def reach(start: Iterable[T], further: Callable[[T], Iterable[T]]) -> Iterator[T]:
    """The start and everything reachable from it, nearest first, without duplicates even in
    circles.

    It takes at most `DEEPEST_TREE` steps: otherwise asking about every node of a long chain would
    take quadratic time.
    """
    level = list(dict.fromkeys(start))
    seen = set(level)
    yield from level
    for _ in range(DEEPEST_TREE):
        beyond: list[T] = []
        for node in level:
            for other in further(node):
                if other not in seen:
                    seen.add(other)
                    beyond.append(other)
        if not beyond:
            return
        yield from beyond
        level = beyond
