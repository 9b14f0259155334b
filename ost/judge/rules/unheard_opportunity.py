"""See :class:`UnheardOpportunity`."""

from collections.abc import Iterator

from ost.judge.evidence import has_enough_interviews, signals, stories
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Solution
from ost.tree.tree import Tree
from ost.words import counted

_UNDER_WAY = {"candidate", "testing", "building", "shipped"}


class UnheardOpportunity(Rule, frozen=True):
    """No interview mentions an opportunity or anything below it.

    Why: opportunities come from customers' stories. What a team makes up in a room carries its own
    biases, and tickets and sales calls (signals) lack the story. In a tree with fewer than three
    interviews, `early-tree` says so once, at the outcome; then this rule only reports opportunities
    whose solutions are under way. A parked opportunity is a note; a target is the error
    `unheard-target`.

    Source: Teresa Torres on Lenny's Podcast, 14:23: opportunities arise from customer stories
    <https://youtu.be/9RFaz9ZBXpk?t=863>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- nothing-for-all-ages.md --
        ---
        kind: opportunity
        ---
        # Nothing suits both a child and a teenager <!-- OST201 -->
        -- ticket-311.md --
        ---
        kind: signal
        source: support
        ---
        # Filters for mixed ages, asked for in [[nothing-for-all-ages]]
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
        -- p09.md --
        ---
        kind: interview
        ---
        # P09: two flatmates

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch <!-- OST201 -->
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        status: candidate
        ---
        # Everybody vetoes on their own phone

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- everybody-vetoes.md --
        ---
        kind: opportunity
        parent: cannot-agree
        ---
        # Somebody always says no
        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[everybody-vetoes]] four people, three vetoes [12:41]
    """

    code = "OST201"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether any story is evidence for it; one against it does not count."""
        status = node.status if isinstance(node, Opportunity) else None
        if status == "target" or any(True for _ in stories(node, tree)):
            return
        if not has_enough_interviews(tree) and not any(
            each.status in _UNDER_WAY for each in tree.below(node.id, Solution)
        ):
            return
        mentions = signals(node, tree)
        only = f", only {counted(mentions, 'signal')}" if mentions else ""
        yield self.about(
            node,
            node.at,
            f"no interview mentions opportunity {node.id!r} or anything below it{only}; "
            "ask about it",
            Severity.NOTE if status == "parked" else None,
        )
