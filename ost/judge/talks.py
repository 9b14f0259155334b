"""The interviews that speak for an outcome or an opportunity, for what is said by the calendar."""

from datetime import date

from ost.judge.voices import stories
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


def talks(node: Node, tree: Tree) -> list[tuple[date, Interview]]:
    """Each dated interview that speaks for the node or anything below, until the tree's day, by
    date.
    """
    found = {interview.id: interview for _, interview in stories(node, tree)}
    dated = [(each.date, each) for each in found.values() if each.date and each.date <= tree.as_of]
    return sorted(dated, key=lambda each: (each[0], each[1].id))
