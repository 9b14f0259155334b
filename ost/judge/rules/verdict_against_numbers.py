"""See :class:`VerdictAgainstNumbers`."""

from collections.abc import Iterator

from ost.judge.criteria import prefers_less, reaches
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic
from ost.tree.model import Criterion, Node, Test
from ost.tree.tree import Tree


class VerdictAgainstNumbers(Rule, frozen=True):
    """A test's verdict contradicts its own criterion and result.

    Why: 7 of 10 were needed, 4 of 10 were seen, and the verdict says *supported*: either a number
    is mistyped or the bar was moved afterwards, and everything built on the assumption is at risk.
    `unclear` never contradicts. Where criterion and result have different sizes, both the count and
    the share must contradict the verdict. Where less is better (cost, minutes, errors) write
    `at_most`; `at_least` with such a measure is not judged.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 10; see Assumption testing
    <https://prodsens.live/2023/11/24/assumption-testing-everything-you-need-to-know-to-get-started>

    Bad:

        -- veto-on-paper.md --
        ---
        kind: test
        criterion: {measure: families in which all vote, at_least: 7, of: 10}
        result: {measure: 4, of: 10}
        verdict: supported  # OST303
        ---
        # Veto cards on paper with ten families
        -- log-of-evenings.md --
        ---
        kind: test
        criterion: {measure: evenings that end without a film, at_least: 20, of: 100}
        result: {measure: 31, of: 100}
        verdict: refuted  # OST303
        ---
        # A hundred evenings in the log

    Good:

        -- veto-on-paper.md --
        ---
        kind: test
        criterion: {measure: families in which all vote, at_least: 7, of: 10}
        result: {measure: 4, of: 10}
        verdict: refuted
        ---
        # Veto cards on paper with ten families
        -- veto-by-phone.md --
        ---
        kind: test
        criterion: {measure: families in which all vote, at_least: 7, of: 10}
        result: {measure: 6, of: 8}
        verdict: supported
        ---
        # Veto by phone, two families did not come
        -- cost-of-a-letter.md --
        ---
        kind: test
        criterion: {measure: cost of a letter in euros, at_most: 0.8}
        result: {measure: 0.55}
        verdict: supported
        ---
        # A hundred letters from another printer
    """

    code = "OST303"
    kinds = (Test,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether the numbers say the opposite of the verdict."""
        if not isinstance(node, Test) or node.criterion is None or node.result is None:
            return
        criterion, seen, took_part = node.criterion, node.result.measure, node.result.of
        if seen is None:
            return
        counted = bool(criterion.of or took_part)
        if criterion.at_most is None and prefers_less(criterion, counted=counted):
            return
        contradicted = {"supported": {False}, "refuted": {True}}
        if contradicted.get(node.verdict or "") == reaches(criterion, seen, took_part):
            yield self.about(
                node,
                node.place("verdict"),
                f"verdict {node.verdict!r} contradicts the numbers ({_shown(seen, took_part)} "
                f"seen, {_needed(criterion)} needed); correct one of them",
            )


def _needed(criterion: Criterion) -> str:
    limits = (("at least", criterion.at_least), ("at most", criterion.at_most))
    needed = (
        f"{what} {_shown(number, criterion.of)}" for what, number in limits if number is not None
    )
    return f"{' and '.join(needed)} {criterion.unit or ''}".strip()


def _shown(measure: float, of: float | None) -> str:
    return f"{measure:g}" if of is None else f"{measure:g} of {of:g}"
