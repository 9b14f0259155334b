"""How messages name several things, and where the things named stand."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ost.read.place import Span

if TYPE_CHECKING:
    from ost.tree.model import Node
    from ost.tree.tree import Child

_FEW = 3


def named(nodes: "Sequence[Node | Child]") -> str:
    """`'a'`, `'a' and 'b'`, `'a', 'b' and 'c'`, `'a', 'b', 'c' and 4 more`."""
    ids = [repr(str(each.id)) for each in nodes]
    if len(ids) > _FEW:
        ids = [*ids[:_FEW], f"{len(ids) - _FEW} more"]
    return listed(ids)


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def either(words: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def counted(number: int, one: str, several: str = "") -> str:
    """`1 signal`, `2 signals`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def article(noun: str) -> str:
    """`an outcome`, `a solution`."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def places(nodes: "Iterable[Node]", words: str) -> tuple[tuple[Span, str], ...]:
    """Where each of the nodes stands, for a diagnostic's `related`."""
    return tuple((Span(each.path, each.at), words) for each in nodes)
