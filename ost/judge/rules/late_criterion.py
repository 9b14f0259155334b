"""See :class:`LateCriterion`."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Test
from ost.tree.past import Version
from ost.tree.tree import Tree
from ost.words import day


class LateCriterion(Rule, frozen=True):
    """A test's criterion was set or changed after the test had started.

    Why: a bar that is set when the numbers are in describes the numbers. Whoever sees 6 of 10 finds
    reasons why 6 is enough. Git shows the order: each commit holds what was agreed then. If one
    commit changed the criterion and brought the result, as after a squash, the order cannot be
    proved, and this is only a note. A test that came with both is left alone. It needs git history,
    so only `ost check --calendar` reports it.

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

    Bad: Git cannot show the order.

        -- ask-ten.md -- @2026-11-02
        ---
        kind: test
        criterion: {measure: families, at_least: 8, of: 10}
        ---
        # Ask ten families
        -- ask-ten.md --
        ---
        kind: test
        criterion: {measure: families, at_least: 6, of: 10}  # OST330
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
        """Whether a commit has the test under way with another criterion or none."""
        versions = tree.past.get(node.id, ())
        if not isinstance(node, Test) or node.criterion is None or len(versions) < 2:
            return
        put_back = _is_as_it_was(versions)
        for before, after in pairwise(versions):
            old, new = (each.fields or {} for each in (before, after))
            criterion = new.get("criterion")
            if criterion is None or old.get("criterion") == criterion:
                continue
            did = "set" if old.get("criterion") is None else "changed"
            message = f"the criterion of test {node.id!r} was {did} on {day(after.day)}"
            if (why := _under_way(old, before.day)) is not None:
                if put_back:
                    continue
                message, weight = f"{message}; on {day(before.day)} the test {why}", None
            elif new.get("result") is not None:
                message = f"{message} with its result; git cannot show which came first"
                weight = Severity.NOTE
            else:
                continue
            yield self.about(node, node.place("criterion"), message, weight)
            return


def _is_as_it_was(versions: tuple[Version, ...]) -> bool:
    """Whether the criterion is the one with which the test was first under way: it may have been
    changed and put back.
    """
    written = [(each.fields or {}, each.day) for each in versions]
    begun = next((fields for fields, day in written if _under_way(fields, day)), {})
    held, now = (fields.get("criterion") for fields in (begun, written[-1][0]))
    return held is not None and held == now


def _under_way(fields: Mapping[str, object], day: str) -> str | None:
    """How far the test was at a commit, if it had begun."""
    if fields.get("result") is not None:
        return "already had its result"
    started = fields.get("started")
    if isinstance(started, str) and started <= day:
        return "had already started"
    return None
