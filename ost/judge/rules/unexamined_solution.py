"""See :class:`UnexaminedSolution`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Assumption, Node, Opportunity, Solution
from ost.tree.tree import Tree
from ost.words import counted

_UNDER_WAY = {"testing", "building"}


class UnexaminedSolution(Rule, frozen=True):
    """A solution has no assumptions.

    Why: Every idea rests on beliefs: that people want it and can use it, that it can be built,
    pays, and does no harm. Unwritten, they are tested by shipping. A rough idea may do without; a
    candidate for the target may not, nor a solution that is being tested or built. What has shipped
    is measured by its bet.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 9: too few assumptions; see
    <https://producttalk.org/?p=4029>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        status: candidate
        ---
        # Everybody vetoes on their own phone <!-- OST312 -->
        -- reset-by-mail.md --
        ---
        kind: solution
        status: building
        ---
        # A link by mail <!-- OST312 -->

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        status: candidate
        ---
        # Everybody vetoes on their own phone
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        ---
        # In eight of ten evenings all who choose have a phone at hand
        -- one-chooser.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # One person chooses, in turn

    Options:

        fewest = 2

    Bad:

        -- veto-by-phone.md --
        ---
        kind: solution
        status: testing
        ---
        # Everybody vetoes on their own phone <!-- OST312 -->
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        ---
        # In eight of ten evenings all who choose have a phone at hand
    """

    code = "OST312"
    severity = Severity.WARNING
    kinds = (Solution,)

    fewest: Annotated[int, Meta(description="A solution with fewer assumptions is reported.")] = 1

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether a solution that counts has too few assumptions."""
        if not isinstance(node, Solution):
            return
        if node.status == "candidate":
            above = tree.parents(node)
            counts = any(
                isinstance(each, Opportunity) and each.status == "target" for each in above
            )
        else:
            counts = node.status in _UNDER_WAY
        if not counts:
            return
        found = len(tree.children(node, Assumption))
        if found < self.fewest:
            has = f"only {counted(found, 'assumption')}" if found else "no assumptions"
            message = f"{_STATES[node.status or '']} {node.id!r} has {has}; add what has to be true"
            yield self.about(node, node.at, message)


_STATES = {
    "candidate": "candidate solution",
    "testing": "solution in testing",
    "building": "solution being built",
}
