"""See :class:`AskedNotObserved`."""

import re
from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place
from ost.tree.model import Node, Test
from ost.tree.tree import Tree

_ASKED = re.compile(
    r"\bwould (?:you|they|he|she) (?:\w+ )?(?:use|buy|pay|want|like|come|switch|recommend|book)\b"
    r"|\b(?:say|says|said|saying|tell us|claim|claims|agree) (?:that )?(?:they|he|she|it|you)"
    r"(?:'d| would|'ll| will| want| like| need)\b"
    r"|\bwould (?:use|buy|pay|recommend|switch to|sign up|subscribe|consider)\b"
    r"|\bwould be (?:willing|interested|happy)\b"
    r"|\bhow likely\b"
    r"|\bfinds? (?:it|this|the \w+) (?:useful|helpful|appealing|attractive|valuable)\b",
    re.IGNORECASE,
)


class AskedNotObserved(Rule, frozen=True):
    """A test counts what people say they would do.

    Why: it costs nothing to say yes, and we all like to be kind. What people say they would do
    tells little of what they do when the moment comes. So a test simulates the moment and watches:
    they pick a time, leave an address, play a card. A survey can ask what happened last week.
    English words only; in other languages nothing is said.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 10: simulate, do not ask; see
    Story-based customer interviews
    <https://producttalk.org/2024/04/story-based-customer-interviews>

    Bad:

        -- one-question.md --
        ---
        kind: test
        method: survey
        criterion: {measure: people who say they would use a veto, at_least: 70, of: 100}  # OST319
        ---
        # One question to a hundred families
        -- veto-on-paper.md --
        ---
        kind: test
        method: prototype
        ---
        # Would you use cards like these? <!-- OST319 -->

    Good:

        -- one-question.md --
        ---
        kind: test
        method: survey
        criterion: {measure: people who argued about a film last week, at_least: 30, of: 100}
        ---
        # When did you last argue about a film?
        -- veto-on-paper.md --
        ---
        kind: test
        method: prototype
        criterion: {measure: families who said no with a card, at_least: 7, of: 10}
        ---
        # Veto cards on paper, and what families would do without them
    """

    code = "OST319"
    severity = Severity.WARNING
    kinds = (Test,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The first such words in the criterion, or else in the title."""
        for text, at in _texts(node):
            found = _ASKED.search(text)
            if found:
                message = f"{found[0]!r}: does test {node.id!r} see what people do, or ask them?"
                yield self.about(node, at, message)
                return


def _texts(node: Node) -> Iterator[tuple[str, Place]]:
    if isinstance(node, Test):
        if node.criterion is not None and node.criterion.measure:
            yield node.criterion.measure, node.place("criterion")
        yield node.title, node.at
