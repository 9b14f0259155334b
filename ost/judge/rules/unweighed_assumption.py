"""See :class:`UnweighedAssumption`."""

from collections.abc import Iterator

from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Assumption, Node, Solution
from ost.tree.tree import Tree

_UNDER_WAY = {"testing", "building"}


class UnweighedAssumption(Rule, frozen=True):
    """Assumptions of a solution have no importance.

    Why: no one can test everything. A team asks of each assumption how much depends on it and what
    is known about it, and tests first what is important and unknown. Without `importance` the
    easiest assumption is tested first, and [`untested-leap`](#untested-leap) cannot tell whether
    the solution rests on guesses. Only a solution that is being tested or built is reported.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 9, assumption mapping; see
    <https://producttalk.org/?p=4029>

    Bad:

        -- veto-by-phone.md --
        ---
        kind: solution
        status: testing
        ---
        # Everybody vetoes on their own phone <!-- OST315 -->
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        risk: usability
        ---
        # In eight of ten evenings all who choose have a phone at hand

    Good:

        -- veto-by-phone.md --
        ---
        kind: solution
        status: testing
        ---
        # Everybody vetoes on their own phone
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        importance: high
        ---
        # In eight of ten evenings all who choose have a phone at hand
        -- one-chooser.md --
        ---
        kind: solution
        ---
        # One person chooses, in turn
        -- turns-are-kept.md --
        ---
        kind: assumption
        parent: one-chooser
        ---
        # On the third evening the turns are still kept
    """

    code = "OST315"
    severity = Severity.WARNING
    kinds = (Solution,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The assumptions without importance of a solution that is tested or built, together."""
        if not isinstance(node, Solution) or node.status not in _UNDER_WAY:
            return
        assumptions = tree.children(node, Assumption)
        # What `importance` says instead of a level is reported as such.
        found = [
            each
            for each in assumptions
            if each.importance is None and not each.entry.field("importance")
        ]
        if found:
            has = "has" if len(found) == 1 else "have"
            message = (
                f"{name_nodes(found)} below solution {node.id!r} {has} no `importance`; "
                "add high, medium or low"
            )
            yield self.about(node, node.at, message, related=places(found, "an assumption"))
