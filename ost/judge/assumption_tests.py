"""The standing of assumptions, from the tests below them."""

from collections.abc import Iterator

from ost.tree.model import Assumption, Node, Test
from ost.tree.tree import Tree


def tests(node: Node, tree: Tree) -> Iterator[tuple[Assumption, Test]]:
    """The tests of a solution's assumptions, each with its assumption."""
    for assumption in tree.children(node, Assumption):
        for test in tree.children(assumption, Test):
            yield assumption, test


def verdicts(assumption: Assumption, tree: Tree) -> set[str]:
    """What the tests of an assumption say of it; nothing when none has ended."""
    return {each.verdict for each in tree.children(assumption, Test) if each.verdict is not None}
