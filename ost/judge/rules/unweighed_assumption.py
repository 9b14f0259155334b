"""See :class:`UnweighedAssumption`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.words import named, places
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Assumption, Node, Solution
from ost.tree.tree import Tree

_UNDER_WAY = {"testing", "building"}


class UnweighedAssumption(Rule, frozen=True):
    """Nothing says how much a solution depends on one of its assumptions.

    Why: nobody can test everything. The team asks of each assumption how important it is and what
    speaks for it, and begins with what is important and unknown. Without `importance` the easiest
    one is tested first, and [`untested-leap`](#untested-leap) cannot tell whether what is being
    built stands on air. It is a note for a candidate, a warning for a solution that is being tested
    or built, and nothing for a mere idea.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 9, assumption mapping; see
    <https://producttalk.org/?p=4029>

    Bad:

        -- veto-by-phone.md --
        ---
        kind: solution
        status: testing
        ---
        # Everybody vetoes on their own phone
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        risk: usability
        ---
        # In eight of ten evenings all who choose have a phone at hand <!-- OST315 -->

    Good:

        -- veto-by-phone.md --
        ---
        kind: solution
        status: testing
        ---
        # Everybody vetoes on their own phone
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        importance: high
        ---
        # In eight of ten evenings all who choose have a phone at hand
        -- one-chooser.md --
        ---
        kind: solution
        ---
        # One person chooses, in turn
        -- turns-are-kept.md --
        ---
        kind: assumption
        parent: one-chooser
        ---
        # On the third evening the turns are still kept
    """

    code = "OST315"
    severity = Severity.WARNING
    kinds = (Assumption,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether it has no importance while a solution above it is under way."""
        if not isinstance(node, Assumption) or node.importance is not None:
            return
        if node.entry.field("importance"):  # what it says instead is reported as such
            return
        above = [each for each in tree.parents(node) if isinstance(each, Solution)]
        under_way = [each for each in above if each.status in _UNDER_WAY]
        concerned = under_way or [each for each in above if each.status == "candidate"]
        if concerned:
            yield self.about(
                node,
                node.at,
                f"nothing says how much {named(concerned)} depends on assumption {node.id!r}",
                None if under_way else Severity.NOTE,
                places(concerned, "a solution that depends on it"),
            )
