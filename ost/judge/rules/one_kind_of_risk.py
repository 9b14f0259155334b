"""See :class:`OneKindOfRisk`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import LIVE, Assumption, Node, Solution
from ost.tree.tree import Tree


class OneKindOfRisk(Rule, frozen=True):
    """All assumptions of a solution have the same kind of risk.

    Why: People see first what they know best: engineers whether it can be built, designers whether
    it can be used. What sinks the idea is often of the kind that no one at the table looks for.
    Four assumptions of one kind suggest that no one asked about the others. The exact kind of an
    assumption matters little.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 9: favouring one category; see
    <https://producttalk.org/?p=4029>

    Bad:

        -- veto-by-phone.md --
        ---
        kind: solution
        ---
        # Everybody vetoes on their own phone <!-- OST313 -->
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        risk: usability
        ---
        # In eight of ten evenings all who choose have a phone at hand
        -- veto-is-found.md --
        ---
        kind: assumption
        parent: veto-by-phone
        risk: usability
        ---
        # Who has not done it before finds the veto within ten seconds
        -- list-is-read.md --
        ---
        kind: assumption
        parent: veto-by-phone
        risk: usability
        ---
        # A list of seven titles is read to its end on a phone
        -- children-manage.md --
        ---
        kind: assumption
        parent: veto-by-phone
        risk: usability
        ---
        # Children of eight manage without their parents

    Good:

        -- veto-by-phone.md --
        ---
        kind: solution
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
    """

    code = "OST313"
    severity = Severity.NOTE
    kinds = (Solution,)

    fewest: Annotated[int, Meta(description="Solutions with fewer assumptions are left alone.")] = 4

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether all assumptions name the same kind."""
        if not isinstance(node, Solution) or node.status not in LIVE or node.status == "shipped":
            return
        assumptions = tree.children(node, Assumption)
        risks = {each.risk for each in assumptions}
        if len(assumptions) >= self.fewest and len(risks) == 1 and None not in risks:
            message = (
                f"all {len(assumptions)} assumptions of solution {node.id!r} are about "
                f"{risks.pop()}; look for other risks"
            )
            yield self.about(node, node.at, message, related=places(assumptions, "an assumption"))
