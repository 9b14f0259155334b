"""See :class:`WrongParent`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic
from ost.tree.model import Node, Unknown
from ost.tree.tree import Tree
from ost.words import article, either


class WrongParent(Rule, frozen=True):
    """A node is below a kind of node that cannot be its parent.

    Why: Each line of the tree answers a question. A solution directly below an outcome skips the
    opportunity, and no one can ask which need it meets, or whether another idea meets it better.
    Interviews, signals and guides have no parent: texts link to them.

    Source: Teresa Torres, Opportunity Solution Tree
    <https://www.producttalk.org/2016/08/opportunity-solution-tree/>

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- shared-queue.md --
        ---
        kind: solution
        parent: more-film-nights  # OST103
        ---
        # A queue that everybody may add to
        -- p07.md --
        ---
        kind: interview
        parent: more-film-nights  # OST103
        ---
        # P07: film night with two teenagers

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
        -- shared-queue.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # A queue that everybody may add to
    """

    code = "OST103"
    kinds = (Node,)
    needs = "parents"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each parent of a known kind that may not be above this one."""
        for reference in () if isinstance(node, Unknown) else node.parents:
            parent = tree.by_id[reference.id] if reference.found else node
            if parent.id == node.id or isinstance(parent, Unknown) or parent.kind in node.under:
                continue
            under = either([article(each) for each in node.under])
            advice = f"put it below {under}" if under else "remove its `parent`"
            yield self.about(
                node,
                reference.at,
                f"{node.kind} {node.id!r} cannot be below {parent.kind} {parent.id!r}; {advice}",
            )
