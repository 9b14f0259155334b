"""See :class:`MomentlessBranch`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Outcome
from ost.tree.tree import Tree


class MomentlessBranch(Rule, frozen=True):
    """An opportunity at the top of a tree names no moment of the customer's experience.

    Why: moments follow one another, so branches that are made of them do not overlap, and every
    need that is heard later has one place where it belongs. Branches that are made of features or
    departments have no such order. Only branches at the top are asked, and only those that are
    not parked; once other opportunities hang below, the moment orders them too.

    Source: Hamster's skill on structuring opportunity spaces, after Teresa Torres
    <https://www.producttalk.org/opportunity-solution-trees>

    Bad:

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
        # We cannot agree on what to watch <!-- OST115 -->

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
        moment: everybody is on the sofa
        ---
        # We cannot agree on what to watch
        -- teenagers-veto.md --
        ---
        kind: opportunity
        parent: cannot-agree
        ---
        # The teenagers say no to whatever we propose
    """

    code = "OST115"
    severity = Severity.NOTE
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether a branch directly below an outcome says when it occurs."""
        if not isinstance(node, Opportunity) or node.status in {"parked", "addressed"}:
            return
        if not (node.moment or "").strip() and isinstance(tree.parent(node), Outcome):
            message = f"branch {node.id!r} names no moment: when does a customer feel it?"
            yield self.about(node, node.place("moment"), message)
