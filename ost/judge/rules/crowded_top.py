"""See :class:`CrowdedTop`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.branches import active_opportunities
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Outcome
from ost.tree.tree import Tree


class CrowdedTop(Rule, frozen=True):
    """An outcome has very many branches directly below it.

    Why: The top of a tree shows the whole at a glance and lets a team choose one branch over
    others. No one compares more than about seven; some of them belong together under the moment at
    which they occur.

    Source: a digest of Teresa Torres on opportunity spaces, three to seven top branches
    <https://trustedlibrary.com/digests/0abbaa5d44/>

    Options:

        most = 2

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST116 -->
        -- need-1.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- need-2.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I am out of episodes of my favourite show
        -- need-3.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Somebody is asleep before the end

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- need-1.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- need-2.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I am out of episodes of my favourite show
    """

    code = "OST116"
    severity = Severity.NOTE
    kinds = (Outcome,)

    most: Annotated[int, Meta(description="How many branches an outcome may have.", ge=1)] = 7

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether there are too many branches to compare."""
        live = active_opportunities(node, tree)
        if len(live) > self.most:
            message = (
                f"outcome {node.id!r} has {len(live)} top branches; "
                "group those that belong together"
            )
            yield self.about(node, node.at, message)
