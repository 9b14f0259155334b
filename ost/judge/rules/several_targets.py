"""See :class:`SeveralTargets`."""

from collections.abc import Iterator

from ost.judge.branches import opportunities
from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import OVER, Node, Outcome
from ost.tree.tree import Tree
from ost.words import counted


class SeveralTargets(Rule, frozen=True):
    """An outcome has more than one target opportunity.

    Why: A team that works on one small opportunity at a time ships something every few weeks and
    learns from it. Two targets share the interviews, ideas and tests, and put off the choice that
    is the strategy. Targets of an outcome below count for that outcome; an outcome that is met or
    dropped is left alone.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 7, one target at a time, as in
    Hamster's method page <https://github.com/gethamster/skills>

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST106 -->
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        status: target
        ---
        # We cannot agree on what to watch
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: more-film-nights
        status: target
        ---
        # I am out of episodes of my favourite show

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
        status: target
        ---
        # We cannot agree on what to watch
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I am out of episodes of my favourite show
    """

    code = "OST106"
    severity = Severity.WARNING
    kinds = (Outcome,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether more than one target is below, with no other outcome between."""
        if isinstance(node, Outcome) and node.status in OVER:
            return
        found = sorted(each.id for each in opportunities(node, tree) if each.status == "target")
        if len(found) < 2:
            return
        targets = [tree.by_id[each] for each in found]
        many = counted(len(targets), "target")
        message = f"outcome {node.id!r} has {many}, {name_nodes(targets)}; choose one"
        yield self.about(node, node.at, message, related=places(targets, "a target"))
