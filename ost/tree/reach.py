"""What can be reached from a node, step by step."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def reach(start: Iterable[T], further: Callable[[T], Iterable[T]]) -> Iterator[T]:
    """The start, and all that lies further on; each once, nearest first, circles or not."""
    queue = list(dict.fromkeys(start))
    seen = set(queue)
    for each in queue:
        yield each
        for other in further(each):
            if other not in seen:
                seen.add(other)
                queue.append(other)
