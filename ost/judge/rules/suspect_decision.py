"""See :class:`SuspectDecision`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Decision, Node
from ost.tree.tree import Tree


class SuspectDecision(Rule, frozen=True):
    """What a decision rests on has changed since somebody last looked at it.

    Why: a choice was right by what was known. Since then the opportunity was reworded, its only
    evidence is gone, or a test refuted what the solution needs. No one was wrong; it asks
    for a second look. Editing the decision, were it by one line, says that somebody looked. It
    needs history, so it speaks in `ost check --calendar` only, and is silent where there is none.

    Source: our own design; suspect links as requirements engineering knows them.

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
        """Whether the door found its ground changed."""
        reasons = tree.shaken.get(node.id, ())
        if reasons:
            said = "; ".join(reasons)
            yield self.about(node, node.at, f"since decision {node.id!r} was last edited: {said}")
