"""The opportunities below a node."""

from collections.abc import Iterator

from ost.tree.model import Node, Opportunity
from ost.tree.tree import Child, Tree


def active_opportunities(node: Node, tree: Tree) -> list[Opportunity]:
    """The opportunities directly below that are not parked."""
    return [each for each in tree.children(node, Opportunity) if each.status != "parked"]


def opportunities(node: Node, tree: Tree) -> Iterator[Child]:
    """Every opportunity below, each once; not those below a solution or another outcome."""
    seen = {node.id}
    queue = [node.id]
    for branch in queue:
        for child in tree.below(branch, Opportunity):
            if child.id not in seen:
                seen.add(child.id)
                queue.append(child.id)
                yield child
