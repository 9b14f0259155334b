"""The decisions about a node: those that chose it, passed it over, or mention it."""

from collections.abc import Iterator

from ost.tree.model import Decision, Node
from ost.tree.tree import Tree


def deciding(node: Node, tree: Tree, *relations: str) -> Iterator[Decision]:
    """The decisions that link to a node, by these relations if any are given.

    The relations are `chose`, `over`, `parent` and `mentions`. A decision may come twice.
    """
    for relation, decision in tree.decided.get(node.id, ()):
        if not relations or relation in relations:
            source = tree.by_id.get(decision)
            if isinstance(source, Decision):
                yield source
