"""See :class:`BareFeeling`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.wording import FEELING, phrase
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class BareFeeling(Rule, frozen=True):
    """An opportunity says only how someone feels.

    Why: A feeling has many causes, and no one can design for *frustrated*. The opportunity is the
    cause: what happened just before?

    Source: Teresa Torres, Continuous Discovery Habits, chapter 6, patterns to avoid, with Product
    Talk on opportunities <https://www.producttalk.org/glossary-discovery-opportunity>

    Bad:

        -- upset.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I feel really frustrated <!-- OST406 -->
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film

    Good:

        -- late.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I am frustrated when the film I found is gone
        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
    """

    code = "OST406"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The phrase, at its place in the title."""
        found = phrase(node, FEELING)
        if found is not None:
            message = f"{found.words!r} is only a feeling; write what causes it"
            yield self.about(node, found.at, message)
