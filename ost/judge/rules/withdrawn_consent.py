"""See :class:`WithdrawnConsent`."""

from collections.abc import Iterator

from ost.judge.consent import is_withdrawn
from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class WithdrawnConsent(Rule, frozen=True):
    """An interview is still used without the consent of its participant.

    Why: What people say is theirs. When they withdraw their consent, or never gave it, their words
    are no longer evidence and do not belong in a published file. Git's history is a matter for
    whoever keeps the repository. The file may stay with nothing but its front matter, so that links
    to it work.

    Source: General Data Protection Regulation, article 7: consent can be withdrawn at any time
    <https://eur-lex.europa.eu/eli/reg/2016/679/oj>

    Bad:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        consent: withdrawn on 2026-11-20  # OST602
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > We spend longer choosing than watching. [12:41]
        -- p08.md --
        ---
        kind: interview
        participant: P08
        consent: none  # OST602
        ---
        # P08: alone on a Sunday

        ## Opportunities
        - [[cannot-agree]] with the neighbour on the phone
        -- cannot-agree.md --
        ---
        kind: opportunity
        ---
        # We cannot agree on what to watch

    Good:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        consent: withdrawn on 2026-11-20
        ---
        # P07
        -- p09.md --
        ---
        kind: interview
        participant: P09
        consent: no names, research only
        ---
        # P09: two flatmates

        ## Memorable quote
        > We watch an hour of trailers. [08:02]
    """

    code = "OST602"
    kinds = (Interview,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether an interview without consent has quotes or is evidence for something."""
        if not isinstance(node, Interview) or not is_withdrawn(node.consent):
            return
        ids = dict.fromkeys(each.node for each in tree.heard_in.get(node.id, ()))
        supported = [tree.by_id[each] for each in ids]
        if supported or node.entry.quotes():
            still = f"it is evidence for {name_nodes(supported)}" if supported else "it is quoted"
            yield self.about(
                node,
                node.place("consent"),
                f"consent to interview {node.id!r} is {node.consent!r}, but {still}; remove it",
                related=places(supported[:3], "what it is evidence for"),
            )
