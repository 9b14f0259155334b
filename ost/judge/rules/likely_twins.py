"""See :class:`LikelyTwins`."""

import re
from collections.abc import Iterator

from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity, Outcome
from ost.tree.tree import Tree


class LikelyTwins(Rule, frozen=True):
    """Siblings say nearly the same.

    Why: Siblings are distinct if a team can address one without the other. Two that say the same
    split the evidence for one need between them, and each looks weaker than it is. Only titles with
    the same words are reported, ignoring small words and endings.

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
        # Together we can't agree what to watch

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
        """Groups of children whose titles have the same words, but for small ones."""
        sharing: dict[frozenset[str], list[Opportunity]] = {}
        for child in tree.children(node, Opportunity):
            sharing.setdefault(_words(child.title), []).append(child)
        for words, found in sharing.items():
            if len(found) > 1 and len(words) >= _FEWEST:
                names = f"{name_nodes(found)} below {node.id!r}"
                message = f"{names} say nearly the same; merge or reword them"
                yield self.about(node, node.at, message, related=places(found, "one of them"))


def _words(title: str) -> frozenset[str]:
    """A title's words that count: without endings, in any order."""
    plain = title.casefold().replace("\u2019", "'").replace("can't", "cannot")
    return frozenset(each.rstrip("s") for each in re.findall(r"[^\W_]+", plain)) - _SMALL


_TEXT = "a an the to of in on at for with and or i we my our it that what is are do not"
_SMALL = frozenset(_TEXT.split())
_FEWEST = 3
