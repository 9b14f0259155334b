"""See :class:`HypotheticalQuestion`."""

from collections.abc import Iterator

from ost.judge.questions import remarks
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Guide, Interview, Node
from ost.tree.tree import Tree


class HypotheticalQuestion(Rule, frozen=True):
    """A question asks what would or will happen.

    Why: What people say they would do shows what they think of themselves; what they did shows what
    they do. Nobody knows their future self. A guide is checked question by question; an interview
    with a transcript gets one note, since it is over.

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

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each question of a guide; of an interview, how many and the first."""
        asks = "asks about the future; ask what happened"
        yield from remarks(
            self,
            node,
            tree,
            (
                "hypothetical",
                "future",
            ),
            asks,
            "ask about the future",
        )
