"""See :class:`NamelessInterview`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class NamelessInterview(Rule, frozen=True):
    """An interview does not say with whom it was, or when.

    Why: people are counted, not mentions. All interviews without a participant count as one unknown
    person together, and one without a day has no place in time.

    Source: Product Talk, Interview Snapshot: who it was, and when
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad:

        -- p07.md --
        ---
        kind: interview
        segment: families
        ---
        # Film night with two teenagers <!-- OST224 -->

    Good:

        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        participant: P07
        ---
        # P07: film night with two teenagers
        -- p08-p09.md --
        ---
        kind: interview
        date: 2026-11-04
        participants: [P08, P09]
        ---
        # P08 and P09: two flatmates
    """

    code = "OST224"
    severity = Severity.WARNING
    kinds = (Interview,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Which of the two is not said, in one remark."""
        if not isinstance(node, Interview):
            return
        missing = []
        if not node.participant:
            missing.append("no participant, so it counts as one unknown person")
        if node.date is None and node.entry.field("date") is None:
            missing.append("no date")
        if missing:
            message = f"interview {node.id!r} has {' and '.join(missing)}"
            yield self.about(node, node.at, message)
