"""See :class:`RepeatedAssumption`."""

import re
from collections.abc import Iterator

from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import LIVE, Assumption, Node, Opportunity, Solution
from ost.tree.tree import Tree

_TEXT = "a an the to of in on at for with and or that is are be do does it its their this there"
_SMALL = frozenset(_TEXT.split())
_FEWEST = 3


class RepeatedAssumption(Rule, frozen=True):
    """The same assumption is written twice below one opportunity.

    Why: solutions for one opportunity often rest on the same belief. Written twice, it is tested
    twice, or once, and the other copy still looks untested. One assumption may name several
    solutions as its `parent`; what all solutions share does not help to choose between them. Only
    titles with the same words are reported, but for small ones and endings.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 10: ideas share assumptions; see
    Assumption testing
    <https://prodsens.live/2023/11/24/assumption-testing-everything-you-need-to-know-to-get-started>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch <!-- OST323 -->
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their own phone
        -- vote-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody votes before dinner
        -- phones-at-hand.md --
        ---
        kind: assumption
        parent: veto-by-phone
        ---
        # Everyone on the sofa has a phone at hand
        -- phone-for-each.md --
        ---
        kind: assumption
        parent: vote-by-phone
        ---
        # Everyone on the sofa has the phone at hand

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their own phone
        -- vote-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody votes before dinner
        -- phones-at-hand.md --
        ---
        kind: assumption
        parent: [veto-by-phone, vote-by-phone]
        ---
        # Everyone on the sofa has a phone at hand
    """

    code = "OST323"
    severity = Severity.NOTE
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Groups of assumptions of the live solutions whose titles have the same words."""
        sharing: dict[frozenset[str], dict[str, Assumption]] = {}
        for solution in tree.children(node, Solution):
            for assumption in (
                tree.children(solution, Assumption) if solution.status in LIVE else ()
            ):
                sharing.setdefault(_words(assumption.title), {})[assumption.id] = assumption
        for words, same in sharing.items():
            if len(same) > 1 and len(words) >= _FEWEST:
                found = list(same.values())
                message = (
                    f"{name_nodes(found)} below {node.id!r} are the same assumption; "
                    "keep one and name every solution as its parent"
                )
                yield self.about(node, node.at, message, related=places(found, "one of them"))


def _words(title: str) -> frozenset[str]:
    """A title's words that count, in any order; a `not` counts."""
    plain = (
        title.casefold().replace("\u2019", "'").replace("n't", " not").replace("cannot", "can not")
    )
    return frozenset(each.rstrip("s") for each in re.findall(r"[^\W_]+", plain)) - _SMALL
