"""See :class:`UnaskedEthics`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import LIVE, Assumption, Node, Opportunity, Solution
from ost.tree.tree import Tree


class UnaskedEthics(Rule, frozen=True):
    """No assumption of a target's solutions is about ethics.

    Why: Whom could this hurt, whose data does it take, what would a newspaper make of the team's
    conversation about it? Of the five kinds of assumption it is the one that no one at the table is
    paid to raise. One for the whole set of solutions is enough. This is a note once there are a few
    assumptions.

    Source: Teresa Torres, five types of assumptions <https://producttalk.org/?p=4029>

    Options:

        fewest = 2

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch <!-- OST314 -->
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their own phone
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        risk: usability
        ---
        # In eight of ten evenings all who choose have a phone at hand
        -- veto-is-used.md --
        ---
        kind: assumption
        parent: veto-by-phone
        risk: desirability
        ---
        # In seven of ten families everybody uses their veto

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
        ---
        # Everybody vetoes on their own phone
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        risk: usability
        ---
        # In eight of ten evenings all who choose have a phone at hand
        -- youngest-is-heard.md --
        ---
        kind: assumption
        parent: veto-by-phone
        risk: ethics
        ---
        # The youngest is outvoted in no more than three of ten evenings
    """

    code = "OST314"
    severity = Severity.NOTE
    kinds = (Opportunity,)

    fewest: Annotated[
        int, Meta(description="With fewer assumptions in all, nothing is reported.")
    ] = 4

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether an assumption of a live solution is about ethics."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        live = [each for each in tree.children(node, Solution) if each.status in LIVE]
        found = {each.id: each.risk for idea in live for each in tree.children(idea, Assumption)}
        if len(found) >= self.fewest and "ethics" not in found.values():
            message = (
                f"no ethical assumption among the {len(found)} for target {node.id!r}; "
                "ask whom the solutions could hurt"
            )
            yield self.about(node, node.at, message)
