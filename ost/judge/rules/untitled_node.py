"""See :class:`UntitledNode`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class UntitledNode(Rule, frozen=True):
    """A node has no title.

    Why: The title is what people read in the tree, in words a customer might say. Without a heading
    the id takes its place.

    Source: Product Talk, Opportunity: something a customer might say
    <https://www.producttalk.org/glossary-discovery-opportunity>

    Bad:

        -- cannot-agree.md -- OST015
        ---
        kind: opportunity
        ---
        Four people, three vetoes.

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
    """

    code = "OST015"
    severity = Severity.WARNING
