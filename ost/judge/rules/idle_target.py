"""See :class:`IdleTarget`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.choices import deciding
from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Solution
from ost.tree.tree import Tree


class IdleTarget(Rule, frozen=True):
    """A target was chosen a while ago and still has no solution.

    Why: The target is what the team works on now. After two weeks without an idea the team is
    working on something else, or the need is still too large to have ideas for. Only a target whose
    decision has a date is reported; dropped solutions count as ideas.

    Source: our own design; after Teresa Torres, Continuous Discovery Habits, chapter 7: small
    targets, quickly; see <https://www.producttalk.org/prioritize-opportunities>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target  # OST503
        ---
        # We cannot agree on what to watch
        -- agree-first.md --
        ---
        kind: decision
        on: 2026-11-02
        chose: cannot-agree
        ---
        # We begin with agreeing

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch
        -- agree-first.md --
        ---
        kind: decision
        on: 2026-11-25
        chose: cannot-agree
        ---
        # We begin with agreeing
    """

    code = "OST503"
    severity = Severity.NOTE
    kinds = (Opportunity,)
    calendar = True

    days: Annotated[int, Meta(description="How many days a target may have no solution.")] = 14

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """How long ago it was chosen, if nothing is below it."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        if tree.children(node, Solution):
            return
        chosen = [(each.on, each) for each in deciding(node, tree, "chose") if each.on]
        if not chosen:
            return
        day, decision = max(chosen, key=lambda each: each[0])
        ago = (tree.as_of - day).days
        if ago > self.days:
            message = f"target {node.id!r} was chosen {ago} days ago and has no solution; add ideas"
            related = places([decision], "the decision")
            yield self.about(node, node.place("status"), message, related=related)
