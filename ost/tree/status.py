"""Where a node stands by its own fields."""

from collections.abc import Iterable

from ost.tree.model import (
    Assumption,
    Day,
    Decision,
    Interview,
    Node,
    Opportunity,
    Outcome,
    Signal,
    Solution,
    Test,
)

_WHEN_NOT_WRITTEN: dict[type[Node], str] = {
    Outcome: "active",
    Opportunity: "open",
    Solution: "idea",
}


def status(node: Node) -> str | None:
    """Where a node stands by its own fields; an assumption's tests are looked at elsewhere."""
    if isinstance(node, Test):
        if node.verdict is not None:
            return node.verdict
        over = node.ended is not None or node.result is not None
        return "ended" if over else "running" if node.started else "planned"
    if isinstance(node, Assumption):
        return UNTESTED
    return getattr(node, "status", None) or _WHEN_NOT_WRITTEN.get(type(node))


UNTESTED = "untested"
"""The status of an assumption before its tests are looked at."""


def status_of(tests: Iterable[str | None]) -> str:
    """Where an assumption stands, from where its tests stand; plans are no tests yet."""
    found = {each for each in tests if each is not None}
    reached = found & {"supported", "refuted", "unclear"}
    if reached:
        return reached.pop() if len(reached) == 1 else "unclear"
    return "testing" if found & {"running", "ended"} else "untested"


def day_of(node: Node) -> Day | None:
    """The day of an interview, a signal or a decision, or the end of a test."""
    if isinstance(node, (Interview, Signal)):
        return node.date
    if isinstance(node, Decision):
        return node.on
    return node.ended if isinstance(node, Test) else None
