"""See :class:`UnreadLine`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class UnreadLine(Rule, frozen=True):
    """A line of a one-file tree names a kind but is not read as a node.

    Why: a tree in one file is read as people write it, but not every sentence is a node. One that
    was meant as a node and is not read would go unnoticed.

    Source: Product Talk, Opportunity Solution Trees
    <https://www.producttalk.org/opportunity-solution-trees/>

    Bad:

        -- tree.md --
        ---
        kind: tree
        ---
        ## Outcome: More evenings end with a film {metric: evenings, baseline: 2, target: 3}
        - opportunity: We cannot agree
          - Solution veto round <!-- OST042 -->

    Good:

        -- tree.md --
        ---
        kind: tree
        ---
        ## Outcome: More evenings end with a film {metric: evenings, baseline: 2, target: 3}
        - opportunity: We cannot agree
          - Solution A: Veto round
          - Solution B: One chooser
    """

    code = "OST042"
    severity = Severity.WARNING
