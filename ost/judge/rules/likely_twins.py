"""See :class:`LikelyTwins`."""

import re
from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.words import named, places
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, NodeId, Opportunity, Outcome
from ost.tree.tree import Tree


class LikelyTwins(Rule, frozen=True):
    """Siblings say nearly the same.

    Why: siblings are distinct when one can be addressed without the other. Two that differ in a
    word split the evidence for one need between them, and each looks thinner than it is. Only
    titles that share all words but one are named.

    Source: Teresa Torres, opportunity mapping, as in Hamster's skill on structuring
    <https://github.com/gethamster/skills>

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST118 -->
        -- agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch together
        -- decide.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot decide on what to watch together

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch together
        -- asleep.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # Somebody is asleep before the end
    """

    code = "OST118"
    severity = Severity.NOTE
    kinds = (
        Opportunity,
        Outcome,
    )

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Groups of children whose titles share all words but one, found by what they share."""
        sharing: dict[frozenset[str], list[Opportunity]] = {}
        for each in tree.children(node, Opportunity):
            for key in _keys(each.title):
                sharing.setdefault(key, []).append(each)
        said: set[NodeId] = set()
        for found in sharing.values():
            if len(found) > 1 and not said.issuperset(each.id for each in found):
                said |= {each.id for each in found}
                message = (
                    f"{named(found)} below {node.id!r} say nearly the same: are they one need?"
                )
                yield self.about(node, node.at, message, related=places(found, "one of them"))


def _keys(title: str) -> tuple[frozenset[str], ...]:
    """A title's words, and its words without any one of them, when it has five or more."""
    words = frozenset(re.findall(r"[^\W_]+", title.casefold()))
    if len(words) < _FEWEST:
        return (words,) if words else ()
    return (words, *(words - {each} for each in sorted(words)))


_FEWEST = 5
