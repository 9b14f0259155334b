"""See :class:`AskedNotObserved`."""

import re
from collections.abc import Iterator

from ost.expression import expression
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place
from ost.tree.model import Node, Test
from ost.tree.tree import Tree

_ASKED = expression(
    r"\bwould (?:you|they|he|she) (?:\w+ )?(?:use|buy|pay|want|like|come|switch|recommend|book)\b"
    r"|\b(?:say|says|said|saying|tell us|claim|claims|agree) (?:that )?(?:they|he|she|it|you)"
    r"(?:'d| would|'ll| will| want| like| need)\b"
    r"|\bwould (?:use|buy|pay|recommend|switch to|sign up|subscribe|consider)\b"
    r"|\bwould be (?:willing|interested|happy)\b"
    r"|\bhow likely\b"
    r"|\b(?:finds?|calls?|considers?|thinks?|says?|rates?) (?:that )?(?:it|this|the \w+)"
    r"(?:'s| is| as| to be)? (?:\w+ )?(?:useful|helpful|appealing|attractive|valuable|good|great)\b"
    r"|\b(?:who|that) (?:really )?(?:like|love|prefer|enjoy|approve of|value|favou?r) "
    r"(?:it|this|that|the|our|one|them)\b"
    r"|\b(?:who|that) (?:are|is|were) (?:\w+ )?(?:interested|satisfied|happy with|excited|keen)\b"
    r"|\blikes? the (?:idea|concept|design|look)\b"
    r"|\b(?:average|mean|median) (?:rating|satisfaction|score)\b|\brat(?:e|es|ed|"
    r"ings?) (?:\w+ ){0,3}"
    r"(?:[1-9]|10|four|five|eight|nine) (?:of|out of|or) |\bon a scale (?:of|from)\b|\blikert\b"
    r"|\b(?:satisfaction|opinion|value|preference) (?:survey|poll|score|rating)s?\b"
    r"|\bnet promoter\b|\bperceived (?:value|usefulness|ease)\b"
    r"|\b(?:positive|good|favou?rable) (?:feedback|reactions?|opinions?)\b"
    r"|\b(?:express|state)\w* (?:an? )?(?:interest|intent\w*|willingness|preference)\b"
    r"|\bintent(?:ion)? to (?:buy|use|pay|switch)\b",
    re.IGNORECASE,
)


class AskedNotObserved(Rule, frozen=True):
    """A test counts opinions, or what people say they would do.

    Why: saying yes costs nothing, and people like to be kind. Liking an idea, rating it, or
    promising to use it says little about what people do when the moment comes. A test simulates the
    moment and watches: they pick a time, leave an address, play a card. A survey may ask what
    happened last week. English only.

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
                message = (
                    f"test {node.id!r} counts what people say ({found[0].strip()!r}); "
                    "count what they do"
                )
                yield self.about(node, at, message)
                return


def _texts(node: Node) -> Iterator[tuple[str, Place]]:
    if isinstance(node, Test):
        if node.criterion is not None and node.criterion.measure:
            yield node.criterion.measure, node.place("criterion")
        yield node.title, node.at
