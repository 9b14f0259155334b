"""Lists of nodes in messages, and their places."""

from collections.abc import Iterable, Sequence

from ost.read.place import Span
from ost.tree.model import Node
from ost.tree.tree import Child
from ost.words import listed

_FEW = 3


def name_nodes(nodes: Sequence[Node | Child]) -> str:
    """`'a'`, `'a' and 'b'`, `'a', 'b' and 'c'`, `'a', 'b', 'c' and 4 more`."""
    ids = [repr(str(each.id)) for each in nodes]
    if len(ids) > _FEW:
        ids = [*ids[:_FEW], f"{len(ids) - _FEW} more"]
    return listed(ids)


def places(nodes: Iterable[Node], words: str) -> tuple[tuple[Span, str], ...]:
    """The place of each node, for a diagnostic's `related`."""
    return tuple((Span(each.path, each.at), words) for each in nodes)
