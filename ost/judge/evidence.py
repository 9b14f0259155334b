"""The evidence for a node and everything below it, walked only as far as a rule needs."""

from collections.abc import Iterable, Iterator
from itertools import count, islice

from ost.limits import DEEPEST_TREE
from ost.tree.model import KINDS, Moment, Node, NodeId
from ost.tree.tree import Tree

Story = tuple[Moment, Node]
"""A moment, and the interview, or the node of another kind that tells stories, that it is in."""

_ENOUGH = 3
"""The number of interviews from which on a lack of evidence means something."""


def stories(node: Node, tree: Tree) -> Iterable[Story]:
    """Every moment of an interview that is evidence for the node or for anything below it. Rules
    share the walk.
    """
    found: _Stories | None = tree.worked_out.get(("stories", node.id))
    if found is None:
        found = tree.worked_out["stories", node.id] = _Stories(node, tree)
    return found


class _Stories:
    def __init__(self, node: Node, tree: Tree) -> None:
        self._found: list[Story] = []
        self._further = _walk(node, tree)

    def __iter__(self) -> Iterator[Story]:
        for at in count():
            if at == len(self._found):
                story = next(self._further, None)
                if story is None:
                    return
                self._found.append(story)
            yield self._found[at]


def _walk(node: Node, tree: Tree) -> Iterator[Story]:
    for moment in _moments(node, tree):
        source = tree.by_id.get(moment.source)
        if source is not None and source.speaks == "story":
            yield moment, source


def has_few_interviews(outcome: Node, tree: Tree, fewest: int) -> bool:
    """Whether fewer interviews than this mention anything below an outcome."""
    counted: set[str] = set()
    for _, interview in stories(outcome, tree):
        counted.add(interview.id)
        if len(counted) >= fewest:
            return False
    return True


def has_enough_interviews(tree: Tree) -> bool:
    """Whether the tree has enough interviews to say which opportunities lack evidence."""
    return len(list(islice(interviews(tree), _ENOUGH))) == _ENOUGH


def interviews(tree: Tree) -> Iterator[Node]:
    """Every interview, and every node of another kind that tells stories."""
    for kind in KINDS.values():
        if kind.speaks == "story":
            yield from tree.nodes(kind)


def segment(interview: Node) -> str | None:
    """The segment of the customer who speaks."""
    found: str | None = getattr(interview, "segment", None)
    return found


def signals(node: Node, tree: Tree) -> int:
    """How many mentions in signals support the node or anything below it."""
    found = (tree.by_id.get(moment.source) for moment in _moments(node, tree))
    return sum(each is not None and each.speaks == "signal" for each in found)


def _moments(node: Node, tree: Tree) -> Iterator[Moment]:
    """The evidence for the node, then for everything below; lazy.

    By ids alone, because every opportunity looks at everything below it; for the same reason not
    below `DEEPEST_TREE`.
    """
    seen = {node.id}
    level = [node.id]
    for _ in range(DEEPEST_TREE):
        below: list[NodeId] = []
        for above in level:
            for moment in tree.about.get(above, ()):
                if not moment.against:
                    yield moment
            for child in tree.children_of.get(above, ()):
                if child.id not in seen:
                    seen.add(child.id)
                    below.append(child.id)
        level = below
        if not level:
            return
