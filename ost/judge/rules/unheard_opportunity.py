"""See :class:`UnheardOpportunity`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.voices import signals, stories
from ost.judge.words import counted
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class UnheardOpportunity(Rule, frozen=True):
    """No interview speaks for an opportunity or for anything below it.

    Why: an opportunity is heard in a customer's story, not invented in a room: what we come up with
    ourselves carries our own biases. Tickets and sales calls (signals) are prompts for the next
    interviews; they lack the story. A parked opportunity gets a note. A target does not get this
    remark but the error `unheard-target`.

    Source: Teresa Torres on Lenny's Podcast, 14:23: opportunities arise from customer stories
    <https://youtu.be/9RFaz9ZBXpk?t=863>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch <!-- OST201 -->
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
        """Whether any story speaks for it, against it does not count."""
        status = node.status if isinstance(node, Opportunity) else None
        if status == "target" or any(True for _ in stories(node, tree)):
            return
        heard = signals(node, tree)
        only = f", only {counted(heard, 'signal')}" if heard else ""
        yield self.about(
            node,
            node.at,
            f"no interview speaks for opportunity {node.id!r} or anything below it{only}",
            Severity.NOTE if status == "parked" else None,
        )
