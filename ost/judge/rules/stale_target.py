"""See :class:`StaleTarget`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.dated_interviews import latest_interview
from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class StaleTarget(Rule, frozen=True):
    """No interview has mentioned the target for a long time.

    Why: Needs change, and so does what a team remembers of them. Customers keep mentioning what a
    team works on; after two months without a story the need may have moved. Only interviews with a
    date are counted.

    Source: Discovery health metrics, a playbook: how fresh the evidence is; the number of days is
    our own choice; weekly talks: Teresa Torres on Lenny's Podcast, 24:49
    <https://youtu.be/9RFaz9ZBXpk?t=1489>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch <!-- OST501 -->
        -- p07.md --
        ---
        kind: interview
        date: 2026-08-03
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]

    Good:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
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
    """

    code = "OST501"
    severity = Severity.NOTE
    kinds = (Opportunity,)
    calendar = True

    days: Annotated[int, Meta(description="How many days may pass without a story.")] = 60

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """How long ago the last dated story is."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        found = latest_interview(node, tree)
        if found is None:
            return
        day, _, last = found
        ago = (tree.as_of - day).days
        if ago > self.days:
            message = (
                f"no interview has mentioned target {node.id!r} for {ago} days, since "
                f"{day}; ask again"
            )
            yield self.about(node, node.at, message, related=places([last], "the last story"))
