"""See :class:`UntestedLeap`."""

from collections.abc import Iterator

from ost.judge.assumption_tests import verdicts
from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Assumption, Node, Solution
from ost.tree.tree import Tree

_COMMITTED = {"building", "shipped"}


class UntestedLeap(Rule, frozen=True):
    """A solution is being built on an important untested assumption.

    Why: What is important and unknown is a leap of faith, and the reason to test before building:
    if it is wrong, everything else about the solution was wasted. It is an error if the assumption
    was never tested or was refuted, a warning if its tests are unclear. An interview that mentions
    the assumption counts as knowing something; a shipped solution with a `result` has been tested
    by the world.

    Source: Teresa Torres, Continuous Discovery Habits, chapters 9 and 10, leap-of-faith
    assumptions; see Assumption testing
    <https://prodsens.live/2023/11/24/assumption-testing-everything-you-need-to-know-to-get-started>

    Bad:

        -- veto-by-phone.md --
        ---
        kind: solution
        status: building  # OST311
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
        status: shipped  # OST311
        ---
        # One person chooses, in turn
        -- turns-are-kept.md --
        ---
        kind: assumption
        parent: one-chooser
        importance: high
        ---
        # On the third evening the turns are still kept
        -- three-evenings.md --
        ---
        kind: test
        parent: turns-are-kept
        verdict: refuted
        ---
        # Three evenings with ten families

    Good:

        -- veto-by-phone.md --
        ---
        kind: solution
        status: building
        ---
        # Everybody vetoes on their own phone
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        importance: high
        ---
        # In eight of ten evenings all who choose have a phone at hand
        -- count-the-phones.md --
        ---
        kind: test
        parent: phones-are-at-hand
        verdict: supported
        ---
        # Ten families count their phones
        -- veto-is-found.md --
        ---
        kind: assumption
        parent: veto-by-phone
        importance: low
        ---
        # Who has not done it before finds the veto within ten seconds
        -- one-chooser.md --
        ---
        kind: solution
        status: testing
        ---
        # One person chooses, in turn
        -- turns-are-kept.md --
        ---
        kind: assumption
        parent: one-chooser
        importance: high
        ---
        # On the third evening the turns are still kept
    """

    code = "OST311"
    kinds = (Solution,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each important assumption that nothing supports."""
        if not isinstance(node, Solution) or node.status not in _COMMITTED or node.result:
            return
        for assumption in tree.children(node, Assumption):
            state = _open(assumption, tree) if assumption.importance == "high" else ""
            if state:
                yield self.about(
                    node,
                    node.place("status"),
                    f"solution {node.id!r} {_STATES[node.status or '']} although its important "
                    f"assumption {assumption.id!r} is {state}; test it first",
                    Severity.WARNING if state == "unclear" else None,
                    places([assumption], "the assumption"),
                )


_STATES = {"building": "is being built", "shipped": "has shipped"}


def _open(assumption: Assumption, tree: Tree) -> str:
    """Why an assumption is unsupported; "" if it is supported."""
    found = verdicts(assumption, tree)
    if "supported" in found:
        return ""
    if found:
        return "refuted" if found == {"refuted"} else "unclear"
    supported = any(not each.against for each in tree.moments(assumption))
    return "" if supported else "untested"
