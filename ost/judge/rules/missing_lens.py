"""See :class:`MissingLens`."""

from collections.abc import Iterator

from ost.judge.choices import deciding
from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Lenses, Node, Opportunity
from ost.tree.tree import Tree


class MissingLens(Rule, frozen=True):
    """A target was compared with its siblings without all four lenses.

    Why: one lens alone finds what it looks for: the largest need may not set the company apart, and
    the one that does may hardly matter to customers. With size, market, company and customer in a
    few words each, beside the siblings, a team can discuss the choice. It is reported once, at the
    target, and only after a decision compared it with others.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 7: relying too much on one factor;
    as in Hamster's skill on prioritizing opportunities <https://github.com/gethamster/skills>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        lenses: {size: told by six of eight, customer: ends the evening}  # OST305
        ---
        # We cannot agree on what to watch
        -- out-of-episodes.md --
        ---
        kind: opportunity
        ---
        # I am out of episodes of my favourite show
        -- agree-first.md --
        ---
        kind: decision
        chose: cannot-agree
        over: out-of-episodes
        ---
        # We begin with agreeing

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        lenses:
          size: told by six of eight
          market: no one solves it for a room
          company: we are on the television and on the phones
          customer: ends the evening
        ---
        # We cannot agree on what to watch
        -- out-of-episodes.md --
        ---
        kind: opportunity
        ---
        # I am out of episodes of my favourite show
    """

    code = "OST305"
    severity = Severity.NOTE
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Which lenses are empty, of a target and of what a decision chose it over."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        over = [
            tree.by_id[each.id]
            for decision in deciding(node, tree, "chose")
            for each in decision.over
            if each.found
        ]
        compared = {each.id: each for each in (node, *over) if isinstance(each, Opportunity)}
        lacking = {each.id: lacks for each in compared.values() if (lacks := _missing(each))}
        if len(compared) == 1 or not lacking:
            return
        missing = name_nodes([compared[each] for each in lacking])
        message = (
            f"target {node.id!r} was compared without all four lenses (see {missing}); fill them in"
        )
        others = [compared[each] for each in lacking if each != node.id]
        related = places(others, "compared with the target")
        yield self.about(node, node.place("lenses"), message, related=related)


def _missing(opportunity: Opportunity) -> list[str]:
    names = Lenses.__struct_fields__
    return [each for each in names if not getattr(opportunity.lenses, each, None)]
