"""See :class:`UnsignedDraft`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node
from ost.tree.tree import Tree


class UnsignedDraft(Rule, frozen=True):
    """A draft has not been checked by a person.

    Why: A machine writes fluent snapshots of things no one said. A node with `generated` does not
    count: its moments are not evidence, and a draft solution is not an alternative. It counts once
    someone has compared it with the recording and signed it with `ost verify`.

    Source: Open Knowledge Format, `generated` and `verified`
    <https://github.com/GoogleCloudPlatform/knowledge-catalog/blob/main/okf/SPEC.md>

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
        consent: research
        generated: {by: summary-bot, at: 2026-11-03} # OST224
        verified: [{by: summary-bot, at: 2026-11-03}]
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cant-agree]] four people, three vetoes

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
        consent: research
        generated: {by: summary-bot, at: 2026-11-03}
        verified: [{by: Ada King, at: 2026-11-04}]
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cant-agree]] four people, three vetoes
    """

    code = "OST224"
    severity = Severity.NOTE
    kinds = (Node,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether a machine drafted it and no one else has signed it since."""
        if node.draft:
            made = node.generated
            by = f" by {made.by}" if made and made.by else ""
            message = (
                f"draft{by} does not count until a person signs it; "
                f"check it, then run `ost verify {node.id}`"
            )
            yield self.about(node, node.place("generated"), message)
