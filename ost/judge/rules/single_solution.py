"""See :class:`SingleSolution`."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import LIVE, Node, Opportunity, Solution
from ost.tree.tree import Tree

_UNDER_WAY = {"testing", "building", "shipped"}


class SingleSolution(Rule, frozen=True):
    """An opportunity has exactly one live solution, so there is nothing to compare.

    Why: a first idea looks obvious to the people who had it. With one idea the question is *whether
    or not*, and the answer is nearly always yes: a team sees its strengths and misses its gaps.
    With three the question is *which looks best*, and each shows what the others lack. So compare
    several ideas that differ in kind, for the same opportunity, and test the assumptions that tell
    them apart. A dropped idea is no longer an alternative.

    One idea that waits costs nothing, so this is a warning. It is an error if the opportunity is
    the target, or if the one solution is being tested, built or has shipped. An opportunity without
    solutions is fine: most of a tree is like that.

    One is enough if the risk is low and the need well understood: table stakes that everyone solves
    in the same way. Say so with a waiver, so that the next reader sees its reason and end date.

    Source: Teresa Torres on Lenny's Podcast, 31:41 to 32:01 <https://youtu.be/9RFaz9ZBXpk?t=1901>;
    the exception: Hamster's method page, after <https://www.producttalk.org/opportunity-solution-trees>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch <!-- OST301 -->
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        ---
        # Everybody vetoes on their own phone
        -- one-chooser.md --
        ---
        kind: solution
        parent: cannot-agree
        status: dropped
        because: in seven of ten families the chooser was always the same
        ---
        # One person chooses, in turn

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch
        -- veto-by-phone.md --
        ---
        kind: solution
        parent: cannot-agree
        differs: everybody may say no
        ---
        # Everybody vetoes on their own phone
        -- one-chooser.md --
        ---
        kind: solution
        parent: cannot-agree
        differs: no one may say no
        ---
        # One person chooses, in turn
        -- forgot-password.md --
        ---
        kind: opportunity
        allow:
          - rule: single-solution
            because: table stakes; every service does it the same way
            until: 2099-12-31
        ---
        # I am locked out of my account
        -- reset-by-mail.md --
        ---
        kind: solution
        parent: forgot-password
        status: building
        ---
        # A link by mail

    Options:

        scope = "all"

    Bad:

        -- out-of-episodes.md --
        ---
        kind: opportunity
        ---
        # I am out of episodes of my favourite show <!-- OST301 -->
        -- more-like-this.md --
        ---
        kind: solution
        parent: out-of-episodes
        ---
        # Three more like this one
    """

    code = "OST301"
    kinds = (Opportunity,)

    scope: Annotated[
        Literal["phase", "all"],
        Meta(description="`phase`: an error for targets and work under way; `all`: always."),
    ] = "phase"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether there is one solution that has not been dropped."""
        live = [each for each in tree.children(node, Solution) if each.status in LIVE]
        if len(live) != 1 or not isinstance(node, Opportunity):
            return
        serious = node.status == "target" or live[0].status in _UNDER_WAY or self.scope == "all"
        yield self.about(
            node,
            node.at,
            f"opportunity {node.id!r} has one live solution, {live[0].id!r}; add alternatives",
            Severity.ERROR if serious else Severity.WARNING,
            places(live, "the only live solution"),
        )
