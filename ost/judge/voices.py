"""Who speaks for an opportunity: moments of stories, of itself and of everything below it."""

from collections.abc import Iterator

from ost.tree.model import Interview, Moment, Node, Signal
from ost.tree.tree import Tree


def below(node: Node, tree: Tree) -> Iterator[Node]:
    """The node, then everything below it by any parent; each once, no further than asked for."""
    seen = {node.id}
    queue = [node]
    for each in queue:
        yield each
        for child in tree.children(each, Node):
            if child.id not in seen:
                seen.add(child.id)
                queue.append(child)


def stories(node: Node, tree: Tree) -> Iterator[tuple[Moment, Interview]]:
    """Every moment of an interview that speaks for the node or for anything below it."""
    for each in below(node, tree):
        for moment in tree.moments(each):
            source = tree.by_id.get(moment.source)
            if isinstance(source, Interview) and not moment.against:
                yield moment, source


def voice(interview: Interview) -> str:
    """Who speaks in an interview: its participant, or when none is named the interview itself."""
    return interview.participant or interview.id


def signals(node: Node, tree: Tree) -> int:
    """How many mentions in signals speak for the node or for anything below it."""
    return sum(
        isinstance(tree.by_id.get(moment.source), Signal) and not moment.against
        for each in below(node, tree)
        for moment in tree.moments(each)
    )
