"""See :class:`PercentageCriterion`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.criteria import is_percentage
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Test
from ost.tree.tree import Tree


class PercentageCriterion(Rule, frozen=True):
    """A test's criterion is a percentage of few people, or of an unknown number.

    Why: 70 % sounds the same for ten people and for ten thousand. *7 of 10* says how many took
    part, is easy to picture, and keeps the team from reading too much into ten people. From thirty
    on a percentage is fine, as long as `of` says of how many. Tolerances (*within 20 %*), rates and
    plain numbers are left alone.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 10: absolute numbers; see
    Assumption testing
    <https://prodsens.live/2023/11/24/assumption-testing-everything-you-need-to-know-to-get-started>

    Bad:

        -- veto-on-paper.md --
        ---
        kind: test
        criterion: {measure: percentage of families in which all vote, at_least: 70}  # OST316
        ---
        # Veto cards on paper
        -- count-the-phones.md --
        ---
        kind: test
        criterion: {measure: families with a phone for each, at_least: 0.8, of: 10}  # OST316
        ---
        # Phones in ten families
        -- veto-by-hand.md --
        ---
        kind: test
        criterion: {measure: families in which all vote, at_least: 70, unit: "%"}  # OST316
        ---
        # Ten families count their phones

    Good:

        -- veto-on-paper.md --
        ---
        kind: test
        criterion: {measure: families in which all vote, at_least: 7, of: 10}
        ---
        # Veto cards on paper
        -- log-of-evenings.md --
        ---
        kind: test
        criterion: {measure: percent of evenings that end without a film, at_least: 20, of: 800}
        ---
        # Eight hundred evenings in the log
        -- length-of-evenings.md --
        ---
        kind: test
        criterion: {measure: estimates within 20 % of the real length, at_least: 9, of: 10}
        ---
        # Ten evenings, estimated and timed
    """

    code = "OST316"
    severity = Severity.WARNING
    kinds = (Test,)

    fewest: Annotated[int, Meta(description="From this size on, a percentage is fine.")] = 30

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether the criterion is a share of too few."""
        if isinstance(node, Test) and node.criterion and is_percentage(node.criterion, self.fewest):
            of = node.criterion.of
            whom = "an unknown number" if of is None else f"only {of:g}"
            message = (
                f"criterion of test {node.id!r} is a percentage of {whom}; "
                "write an absolute number, such as 7 of 10"
            )
            yield self.about(node, node.place("criterion"), message)
