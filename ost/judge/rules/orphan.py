"""See :class:`Orphan`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.value import Mapping
from ost.tree.model import Assumption, Decision, Node, Opportunity, Solution, Test
from ost.tree.tree import Tree
from ost.words import article, either


class Orphan(Rule, frozen=True):
    """A node has no parent.

    Why: An idea that serves no opportunity, or an opportunity that serves no outcome, cannot be
    compared with siblings, so it drops out of every decision without anyone deciding so. It is an
    error for a target, a solution, an assumption or a test; a warning for an opportunity without a
    place yet, and for a decision. Parked opportunities and dropped solutions are left alone.

    Source: Hamster's method page on opportunity solution trees, after Teresa Torres: ideas without
    an opportunity are set aside <https://github.com/gethamster/skills>

    Bad:

        -- shared-queue.md --
        ---
        kind: solution
        status: candidate
        ---
        # A queue that everybody may add to <!-- OST101 -->
        -- nothing-to-watch.md --
        ---
        kind: opportunity
        parent:  # OST101
        ---
        # I cannot find something to watch

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- nothing-to-watch.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # I cannot find something to watch
        -- shared-queue.md --
        ---
        kind: solution
        parent: nothing-to-watch
        ---
        # A queue that everybody may add to
        -- voice-remote.md --
        ---
        kind: solution
        status: dropped
        ---
        # Say the title to the remote
    """

    code = "OST101"
    kinds = (Opportunity, Solution, Assumption, Test, Decision)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether the node names a parent; one that leads nowhere is reported as such, not here."""
        severity = _severity(node)
        if node.parents or severity is None:
            return
        field = node.entry.field("parent")
        if field is not None and isinstance(field.value, Mapping):
            return
        message = f"{node.kind} {node.id!r} has no parent; add {_under(node)} as its `parent`"
        yield self.about(node, node.place("parent"), message, severity)


def _severity(node: Node) -> Severity | None:
    if isinstance(node, Opportunity):
        weights = {"target": Severity.ERROR, "parked": None}
        return weights.get(node.status or "", Severity.WARNING)
    if isinstance(node, Solution) and node.status == "dropped":
        return None
    return Severity.WARNING if isinstance(node, Decision) else Severity.ERROR


def _under(node: Node) -> str:
    if isinstance(node, Decision):
        return "what it is about"
    return either([article(each) for each in node.under])
