"""See :class:`LateCriterion`."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Test
from ost.tree.tree import Tree


class LateCriterion(Rule, frozen=True):
    """A test's criterion was set or changed after it had started.

    Why: a bar that is set when the numbers are in describes the numbers. Whoever sees 6 of 10 finds
    reasons why 6 is enough. Git tells the order: what each commit held is what was agreed. Where
    criterion and result came in one commit, as after a squash, the order cannot be proved, and
    nothing is said. It needs history, so it speaks in `ost check --calendar` only, and is silent
    where there is none.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 10; see Assumption testing
    <https://prodsens.live/2023/11/24/assumption-testing-everything-you-need-to-know-to-get-started>

    Bad:

        -- ask-ten.md -- @2026-11-02
        ---
        kind: test
        criterion: {measure: families, at_least: 8, of: 10}
        started: 2026-11-01
        ---
        # Ask ten families
        -- ask-ten.md --
        ---
        kind: test
        criterion: {measure: families, at_least: 6, of: 10}  # OST330
        started: 2026-11-01
        result: {measure: 7, of: 10}
        ---
        # Ask ten families

    Good:

        -- ask-ten.md -- @2026-10-20
        ---
        kind: test
        criterion: {measure: families, at_least: 6, of: 10}
        ---
        # Ask ten families
        -- ask-ten.md --
        ---
        kind: test
        criterion: {measure: families, at_least: 8, of: 10}
        started: 2026-11-21
        ---
        # Ask ten families
        -- squashed.md --
        ---
        kind: test
        criterion: {measure: families, at_least: 8, of: 10}
        started: 2026-11-01
        result: {measure: 9, of: 10}
        ---
        # Written down at once, so no one knows
    """

    code = "OST330"
    severity = Severity.WARNING
    kinds = (Test,)
    calendar = True

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether a commit holds the test under way with another criterion, or without one."""
        versions = tree.past.get(node.id, ())
        if not isinstance(node, Test) or node.criterion is None or len(versions) < 2:
            return
        for before, after in pairwise(versions):
            old, new = (each.fields or {} for each in (before, after))
            criterion = new.get("criterion")
            if criterion is None or old.get("criterion") == criterion:
                continue
            if (why := _under_way(old, before.day)) is not None:
                had = "had none" if old.get("criterion") is None else "had another"
                yield self.about(
                    node,
                    node.place("criterion"),
                    f"the criterion of test {node.id!r} is of {after.day}; on {before.day} {why} "
                    f"and {had}",
                )
                return


def _under_way(fields: Mapping[str, object], day: str) -> str | None:
    """How far the test was when a commit held it, if it had begun."""
    if fields.get("result") is not None:
        return "it had its result"
    started = fields.get("started")
    if isinstance(started, str) and started <= day:
        return "it had started"
    return None
