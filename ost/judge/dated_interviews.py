"""The interviews with evidence for a node, by day, for rules of the calendar."""

from datetime import date
from typing import NamedTuple

from ost.judge.evidence import stories
from ost.tree.model import Node, NodeId
from ost.tree.tree import Tree


class DatedInterview(NamedTuple):
    """An interview, sorted by day, then by id."""

    day: date
    id: NodeId
    interview: Node


def dated_interviews(node: Node, tree: Tree) -> tuple[DatedInterview, ...]:
    """Each interview until the tree's day with evidence for the node or anything below, once.

    Those without a date are left out; in no order.
    """
    key = ("dated_interviews", node.id)
    if key not in tree.worked_out:
        interviews = {interview.id: interview for _, interview in stories(node, tree)}
        tree.worked_out[key] = tuple(
            DatedInterview(each.day, each.id, each)
            for each in interviews.values()
            if each.day is not None and each.day <= tree.as_of
        )
    found: tuple[DatedInterview, ...] = tree.worked_out[key]
    return found


def latest_interview(node: Node, tree: Tree) -> DatedInterview | None:
    """The last of these interviews."""
    return max(dated_interviews(node, tree), default=None)
