"""The interviews with evidence for a node, by day, for rules of the calendar."""

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
    """Each interview up to the tree's day with evidence for the node or anything below, once, in no
    order; without those that have no date.
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
