"""See :class:`ScatteredSolutions`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.branches import opportunities
from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import OVER, Node, Outcome, Solution
from ost.tree.tree import Child, Tree
from ost.words import counted

_OPEN = {"idea", "candidate", "testing"}


class ScatteredSolutions(Rule, frozen=True):
    """Several opportunities that are not the target have open solutions.

    Why: Ideas come easily, and each takes a little attention. Spread over the tree, none gets the
    alternatives it needs, and the tree becomes a list of what people would like to build. The team
    looks for ideas for its target; a good one for another branch can wait. Solutions that are being
    built, have shipped or were dropped are not counted, nor are opportunities that are addressed or
    parked.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 8: ideas for the target only; as in
    Hamster's method page <https://github.com/gethamster/skills>

    Options:

        most = 1

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST309 -->
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their own phone
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I am out of episodes of my favourite show
        -- more-like-this.md --
        ---
        kind: solution
        parent: out-of-episodes
        status: candidate
        ---
        # Three more like this one

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
        status: target
        ---
        # We cannot agree on what to watch
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their own phone
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I am out of episodes of my favourite show
        -- more-like-this.md --
        ---
        kind: solution
        parent: out-of-episodes
        ---
        # Three more like this one
        -- forgot-password.md --
        ---
        kind: opportunity
        parent: more-film-nights
        status: addressed
        ---
        # I am locked out of my account
        -- reset-by-mail.md --
        ---
        kind: solution
        parent: forgot-password
        ---
        # A link by mail
    """

    code = "OST309"
    severity = Severity.NOTE
    kinds = (Outcome,)

    most: Annotated[
        int, Meta(description="How many opportunities besides the target may have open solutions.")
    ] = 2

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """How many opportunities that are not worked on have open solutions."""
        if not isinstance(node, Outcome) or node.status in OVER:
            return
        found = sorted(each.id for each in opportunities(node, tree) if _has_ideas(each, tree))
        if len(found) > self.most:
            beside = [tree.by_id[each] for each in found]
            what = counted(len(beside), "opportunity", "opportunities")
            target = any(each.status == "target" for each in opportunities(node, tree))
            which = f"{what} besides the target have" if target else f"{what} have"
            advice = "leave them for later" if target else "choose one as the target"
            message = (
                f"{which} open solutions below outcome {node.id!r}: {name_nodes(beside)}; {advice}"
            )
            related = places(beside, "an opportunity with open solutions")
            yield self.about(node, node.at, message, related=related)


def _has_ideas(opportunity: Child, tree: Tree) -> bool:
    if opportunity.status != "open":
        return False
    return any(each.status in _OPEN for each in tree.below(opportunity.id, Solution))
