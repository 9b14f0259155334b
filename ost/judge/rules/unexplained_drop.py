"""See :class:`UnexplainedDrop`."""

from collections.abc import Iterator

from ost.judge.assumption_tests import tests
from ost.judge.choices import deciding
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Solution
from ost.tree.tree import Tree


class UnexplainedDrop(Rule, frozen=True):
    """A solution was dropped without a reason.

    Why: A dropped idea stays in the tree so that no one proposes it again in spring. That only
    works with the reason next to it: `because:`, a decision that passed it over, or a refuted test
    below it.

    Source: our own design; no outside source

    Bad:

        -- one-chooser.md --
        ---
        kind: solution
        status: dropped  # OST321
        ---
        # One person chooses, in turn

    Good:

        -- one-chooser.md --
        ---
        kind: solution
        status: dropped
        because: in seven of ten families the chooser was always the same
        ---
        # One person chooses, in turn
        -- veto-by-phone.md --
        ---
        kind: solution
        status: testing
        ---
        # Everybody vetoes on their own phone
        -- film-of-the-week.md --
        ---
        kind: solution
        status: dropped
        ---
        # One film a week, and that is it
        -- go-on-with-vetoes.md --
        ---
        kind: decision
        chose: veto-by-phone
        over: film-of-the-week
        because: no one wants to be told
        ---
        # We go on with vetoes
    """

    code = "OST321"
    severity = Severity.WARNING
    kinds = (Solution,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether a reason, a decision or a refuted test is there."""
        if not isinstance(node, Solution) or node.status != "dropped" or node.because:
            return
        if any(True for _ in deciding(node, tree, "over", "parent", "mentions")):
            return
        if any(test.verdict == "refuted" for _, test in tests(node, tree)):
            return
        message = f"solution {node.id!r} was dropped without a reason; add `because`"
        yield self.about(node, node.place("status"), message)
