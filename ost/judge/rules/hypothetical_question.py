"""See :class:`HypotheticalQuestion`."""

from collections.abc import Iterator

from ost.judge.questions import Says, remarks
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Guide, Interview, Node
from ost.tree.tree import Tree


class HypotheticalQuestion(Rule, frozen=True):
    """A question asks what would or will happen.

    Why: What people say they would do, or will do, shows what they think of themselves; what they
    did shows what they do. No one knows their future self. In a guide each question is reported; in
    an interview with a transcript, all are reported once.

    Source: Product Talk, story-based customer interviews
    <https://producttalk.org/2024/04/story-based-customer-interviews>

    Bad:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - Would you use a voting round? <!-- OST422 -->

    Good:

        -- film-nights.md --
        ---
        kind: guide
        ---
        # Film nights

        - How did you decide last Friday?
    """

    code = "OST422"
    severity = Severity.WARNING
    kinds = (Guide, Interview)
    needs = "transcript"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each question of a guide; in an interview, how many, and the first of them."""
        says = Says(
            "asks about what has not happened",
            "ask about what has not happened",
            "ask about what has",
        )
        yield from remarks(self, node, tree, ("hypothetical", "future"), says)
