"""See :class:`IncompleteCriterion`."""

from collections.abc import Iterator

from ost.judge.criteria import is_percentage, spoken
from ost.judge.rule import Rule
from ost.judge.words import listed
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Test
from ost.tree.tree import Tree


class IncompleteCriterion(Rule, frozen=True):
    """A test's criterion does not say what is counted, or of how many.

    Why: a criterion is a sentence: of ten families (`of`), at least seven (`at_least`) do this
    (`measure`). What is left open is settled afterwards, by those who hope. A research spike need
    not count anybody.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 10: who, how many, what they do; see
    Assumption testing
    <https://prodsens.live/2023/11/24/assumption-testing-everything-you-need-to-know-to-get-started>

    Bad:

        -- veto-on-paper.md --
        ---
        kind: test
        criterion: {at_least: 7, of: 10}  # OST317
        ---
        # Veto cards on paper
        -- count-the-phones.md --
        ---
        kind: test
        criterion: {measure: families with a phone for each, at_least: 8}  # OST317
        ---
        # Families count their phones

    Good:

        -- veto-on-paper.md --
        ---
        kind: test
        criterion: {measure: families in which all vote, at_least: 7, of: 10}
        ---
        # Veto cards on paper
        -- list-on-a-phone.md --
        ---
        kind: test
        method: spike
        criterion: {measure: titles on one screen in a readable size, at_least: 7}
        ---
        # What fits on a small phone
    """

    code = "OST317"
    severity = Severity.NOTE
    kinds = (Test,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Which parts are missing; a missing number to reach is another rule's, once it began."""
        if not isinstance(node, Test) or node.criterion is None or is_percentage(node.criterion):
            return
        criterion = node.criterion
        missing = []
        if not any(map(str.isalpha, criterion.measure or "")):
            missing.append("what is counted")
        if criterion.of is None and not spoken(criterion) and node.method != "spike":
            missing.append("of how many")
        if missing:
            message = f"the criterion of test {node.id!r} does not say {listed(missing)}"
            yield self.about(node, node.place("criterion"), message)
