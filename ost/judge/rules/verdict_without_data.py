"""See :class:`VerdictWithoutData`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Test
from ost.tree.tree import Tree
from ost.words import day


class VerdictWithoutData(Rule, frozen=True):
    """A test's verdict was changed, but not its result or criterion.

    Why: the same numbers said *refuted* in October and say *supported* in November. Then something
    else changed: a hope, a deadline, a reading of the criterion. That deserves a line, or another
    test. It needs git history, so only `ost check --calendar` reports it.

    Source: our own design, after Teresa Torres, Continuous Discovery Habits, chapter 10.

    Bad:

        -- ask-ten.md -- @2026-11-02
        ---
        kind: test
        result: {measure: 5, of: 10}
        verdict: refuted
        ---
        # Ask ten families
        -- ask-ten.md --
        ---
        kind: test
        result: {measure: 5, of: 10}
        verdict: supported  # OST331
        ---
        # Ask ten families

    Good:

        -- ask-ten.md -- @2026-11-02
        ---
        kind: test
        result: {measure: 5, of: 10}
        verdict: refuted
        ---
        # Ask ten families
        -- ask-ten.md --
        ---
        kind: test
        result: {measure: 9, of: 20}
        verdict: unclear
        ---
        # Ask ten families, and ten more
    """

    code = "OST331"
    severity = Severity.WARNING
    kinds = (Test,)
    calendar = True

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether the last verdict replaced another on the same numbers."""
        versions = [
            each
            for each in tree.past.get(node.id, ())
            if each.fields is not None and each.fields.get("verdict") is not None
        ]
        if not isinstance(node, Test) or node.verdict is None:
            return
        for before, after in zip(reversed(versions[:-1]), reversed(versions), strict=False):
            old, new = dict(before.fields or {}), dict(after.fields or {})
            if old.get("verdict") == new.get("verdict"):
                continue
            same = all(old.get(each) == new.get(each) for each in ("result", "criterion"))
            if same:
                yield self.about(
                    node,
                    node.place("verdict"),
                    f"verdict {node.verdict!r} of test {node.id!r} was {str(old['verdict'])!r} "
                    f"until {day(after.day)}, on the same numbers",
                )
            return
