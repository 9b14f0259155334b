"""See :class:`UndecidedTarget`."""

from collections.abc import Iterator

from ost.judge.choices import deciding
from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import LIVE, Node, Opportunity, Solution
from ost.tree.tree import Tree


class UndecidedTarget(Rule, frozen=True):
    """No decision says why the target was chosen, and over what.

    Why: The choice of a target is the team's strategy, and it comes from comparing: this need over
    its siblings. In two months no one remembers which siblings or why, and whoever was absent
    reopens the question. Four lines keep it: `chose`, `over`, `because`, and when to look again.
    This is a note until the target has live solutions, then a warning.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 7, as in Hamster's skill on
    prioritizing opportunities <https://github.com/gethamster/skills>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target  # OST304
        ---
        # We cannot agree on what to watch
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their own phone

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target  # OST304
        ---
        # We cannot agree on what to watch
        -- agree-first.md --
        ---
        kind: decision
        chose: cannot-agree
        because: it is told most often
        ---
        # We begin with agreeing

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch
        -- out-of-episodes.md --
        ---
        kind: opportunity
        ---
        # I am out of episodes of my favourite show
        -- agree-first.md --
        ---
        kind: decision
        chose: cannot-agree
        over: out-of-episodes
        because: it is told most often, and ends the evening
        ---
        # We begin with agreeing
    """

    code = "OST304"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether a decision chose the target over something."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        chosen = tuple(deciding(node, tree, "chose"))
        if any(each.over for each in chosen):
            return
        message = f"no decision records why target {node.id!r} was chosen; add one"
        if chosen:
            message = (
                f"decision {chosen[0].id!r} names no alternative to target {node.id!r}; add `over`"
            )
        solved = any(each.status in LIVE for each in tree.children(node, Solution))
        yield self.about(
            node,
            node.place("status"),
            message,
            None if solved else Severity.NOTE,
            places(chosen[:1], "the decision"),
        )
