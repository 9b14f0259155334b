"""See :class:`SeveralParents`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.words import counted, named, places
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class SeveralParents(Rule, frozen=True):
    """An opportunity hangs below more than one parent.

    Why: a need that fits into two branches is often too broad: put into the moment in which it
    occurs, it becomes two needs, each with its own place. Where it really is one need, its parents
    may not be as distinct as they look. It is a note while the opportunity is open, since a young
    tree is redone often, and a warning for a target: the team could not say which need it is
    solving. A parked opportunity is left alone.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 6: more than one parent; how
    children divide their parent's need <https://www.producttalk.org/opportunity-mapping>

    Bad:

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
        -- trailers-tell-nothing.md --
        ---
        kind: opportunity
        parent: [nothing-to-watch, cannot-agree]  # OST107
        ---
        # The trailers do not tell me whether it is for children

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
        -- is-it-for-children.md --
        ---
        kind: opportunity
        parent: nothing-to-watch
        ---
        # When I search alone, I cannot see from what age a film is
        -- nobody-believes-me.md --
        ---
        kind: opportunity
        parent: cannot-agree
        ---
        # When we choose together, nobody believes me that it is for children
    """

    code = "OST107"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether more than one parent exists."""
        above = tree.parents(node)
        if len(above) < 2 or not isinstance(node, Opportunity) or node.status == "parked":
            return
        yield self.about(
            node,
            node.place("parent"),
            f"opportunity {node.id!r} has {counted(len(above), 'parent')}, {named(above)}: "
            "in which moment does it occur?",
            None if node.status == "target" else Severity.NOTE,
            places(above, "a parent"),
        )
