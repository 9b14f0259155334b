"""See :class:`FlatBranch`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.rule import Rule
from ost.judge.words import places
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Outcome
from ost.tree.tree import Tree


class FlatBranch(Rule, frozen=True):
    """Many opportunities hang side by side where some are parts of others.

    Why: a list of twenty needs can be sorted, and not chosen from. A tree says which of them are
    reasons for the same larger need, so that a choice can begin with a few large ones and go down.
    Below an opportunity it is a note from the eleventh child; below an outcome from the ninth, when
    none of them has anything below it. Parked opportunities are not counted.

    Source: Hamster's skill on structuring opportunity spaces, after Teresa Torres
    <https://www.producttalk.org/opportunity-mapping>

    Options:

        most = 2
        top = 2

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST117 -->
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- teenagers-veto.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # The teenagers say no to whatever we propose
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I am out of episodes of my favourite show

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
    """

    code = "OST117"
    severity = Severity.NOTE
    kinds = (Outcome, Opportunity)

    most: Annotated[
        int, Meta(ge=1, description="How many below one opportunity are not too many.")
    ] = 10
    top: Annotated[
        int, Meta(ge=1, description="How many below an outcome, with nothing below them.")
    ] = 8

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether there are more than that side by side."""
        below = [each for each in tree.children(node, Opportunity) if each.status != "parked"]
        if isinstance(node, Outcome):
            if node.status in {"met", "dropped"} or len(below) <= self.top:
                return
            if any(tree.children(each, Opportunity) for each in below):
                return
            how = "side by side, with nothing below them"
        elif len(below) <= self.most:
            return
        else:
            how = "side by side"
        message = (
            f"{len(below)} opportunities hang below {node.id!r} {how}: "
            "which of them are reasons for the same larger need?"
        )
        yield self.about(node, node.at, message, related=places(below, "one of them"))
