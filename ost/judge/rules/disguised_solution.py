"""See :class:`DisguisedSolution`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.wording import WISHED, phrase
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class DisguisedSolution(Rule, frozen=True):
    """An opportunity asks for one particular solution.

    Why: *I need a filter* can only be met by a filter. An opportunity can be addressed in more than
    one way; what would the filter do for them?

    Source: Product Talk, what is an opportunity
    <https://www.producttalk.org/glossary-discovery-opportunity>

    Bad:

        -- filter.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I want a filter for the whole family <!-- OST404 -->
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film

    Good:

        -- mixed-ages.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I want something that suits all ages
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
    """

    code = "OST404"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The phrase, at its place in the title."""
        found = phrase(node, WISHED)
        if found is not None:
            message = f"{found.words!r} names one solution; write the need behind it"
            yield self.about(node, found.at, message)
