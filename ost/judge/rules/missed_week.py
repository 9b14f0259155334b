"""See :class:`MissedWeek`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.dated_interviews import latest_interview
from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import OVER, Node, Outcome
from ost.tree.tree import Tree
from ost.words import counted


class MissedWeek(Rule, frozen=True):
    """No interview has mentioned anything below an outcome for weeks.

    Why: One interview a week keeps a team from deciding from memory, and one missed week easily
    becomes two. This is about the habit, not a quota: one interview is enough. An outcome that is
    met or dropped, or that no interview has mentioned yet, is left alone.

    Source: Teresa Torres on Lenny's Podcast, 24:49: one interview a week is a good start
    <https://youtu.be/9RFaz9ZBXpk?t=1489>

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST506 -->
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- p07.md --
        ---
        kind: interview
        date: 2026-11-23
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]
    """

    code = "OST506"
    severity = Severity.NOTE
    kinds = (Outcome,)
    calendar = True

    weeks: Annotated[int, Meta(description="How many weeks without an interview are reported.")] = 2

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """How many whole weeks ago the last interview was."""
        if not isinstance(node, Outcome) or node.status in OVER:
            return
        found = latest_interview(node, tree)
        if found is None:
            return
        day, _, last = found
        weeks = (tree.as_of - day).days // 7
        if weeks >= self.weeks:
            message = (
                f"no interview below outcome {node.id!r} for {counted(weeks, 'week')}, "
                f"since {day}; "
                "plan the next one"
            )
            yield self.about(node, node.at, message, related=places([last], "the last interview"))
