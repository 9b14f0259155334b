"""See :class:`UndecidedTest`."""

from collections.abc import Iterator
from datetime import date

from ost.judge.assumption_tests import tests
from ost.judge.choices import deciding
from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Solution
from ost.tree.tree import Tree

_COMMITTED = {"building", "shipped"}


class UndecidedTest(Rule, frozen=True):
    """A test has a verdict, but no decision followed.

    Why: A test costs days to answer one question: do we continue with this? When no one answers it,
    the next test starts and the solution drifts into being built. One decision may follow several
    tests; it counts if it names the solution, the assumption or the test and is not older than the
    test. This is a note during discovery, and a warning once the solution is being built or has
    shipped.

    Source: Discovery health metrics, a playbook: every test ends in a decision; in our own words,
    after <https://github.com/gethamster/skills>

    Bad:

        -- veto-by-phone.md --
        ---
        kind: solution
        status: testing
        ---
        # Everybody vetoes on their own phone <!-- OST318 -->
        -- phones-are-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        ---
        # In eight of ten evenings all who choose have a phone at hand
        -- count-the-phones.md --
        ---
        kind: test
        parent: phones-are-at-hand
        ended: 2026-11-12
        verdict: supported
        ---
        # Ten families count their phones
        -- three-ideas.md --
        ---
        kind: decision
        on: 2026-11-02
        chose: veto-by-phone
        ---
        # Three ideas for agreeing

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
        ---
        # In eight of ten evenings all who choose have a phone at hand
        -- count-the-phones.md --
        ---
        kind: test
        parent: phones-are-at-hand
        ended: 2026-11-12
        verdict: supported
        ---
        # Ten families count their phones
        -- go-on-with-phones.md --
        ---
        kind: decision
        on: 2026-11-16
        chose: veto-by-phone
        ---
        # We go on with phones
    """

    code = "OST318"
    severity = Severity.NOTE
    kinds = (Solution,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The tests with a verdict that are younger than every decision that counts."""
        if not isinstance(node, Solution) or node.status == "dropped" or node.result:
            return
        ended = [each for each in tests(node, tree) if each[1].verdict is not None]
        if not ended:
            return
        last = _last(node, tree)
        undecided = {
            test.id: test
            for assumption, test in ended
            if max(last, _last(assumption, tree), _last(test, tree)) < (test.ended or date.min)
            or max(last, _last(assumption, tree), _last(test, tree)) == date.min
        }
        if undecided:
            found = tuple(undecided.values())
            ended_tests = "test" if len(found) == 1 else "tests"
            yield self.about(
                node,
                node.at,
                f"no decision on solution {node.id!r} since {ended_tests} {name_nodes(found)} "
                "ended; add one",
                Severity.WARNING if node.status in _COMMITTED else None,
                places(found, "a test with a verdict"),
            )


def _last(node: Node, tree: Tree) -> date:
    """The day of the last decision that names a node; an undated one is never too old."""
    return max((each.on or date.max for each in deciding(node, tree)), default=date.min)
