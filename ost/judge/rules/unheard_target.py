"""See :class:`UnheardTarget`."""

from collections.abc import Iterator

from ost.judge.evidence import signals, stories
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree
from ost.words import counted


class UnheardTarget(Rule, frozen=True):
    """No interview mentions the target opportunity or anything below it.

    Why: A target takes a team's next weeks. If no customer has mentioned it, the team may be busy
    with a need that no one has. Signals size a need; they do not make it a target by themselves.

    Source: Teresa Torres on Lenny's Podcast, 14:23: opportunities arise from customer stories
    <https://youtu.be/9RFaz9ZBXpk?t=863>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target  # OST202
        ---
        # We cannot agree on what to watch
        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - against [[cannot-agree]]: everybody is happy with anything [12:41]

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch
        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]
    """

    code = "OST202"
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether any story is evidence for the target; one against it does not count."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        if any(True for _ in stories(node, tree)):
            return
        mentions = signals(node, tree)
        only = f", only {counted(mentions, 'signal')}" if mentions else ""
        message = f"no customer has mentioned target {node.id!r}{only}; interview someone about it"
        yield self.about(node, node.place("status"), message)
