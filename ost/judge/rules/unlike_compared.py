"""See :class:`UnlikeCompared`."""

from collections.abc import Iterator

from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Decision, Node, Opportunity, References, Solution
from ost.tree.tree import Tree

_COMPARED = (Opportunity, Solution)
_UNDER_WAY = {"candidate", "testing", "building"}


class UnlikeCompared(Rule, frozen=True):
    """A decision compares nodes that are not siblings.

    Why: A need and a part of it, or ideas for two different needs, cannot be compared: whichever
    wins, the team knows nothing about the other. Compare from the top down, row by row, among
    siblings. Only decisions that still hold are checked (the opportunity is the target, the
    solution is under way), because trees are rearranged later.

    Source: Teresa Torres on comparing like with like
    <https://www.producttalk.org/compare-and-contrast-decisions>, as in Hamster's method page

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: nothing-to-watch
        status: target
        ---
        # We cannot agree on what to watch
        -- nothing-to-watch.md --
        ---
        kind: opportunity
        ---
        # I cannot find something to watch
        -- fell-asleep.md --
        ---
        kind: opportunity
        parent: too-tired
        ---
        # I fell asleep before the film began
        -- too-tired.md --
        ---
        kind: opportunity
        ---
        # I am too tired for a film
        -- agree-first.md --
        ---
        kind: decision
        chose: cannot-agree
        over: [fell-asleep]  # OST307
        ---
        # We begin with agreeing

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: nothing-to-watch
        status: target
        ---
        # We cannot agree on what to watch
        -- nothing-to-watch.md --
        ---
        kind: opportunity
        ---
        # I cannot find something to watch
        -- out-of-episodes.md --
        ---
        kind: opportunity
        parent: nothing-to-watch
        ---
        # I am out of episodes of my favourite show
        -- agree-first.md --
        ---
        kind: decision
        chose: cannot-agree
        over: [out-of-episodes]
        ---
        # We begin with agreeing
    """

    code = "OST307"
    severity = Severity.WARNING
    kinds = (Decision,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each node passed over that shares no parent with a chosen one."""
        if not isinstance(node, Decision):
            return
        chosen = [each for each in _found(node.chose, tree) if isinstance(each, _COMPARED)]
        if not any(map(_holds, chosen)):
            return
        places_of = {(each.kind, above.id) for each in chosen for above in tree.parents(each)}
        for reference in node.over:
            aside = tree.by_id.get(reference.id) if reference.found else None
            if not isinstance(aside, _COMPARED) or not tree.parents(aside) or not places_of:
                continue
            if not any((aside.kind, above.id) in places_of for above in tree.parents(aside)):
                message = (
                    f"{aside.kind} {aside.id!r} is not a sibling of {chosen[0].kind} "
                    f"{chosen[0].id!r}; compare siblings"
                )
                yield self.about(
                    node, reference.at, message, related=places([chosen[0], aside], "compared")
                )


def _found(references: References, tree: Tree) -> Iterator[Node]:
    for reference in references:
        if reference.found:
            yield tree.by_id[reference.id]


def _holds(chosen: Node) -> bool:
    if isinstance(chosen, Opportunity):
        return chosen.status == "target"
    return isinstance(chosen, Solution) and chosen.status in _UNDER_WAY
