"""See :class:`SuspectDecision`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Decision, Node
from ost.tree.tree import Tree


class SuspectDecision(Rule, frozen=True):
    """The grounds of a decision have changed since its last edit.

    Why: a choice was right by what was known. Since then the opportunity was reworded, its only
    evidence is gone, or a test refuted what the solution needs. No one was wrong; it is time for a
    second look. Any edit of the decision, even of one line, says that someone looked. It needs git
    history, so only `ost check --calendar` reports it.

    Source: our own design, after suspect links in requirements engineering.

    Bad:

        -- cannot-agree.md -- @2026-10-01
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We fall asleep before the film is over
        -- agreeing-first.md --
        ---
        kind: decision
        chose: [cannot-agree]
        ---
        # Agreeing comes first <!-- OST332 -->

    Good:

        -- cannot-agree.md -- @2026-10-01
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We fall asleep before the film is over
        -- agreeing-first.md -- @2026-10-01
        ---
        kind: decision
        chose: [cannot-agree]
        ---
        # Agreeing comes first
        -- agreeing-first.md --
        ---
        kind: decision
        chose: [cannot-agree]
        ---
        # Agreeing comes first

        Looked at on 20 November: it stands, sleep is how it ends.
    """

    code = "OST332"
    severity = Severity.WARNING
    kinds = (Decision,)
    calendar = True

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether history shows that its grounds changed."""
        reasons = tree.shaken.get(node.id, ())
        if reasons:
            reasons_text = "; ".join(reasons)
            yield self.about(
                node, node.at, f"since decision {node.id!r} was last edited: {reasons_text}"
            )
