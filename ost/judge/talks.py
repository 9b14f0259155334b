"""The interviews that speak for an outcome or an opportunity, for what is said by the calendar."""

from collections.abc import Iterator
from datetime import date

from ost.judge.voices import stories
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree

Talk = tuple[date, str, Interview]
"""Its day, its id and the interview: comparing two never comes to the interviews."""


def talks(node: Node, tree: Tree) -> Iterator[Talk]:
    """Each interview until the tree's day with evidence for the node or anything below, once.

    Those without a date are left out; in no order.
    """
    seen: set[str] = set()
    for _, interview in stories(node, tree):
        if interview.id not in seen:
            seen.add(interview.id)
            if interview.date is not None and interview.date <= tree.as_of:
                yield interview.date, interview.id, interview


def latest(node: Node, tree: Tree) -> Talk | None:
    """The last of these talks."""
    return max(talks(node, tree), default=None)
