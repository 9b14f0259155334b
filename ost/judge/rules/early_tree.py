"""See :class:`EarlyTree`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.branches import opportunities
from ost.judge.evidence import has_few_interviews, stories
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import OVER, Node, Outcome
from ost.tree.tree import Tree
from ost.words import counted


class EarlyTree(Rule, frozen=True):
    """Few interviews mention the opportunities below an outcome.

    Why: Three or four stories are enough to see what they have in common; from one or two, a team
    only draws what it already believed. The tree may well exist as a sketch; this shows how much it
    rests on. It is a warning when no interview mentions anything below the outcome. An outcome that
    is met or dropped is left alone.

    Source: Teresa Torres on when to begin with a tree
    <https://www.producttalk.org/opportunity-solution-trees>, as in Hamster's method page

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST512 -->
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- p07.md --
        ---
        kind: interview
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]

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
        -- p07.md --
        ---
        kind: interview
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]
        -- p08.md --
        ---
        kind: interview
        ---
        # P08: alone on a Sunday

        ## Opportunities
        - [[cannot-agree]] with the neighbour on the phone [12:41]
        -- p09.md --
        ---
        kind: interview
        ---
        # P09: two flatmates

        ## Opportunities
        - [[cannot-agree]] an hour of trailers [08:02]
        -- more-series.md --
        ---
        kind: outcome
        ---
        # More series are watched to their end
    """

    code = "OST512"
    severity = Severity.NOTE
    kinds = (Outcome,)

    fewest: Annotated[int, Meta(description="How many interviews are enough to start.")] = 3

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether too few interviews mention anything below; looks no further than it needs."""
        if not isinstance(node, Outcome) or node.status in OVER:
            return
        if not any(True for _ in opportunities(node, tree)):
            return
        if not has_few_interviews(node, tree, self.fewest):
            return
        interviewed = len({interview.id for _, interview in stories(node, tree)})
        many = counted(interviewed, "interview mentions", "interviews mention")
        message = (
            f"{many if interviewed else 'no interview mentions'} the opportunities below outcome "
            f"{node.id!r}; interview {self.fewest} customers before you choose a target"
        )
        yield self.about(node, node.at, message, None if interviewed else Severity.WARNING)
