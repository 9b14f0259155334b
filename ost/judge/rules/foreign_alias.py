"""See :class:`ForeignAlias`."""

from collections.abc import Iterator

from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place
from ost.read.value import Scalar, Sequence
from ost.tree.model import Node
from ost.tree.tree import Tree


class ForeignAlias(Rule, frozen=True):
    """An alias is the id of another node.

    Why: an alias keeps links alive that were written before a node was renamed. If another node has
    that id now, these links lead to it instead, and evidence for one node counts for the other.

    Source: Obsidian, aliases <https://help.obsidian.md/aliases>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        aliases: [choosing]  # OST047
        ---
        # We cannot agree on what to watch
        -- choosing.md --
        ---
        kind: opportunity
        ---
        # We spend longer choosing than watching

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        aliases: [agreeing]
        ---
        # We cannot agree on what to watch
        -- choosing.md --
        ---
        kind: opportunity
        ---
        # We spend longer choosing than watching
    """

    code = "OST047"
    severity = Severity.WARNING
    kinds = (Node,)
    needs = "aliases"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The aliases that lead to another node."""
        for alias in dict.fromkeys(node.aliases):
            other = tree.get(alias) if alias != node.id else None
            if other is not None:
                message = (
                    f"alias {alias!r} is the id of another node; remove it or rename that node"
                )
                related = places((other,), "the node with that id")
                yield self.about(node, _place(node, alias), message, related=related)


def _place(node: Node, alias: str) -> Place:
    """Where the alias is written."""
    field = node.entry.field("aliases")
    value = field.value if field else None
    for item in value.items if isinstance(value, Sequence) else ():
        if isinstance(item, Scalar) and item.text.strip() == alias:
            return item.at
    return node.place("aliases")
