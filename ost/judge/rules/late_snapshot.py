"""See :class:`LateSnapshot`."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from msgspec import Meta

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree
from ost.words import counted, day


class LateSnapshot(Rule, frozen=True):
    """A snapshot was committed long after its interview.

    Why: A snapshot is written while the story is fresh, best on the same day. After a week the next
    interview has been held, details are gone, and memory bends to what the team hoped to hear.
    Until it is written down, the team decides without it. Snapshots in the first such commit, or
    many in one commit, were imported and are left alone. It needs git history, so only `ost check
    --calendar` reports it.

    Source: Product Talk, interview snapshot: synthesise each interview the same day
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad:

        -- p01.md -- @2026-09-02
        ---
        kind: interview
        date: 2026-09-01
        ---
        # P01: film night on the phone
        -- p01.md --
        ---
        kind: interview
        date: 2026-09-01
        ---
        # P01: film night on the phone
        -- p07.md --
        ---
        kind: interview
        date: 2026-10-20  # OST513
        ---
        # P07: film night with two teenagers

    Good:

        -- p01.md -- @2026-09-02
        ---
        kind: interview
        date: 2026-09-01
        ---
        # P01: film night on the phone
        -- p01.md --
        ---
        kind: interview
        date: 2026-09-01
        ---
        # P01: film night on the phone
        -- p07.md --
        ---
        kind: interview
        date: 2026-11-18
        ---
        # P07: film night with two teenagers
    """

    code = "OST513"
    severity = Severity.NOTE
    kinds = (Interview,)
    calendar = True
    drafts = False

    days: Annotated[int, Meta(description="After how many days it is reported.")] = 7
    imported: Annotated[
        int, Meta(description="This many snapshots in one commit are an import.")
    ] = 5

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """How long after the interview its file was first committed."""
        began = tree.began.get(node.id)
        if not isinstance(node, Interview) or node.date is None or began is None:
            return
        if began.first or began.beside >= self.imported:
            return
        late = (date.fromisoformat(began.day) - node.date).days
        if late > self.days:
            yield self.about(
                node,
                node.place("date"),
                f"the snapshot of interview {node.id!r} was committed on {day(began.day)}, "
                f"{counted(late, 'day')} after the interview; write the next one on the same day",
            )
