"""See :class:`CrowdedTop`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.rule import Rule
from ost.judge.words import places
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Outcome
from ost.tree.tree import Tree


class CrowdedTop(Rule, frozen=True):
    """An outcome has more branches than can be kept in mind.

    Why: the first choice in a tree is between its branches, all of them side by side. Between five
    one can choose; between twelve one falls back on the loudest. Often some are parts of one
    moment. Parked branches are not counted, and a list in which nothing has been put below
    anything is a [flat branch](#flat-branch), not a crowded top.

    Source: a digest of Teresa Torres on experience maps, three to seven branches
    <https://trustedlibrary.com/digests/0abbaa5d44/>

    Options:

        most = 2

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST116 -->
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- teenagers-veto.md --
        ---
        kind: opportunity
        parent: cannot-agree
        ---
        # The teenagers say no to whatever we propose
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I am out of episodes of my favourite show
        -- fell-asleep.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I fell asleep before the end

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- teenagers-veto.md --
        ---
        kind: opportunity
        parent: cannot-agree
        ---
        # The teenagers say no to whatever we propose
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I am out of episodes of my favourite show
        -- fell-asleep.md --
        ---
        kind: opportunity
        parent: more-film-nights
        status: parked
        ---
        # I fell asleep before the end
    """

    code = "OST116"
    severity = Severity.NOTE
    kinds = (Outcome,)

    most: Annotated[int, Meta(ge=1, description="How many branches are not too many.")] = 7

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether more branches than that hang below, of which at least one has branches."""
        if not isinstance(node, Outcome) or node.status in {"met", "dropped"}:
            return
        top = [each for each in tree.children(node, Opportunity) if each.status != "parked"]
        if len(top) > self.most and any(tree.children(each, Opportunity) for each in top):
            message = (
                f"outcome {node.id!r} has {len(top)} branches; more than {self.most} "
                "are hard to keep in mind: which are parts of one moment?"
            )
            yield self.about(node, node.at, message, related=places(top, "a branch"))
