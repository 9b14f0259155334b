"""See :class:`MissingLens`."""

from collections.abc import Iterator

from ost.judge.choices import deciding
from ost.judge.rule import Rule
from ost.judge.words import listed
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Lenses, Node, Opportunity
from ost.tree.tree import Tree


class MissingLens(Rule, frozen=True):
    """A target, or what it was compared with, was not seen through all four lenses.

    Why: one lens alone finds what it looks for: the largest need is not the one that sets us apart,
    and the one that does may hardly matter to customers. Size, market, company and customer, a few
    words each, side by side with the siblings: then a choice can be talked about. Opportunities
    that nobody has compared yet may be without.

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
        # I am out of episodes of my favourite show <!-- OST305 -->
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
          market: nobody solves it for a room
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
        """Which of the lenses are not filled in."""
        if not isinstance(node, Opportunity):
            return
        target = node.status == "target"
        if not target and not any(True for _ in deciding(node, tree, "chose", "over")):
            return
        names = Lenses.__struct_fields__
        missing = [each for each in names if not getattr(node.lenses, each, None)]
        if missing:
            what = "target" if target else "opportunity"
            lens = "lens" if len(missing) == 1 else "lenses"
            compared = "" if target else " was compared and"
            message = f"{what} {node.id!r}{compared} says nothing for the {lens} {listed(missing)}"
            yield self.about(node, node.place("lenses"), message)
