"""See :class:`BlurredParents`."""

from collections import Counter
from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.words import counted, places
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree

_MANY = 8
"""A child with more parents than this says nothing of any two of them."""


class BlurredParents(Rule, frozen=True):
    """Two opportunities share two or more of the opportunities below them.

    Why: branches are there so that one can be left aside while another is worked on. One need
    below two parents happens; where several are shared, the parents are two names for one thing,
    or are cut along something other than the customer's experience. Then every choice between them
    is a choice between a thing and itself.

    Source: Hamster's skill on structuring opportunity spaces, after Teresa Torres: many children
    with the same two parents <https://github.com/gethamster/skills>

    Bad:

        -- nothing-to-watch.md --
        ---
        kind: opportunity
        ---
        # I cannot find something to watch <!-- OST108 -->
        -- search-takes-long.md --
        ---
        kind: opportunity
        ---
        # We search for so long that the evening is over
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: [nothing-to-watch, search-takes-long]
        ---
        # I am out of episodes of my favourite show
        -- cannot-search.md --
        ---
        kind: opportunity
        parent: [nothing-to-watch, search-takes-long]
        ---
        # I cannot figure out how to search for a show

    Good:

        -- nothing-to-watch.md --
        ---
        kind: opportunity
        ---
        # I cannot find something to watch
        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: nothing-to-watch
        ---
        # I am out of episodes of my favourite show
        -- too-many-lists.md --
        ---
        kind: opportunity
        parent: [nothing-to-watch, cannot-agree]
        ---
        # Everybody keeps a list of their own, on paper
    """

    code = "OST108"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """With whom it shares children; each pair is told once, of the one with the first id."""
        shared: Counter[str] = Counter()
        for child in tree.children(node, Opportunity):
            above = tree.parents(child)
            if len(above) <= _MANY and not _parked(child):
                shared.update(
                    each.id for each in above if isinstance(each, Opportunity) and each.id > node.id
                )
        for node_id, number in sorted(shared.items()):
            other = tree.get(node_id)
            if number < 2 or other is None or _parked(node) or _parked(other):
                continue
            yield self.about(
                node,
                node.at,
                f"opportunities {node.id!r} and {node_id!r} share "
                f"{counted(number, 'child', 'children')}: what sets the two apart?",
                related=places([other], "the other parent"),
            )


def _parked(node: Node) -> bool:
    return isinstance(node, Opportunity) and node.status == "parked"
