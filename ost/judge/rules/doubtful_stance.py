"""See :class:`DoubtfulStance`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node, Signal
from ost.tree.tree import Tree


class DoubtfulStance(Rule, frozen=True):
    """It is unclear whether evidence is for or against a node.

    Why: an item counts for the node it links unless `against` comes right before the link. Where
    the word is elsewhere in the sentence, or a thumb points down, counting it as support may
    turn the evidence around.

    Source: Product Talk, Opportunity Mapping: evidence that contradicts is shown
    <https://www.producttalk.org/opportunity-mapping/>

    Bad:

        -- cant-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - their last week works against all of [[cant-agree]] <!-- OST221 -->

    Good:

        -- cant-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - against [[cant-agree]] no quarrel last week
        - against the grain, but [[cant-agree]] all the same
    """

    code = "OST221"
    severity = Severity.WARNING
    kinds = (Interview, Signal)
    drafts = False

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each moment whose stance is not certain."""
        for moment in tree.heard_in.get(node.id, ()):
            if moment.doubtful:
                message = (
                    f"this counts for {moment.node!r}, but may contradict it;"
                    f" write `against [[{moment.node}]]` if it does"
                )
                yield self.about(node, moment.at, message)
