"""See :class:`MissingConsent`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class MissingConsent(Rule, frozen=True):
    """No consent is recorded for an interview.

    Why: An interview is someone's life in someone else's files. A few words (research; quotes
    without a name) tell whoever publishes the tree a year later what they may do. Perhaps someone
    asked and did not write it down, so this is a warning. Interviews that are made up
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
        """Whether the field is empty or missing."""
        if isinstance(node, Interview) and not node.consent and not node.illustrative:
            message = (
                f"no consent recorded for interview {node.id!r}; add what the participant agreed to"
            )
            yield self.about(node, node.place("consent"), message)
