"""See :class:`UnstatedDifference`."""

from collections.abc import Iterator

from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import LIVE, Node, Opportunity, Solution
from ost.tree.tree import Tree


class UnstatedDifference(Rule, frozen=True):
    """Solutions for a target do not say how they differ from each other.

    Why: a team compares solutions to see what each does that the others do not. Alternatives
    without `differs:` are often variants of one idea, or steps of one build, and the comparison is
    decided before it starts. A few words are enough: *everybody may say no* beside *no one may say
    no*. It is reported when two or more live solutions of a target have none.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 8: variations of one idea; as in
    Hamster's method page <https://github.com/gethamster/skills>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch <!-- OST322 -->
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their own phone
        -- one-chooser.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # One person chooses, in turn

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        differs: everybody may say no
        ---
        # Everybody vetoes on their own phone
        -- one-chooser.md --
        ---
        kind: solution
        parent: cannot-agree
        differs: no one may say no
        ---
        # One person chooses, in turn
    """

    code = "OST322"
    severity = Severity.NOTE
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The live solutions of a target without `differs:`, together."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        live = [each for each in tree.children(node, Solution) if each.status in LIVE]
        silent = [each for each in live if not (each.differs or "").strip()]
        if len(silent) > 1 and not any(each.status in _CHOSEN for each in live):
            message = (
                f"solutions {name_nodes(silent)} of target {node.id!r} do not say how they differ; "
                "add `differs:`"
            )
            yield self.about(node, node.at, message, related=places(silent, "a solution"))


_CHOSEN = {"building", "shipped"}
