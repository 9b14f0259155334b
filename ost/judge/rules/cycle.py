"""See :class:`Cycle`."""

from collections.abc import Iterator

from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic
from ost.tree import graph
from ost.tree.model import Node, NodeId
from ost.tree.tree import Tree


class Cycle(Rule, frozen=True):
    """A node is its own ancestor.

    Why: A tree is read from the outcome down. Nodes that are below one another in a circle cannot
    be reached: they are on no page and serve no outcome. Each circle is reported once, at the node
    whose id comes first; changing that parent fixes it.

    Source: a graph with a circle is not a tree <https://en.wikipedia.org/wiki/Tree_(graph_theory)>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: everybody-vetoes  # OST102
        ---
        # We cannot agree on what to watch
        -- everybody-vetoes.md --
        ---
        kind: opportunity
        parent: cannot-agree
        ---
        # Somebody always says no
        -- falls-asleep.md --
        ---
        kind: opportunity
        parent: [falls-asleep]  # OST102
        ---
        # I fall asleep before we have chosen

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- everybody-vetoes.md --
        ---
        kind: opportunity
        parent: [cannot-agree, more-film-nights]
        ---
        # Somebody always says no
    """

    code = "OST102"
    kinds = (Node,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The shortest way round, if no node on it has an id before this one's."""
        if not node.parents or node.id not in tree.children_of:
            return
        way = _way_round(node, tree)
        if not way:
            return
        parent = (*way, node)[1]
        at = next(each.at for each in node.parents if each.found and each.id == parent.id)
        over = f" through {name_nodes(way[1:])}" if len(way) > 1 else ""
        message = f"{node.kind} {node.id!r} is its own ancestor{over}; change its parent"
        yield self.about(node, at, message, related=places(way[1:], "on the way round"))


def _way_round(node: Node, tree: Tree) -> tuple[Node, ...]:
    """The nodes from this one upwards until it comes again, over later ids only; or none."""
    above: dict[NodeId, list[NodeId]] = {}
    queue = [node.id]
    for node_id in queue:
        if node_id not in above:
            found = (each.id for each in tree.by_id[node_id].parents if each.found)
            above[node_id] = [each for each in found if each >= node.id]
            queue += above[node_id]
    if not any(node.id in parents for parents in above.values()):
        return ()
    return tuple(tree.by_id[each] for each in graph.way_round(node.id, above))
