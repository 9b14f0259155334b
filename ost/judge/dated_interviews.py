"""The interviews with evidence for a node, by day: for what is said by the calendar."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ost.judge.evidence import stories
from ost.tree.model import Interview, Node, NodeId
from ost.tree.tree import Tree


class DatedInterview(NamedTuple):
    """An interview, sorted by day, then by id."""

    day: date
    id: NodeId
    interview: Interview


def dated_interviews(node: Node, tree: Tree) -> Iterator[DatedInterview]:
    """Each interview until the tree's day with evidence for the node or anything below, once.

    Those without a date are left out; in no order.
    """
    seen: set[str] = set()
    for _, interview in stories(node, tree):
        if interview.id not in seen:
            seen.add(interview.id)
            if interview.date is not None and interview.date <= tree.as_of:
                yield DatedInterview(interview.date, interview.id, interview)


def latest_interview(node: Node, tree: Tree) -> DatedInterview | None:
    """The last of these interviews."""
    return max(dated_interviews(node, tree), default=None)
