"""See :class:`FlatBranch`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.branches import active_opportunities
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class FlatBranch(Rule, frozen=True):
    """An opportunity has very many children side by side.

    Why: A long list has no structure to choose by. Needs that are alike belong under a parent of
    their own; small steps down the tree make a large need approachable.

    Source: Teresa Torres, opportunity mapping, as in Hamster's skill on structuring
    <https://github.com/gethamster/skills>

    Options:

        most = 2

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- evenings.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Our evenings fall apart <!-- OST117 -->
        -- need-1.md --
        ---
        kind: opportunity
        parent: evenings
        ---
        # We cannot agree on what to watch
        -- need-2.md --
        ---
        kind: opportunity
        parent: evenings
        ---
        # I am out of episodes of my favourite show
        -- need-3.md --
        ---
        kind: opportunity
        parent: evenings
        ---
        # Somebody is asleep before the end

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- evenings.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Our evenings fall apart
        -- need-1.md --
        ---
        kind: opportunity
        parent: evenings
        ---
        # We cannot agree on what to watch
        -- need-2.md --
        ---
        kind: opportunity
        parent: evenings
        ---
        # I am out of episodes of my favourite show
    """

    code = "OST117"
    severity = Severity.NOTE
    kinds = (Opportunity,)

    most: Annotated[int, Meta(description="How many children an opportunity may have.", ge=1)] = 10

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether there are too many children to distinguish."""
        live = active_opportunities(node, tree)
        if len(live) > self.most:
            message = (
                f"opportunity {node.id!r} has {len(live)} children; group those that are alike"
            )
            yield self.about(node, node.at, message)
