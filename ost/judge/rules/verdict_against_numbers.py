"""See :class:`VerdictAgainstNumbers`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic
from ost.tree.model import Node, Test
from ost.tree.tree import Tree


class VerdictAgainstNumbers(Rule, frozen=True):
    """A test's verdict contradicts its own criterion and result.

    Why: 7 of 10 were needed, 4 of 10 were seen, and the verdict says *supported*: then either a
    number is mistyped, or the line was moved after the fact, and everything built on the
    assumption stands on air. `unclear` is never contradicted. Where criterion and result are of
    different sizes, it is only reported if both the count and the share contradict the verdict.

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
    """

    code = "OST303"
    kinds = (Test,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether the numbers say the opposite of the verdict."""
        if not isinstance(node, Test) or node.criterion is None or node.result is None:
            return
        needed, seen = node.criterion.at_least, node.result.measure
        if needed is None or seen is None:
            return
        reached = {seen >= needed}
        asked, took_part = node.criterion.of, node.result.of
        if asked and took_part and asked != took_part:
            reached.add(seen * asked >= needed * took_part)
        contradicted = {"supported": {False}, "refuted": {True}}
        if contradicted.get(node.verdict or "") == reached:
            yield self.about(
                node,
                node.place("verdict"),
                f"verdict {node.verdict!r}, but {_shown(seen, took_part)} were seen "
                f"where at least {_shown(needed, asked)} were needed",
            )


def _shown(measure: float, of: float | None) -> str:
    return f"{measure:g}" if of is None else f"{measure:g} of {of:g}"
