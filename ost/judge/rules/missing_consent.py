"""See :class:`MissingConsent`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class MissingConsent(Rule, frozen=True):
    """Nothing says what the participant of an interview agreed to.

    Why: an interview is somebody's life in somebody else's files. A few words (research; quotes
    without a name) say what may be done with it, to whoever publishes the tree a year later. That
    nothing is written does not mean that nobody asked, hence a warning. Interviews that are made up
    (`illustrative: true`) are left alone.

    Source: General Data Protection Regulation, article 7: whoever relies on consent must be able
    to show it <https://eur-lex.europa.eu/eli/reg/2016/679/oj>

    Bad:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers <!-- OST603 -->

    Good:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        consent: research, quotes without a name
        ---
        # P07: film night with two teenagers
        -- p00.md --
        ---
        kind: interview
        illustrative: true
        ---
        # P00: how a snapshot looks
    """

    code = "OST603"
    severity = Severity.WARNING
    kinds = (Interview,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether the field is empty or not there."""
        if isinstance(node, Interview) and not node.consent and not node.illustrative:
            message = f"nothing says what the participant of interview {node.id!r} agreed to"
            yield self.about(node, node.place("consent"), message)
