"""See :class:`VagueOpportunity`."""

from collections.abc import Iterator

from ost.judge.areas import is_area
from ost.judge.rule import Rule
from ost.judge.wording import BUILDING, COMPANY, FEELING, VAGUE, WISHED, phrase
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class VagueOpportunity(Rule, frozen=True):
    """An opportunity could be about anything.

    Why: An opportunity is a certain moment, in a certain context, of a certain customer. *Easier*
    and *better* fit every product; no one can say when such a need is met, and every idea serves
    it.

    Source: Product Talk, what is an opportunity
    <https://www.producttalk.org/glossary-discovery-opportunity>

    Bad:

        -- easy.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Make choosing a film easier <!-- OST407 -->
        -- search.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Slow search <!-- OST407 -->
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

    code = "OST407"
    severity = Severity.NOTE
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The phrase, at its place in the title."""
        found = phrase(node, VAGUE)
        reported = any(phrase(node, each) for each in (BUILDING, COMPANY, FEELING, WISHED))
        if found is not None and not reported and not is_area(node.title):
            message = f"{found.words!r} fits many needs; write who needs what at which moment"
            yield self.about(node, found.at, message)
