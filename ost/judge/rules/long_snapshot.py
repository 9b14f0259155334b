"""See :class:`LongSnapshot`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree
from ost.words import counted


class LongSnapshot(Rule, frozen=True):
    """An interview snapshot is longer than a page or two.

    Why: A snapshot is what the team remembers of an interview, selected together right after it. A
    snapshot with everything in it selects nothing, and no one reads it a second time. The whole
    interview is in the recording and the transcript, and the moments link to them.

    Source: Product Talk, Interview Snapshot: one page, a synthesis
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Options:

        most = 5

    Bad:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers <!-- OST510 -->

        ## Notes
        - opens the app on the TV
        - scrolls for twenty minutes
        - the kids drift off to their phones
        - somebody goes to bed

    Good:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Story
        1. [03:10] Friday, everyone on the sofa
        2. [05:40] scrolls for twenty minutes
    """

    code = "OST510"
    severity = Severity.NOTE
    kinds = (Interview,)
    drafts = False

    most: Annotated[int, Meta(description="How many lines may follow the front matter.")] = 150

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether it has too many lines that are not empty."""
        if node.entry.body.count("\n") < self.most:
            return
        lines = sum(1 for each in node.entry.body.split("\n") if each.strip())
        if lines > self.most:
            message = f"snapshot {node.id!r} has {counted(lines, 'line')}; keep what matters"
            yield self.about(node, node.at, message)
