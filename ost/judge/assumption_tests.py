"""The tests of assumptions, and their verdicts."""

from collections.abc import Iterator

from ost.tree.model import Assumption, Node, Test
from ost.tree.tree import Tree


def tests(node: Node, tree: Tree) -> Iterator[tuple[Assumption, Test]]:
    """The tests of a solution's assumptions, each with its assumption."""
    for assumption in tree.children(node, Assumption):
        for test in tree.children(assumption, Test):
            yield assumption, test


def verdicts(assumption: Assumption, tree: Tree) -> set[str]:
    """The verdicts of an assumption's tests that have ended."""
    return {each.verdict for each in tree.children(assumption, Test) if each.verdict is not None}
