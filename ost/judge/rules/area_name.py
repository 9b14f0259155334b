"""See :class:`AreaName`."""

from collections.abc import Iterator

from ost.judge.areas import is_area
from ost.judge.rule import Rule
from ost.judge.wording import BUILDING, COMPANY, phrase
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class AreaName(Rule, frozen=True):
    """An opportunity is named after an area of the product.

    Why: *Onboarding* or *Search and filters* is a drawer, not a need: everything fits into it, and
    no customer says it. Branches by feature area mirror the product or the teams that build it, and
    needs between two areas are never seen. What happens to a customer there?

    Source: Teresa Torres on structuring the opportunity space, as in Hamster's skill
    <https://github.com/gethamster/skills>

    Bad:

        -- onboarding.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Onboarding <!-- OST412 -->
        -- search.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Search and recommendations <!-- OST412 -->
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film

    Good:

        -- same-titles.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I am shown the same titles every evening
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
    """

    code = "OST412"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether the title names an area and nothing that happens there."""
        if is_area(node.title) and not any(phrase(node, each) for each in (BUILDING, COMPANY)):
            message = f"{node.title!r} is an area, not a need; write what a customer says about it"
            yield self.about(node, node.at, message)
