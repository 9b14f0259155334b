"""See :class:`BuildVerb`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.wording import BUILDING, own, phrase
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class BuildVerb(Rule, frozen=True):
    """An opportunity starts like a task.

    Why: An opportunity is what a customer needs, not what the team will do about it. A title that
    starts with *add* or *improve* has already chosen a solution, and its alternatives will never be
    considered.

    Source: Product Talk, what is an opportunity
    <https://www.producttalk.org/glossary-discovery-opportunity>

    Bad:

        -- filter.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Add a filter for the whole family <!-- OST403 -->
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
    """

    code = "OST403"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The phrase, at its place in the title."""
        found = None if own(node.title) else phrase(node, BUILDING)
        if found is not None:
            message = f"{found.words!r} is a task, not a need; write what the customer needs"
            yield self.about(node, found.at, message)
