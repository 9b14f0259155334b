"""Where a node stands by its own fields."""

from ost.tree.model import Assumption, Node, Opportunity, Outcome, Solution, Test

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
