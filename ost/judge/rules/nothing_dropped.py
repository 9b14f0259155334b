"""See :class:`NothingDropped`."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from msgspec import Meta

from ost.days import away
from ost.judge.assumption_tests import tests
from ost.judge.branches import opportunities
from ost.judge.choices import deciding
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import OVER, Node, Outcome, Solution
from ost.tree.tree import Tree


class NothingDropped(Rule, frozen=True):
    """Every test of the last months succeeded, and no idea was dropped.

    Why: About half of all ideas do not do what a team hoped. A team that never drops one is not
    luckier than others: it tests what it is sure of, or reads every result as a yes. This is
    reported if all of several tests in the last three months supported their assumption, and
    nothing below the outcome was refuted, dropped or passed over in that time.

    Source: Discovery health metrics, a playbook: zero kills in 90 days is confirming, not
    discovering; Teresa Torres on bets, on Lenny's Podcast, 00:07 <https://youtu.be/9RFaz9ZBXpk?t=7>

    Options:

        fewest = 1

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST504 -->
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
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        ---
        # In eight of ten evenings all who choose have a phone at hand
        -- count-the-phones.md --
        ---
        kind: test
        parent: phones-are-at-hand
        ended: 2026-11-12
        verdict: supported
        ---
        # Ten families count their phones

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
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their own phone
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        ---
        # In eight of ten evenings all who choose have a phone at hand
        -- count-the-phones.md --
        ---
        kind: test
        parent: phones-are-at-hand
        ended: 2026-11-12
        verdict: supported
        ---
        # Ten families count their phones
        -- one-chooser.md --
        ---
        kind: solution
        parent: cannot-agree
        status: dropped
        because: the chooser was always the same
        ---
        # One person chooses, in turn
    """

    code = "OST504"
    severity = Severity.NOTE
    kinds = (Outcome,)
    calendar = True

    days: Annotated[int, Meta(description="How many recent days count.")] = 90
    fewest: Annotated[
        int, Meta(description="With fewer tests in that time, nothing is reported.")
    ] = 3

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether tests ended, all supported, and nothing was given up."""
        if not isinstance(node, Outcome) or node.status in OVER:
            return
        since = away(tree.as_of, -self.days)
        solutions = [
            solution
            for opportunity in opportunities(node, tree)
            for solution in tree.children(tree.by_id[opportunity.id], Solution)
        ]
        if any(_given_up(each, tree, since) for each in solutions):
            return
        verdicts = {
            test.id: test.verdict
            for solution in solutions
            for _, test in tests(solution, tree)
            if test.verdict and test.ended and since <= test.ended <= tree.as_of
        }
        if len(verdicts) >= self.fewest and {*verdicts.values()} == {"supported"}:
            message = (
                f"all {len(verdicts)} tests of the last {self.days} days below outcome {node.id!r} "
                "supported their assumption and nothing was dropped; test what you doubt"
            )
            yield self.about(node, node.at, message)


def _given_up(solution: Solution, tree: Tree, since: date) -> bool:
    """Whether it was dropped or passed over in that time or at an unknown time."""
    days = [each.on for each in deciding(solution, tree, "over")]
    if any(each is None or each >= since for each in days):
        return True
    return solution.status == "dropped" and not days
