"""See :class:`TestWithoutCriterion`."""

from collections.abc import Iterator
from typing import ClassVar

from ost.judge.criteria import is_percentage
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.value import Mapping, Scalar, Value
from ost.tree.model import Node, Test
from ost.tree.tree import Tree

_SIGNS = {
    "started": "has started",
    "ended": "has ended",
    "result": "has a result",
    "verdict": "has a verdict",
}


class TestWithoutCriterion(Rule, frozen=True):
    """A test has started without a criterion.

    Why: a team that sets the bar after seeing the result finds what it hoped for. Before the test,
    agree who takes part, how many, what they must do, and how many of them must do it: 7 of 10. A
    test that is only planned may lack its criterion. A criterion without a number is a warning.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 10; see Assumption testing
    <https://prodsens.live/2023/11/24/assumption-testing-everything-you-need-to-know-to-get-started>

    Bad:

        -- veto-on-paper.md --
        ---
        kind: test
        method: prototype
        started: 2026-11-09  # OST302
        result: {measure: 4, of: 10}
        ---
        # Veto cards on paper with ten families
        -- one-question.md --
        ---
        kind: test
        method: survey
        criterion: {measure: most say they argued last week}  # OST302
        started: 2026-11-09
        ---
        # When did you last argue about a film?

    Good:

        -- veto-on-paper.md --
        ---
        kind: test
        method: prototype
        criterion: {measure: families in which all vote, at_least: 7, of: 10}
        started: 2026-11-09
        result: {measure: 4, of: 10}
        verdict: refuted
        ---
        # Veto cards on paper with ten families
        -- one-question.md --
        ---
        kind: test
        method: survey
        planned: 2026-11-23
        ---
        # When did you last argue about a film?
    """

    __test__: ClassVar[bool] = False
    code = "OST302"
    kinds = (Test,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether a test that has begun has a criterion; an unreadable one is reported as such."""
        begun = next((each for each in _SIGNS if getattr(node, each, None) is not None), None)
        if begun is None:
            return
        written = node.entry.field("criterion")
        if written is None or _empty(written.value):
            message = (
                f"test {node.id!r} {_SIGNS[begun]} without a criterion; "
                "add what counts as success, such as 7 of 10"
            )
            yield self.about(node, node.place("criterion" if written else begun), message)
        elif isinstance(written.value, Mapping) and not _numbered(written.value):
            if isinstance(node, Test) and node.criterion and is_percentage(node.criterion):
                return  # `percentage-criterion` asks for the number
            message = f"criterion of test {node.id!r} names no number to reach; add `at_least`"
            yield self.about(node, written.value.at, message, Severity.WARNING)


def _empty(value: Value) -> bool:
    if isinstance(value, Scalar):
        return value.type == "null" or not value.text.strip()
    return not (value.pairs if isinstance(value, Mapping) else value.items)


def _numbered(criterion: Mapping) -> bool:
    """Whether it has a number to reach, in a field or in words; another rule reports a field that
    is not a number.
    """
    values = {key.text: value for key, value in criterion.pairs if not _empty(value)}
    measure = values.get("measure")
    words = isinstance(measure, Scalar) and any(map(str.isdigit, measure.text))
    return "at_least" in values or "at_most" in values or words
