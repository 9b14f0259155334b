"""See :class:`LongQuote`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class LongQuote(Rule, frozen=True):
    """A quote in a snapshot is too long to remember.

    Why: A memorable quote brings a customer back into the room a year later. One or two sentences
    do that; the rest is in the recording, at the second next to the quote.

    Source: Product Talk, Interview Snapshot: a memorable quote; the length is our own choice
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Options:

        most = 12

    Bad:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > So we sat down, and then we looked, and then somebody said no again. <!-- OST511 -->

    Good:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > We spend longer choosing than watching. [12:41]
    """

    code = "OST511"
    severity = Severity.NOTE
    kinds = (Interview,)
    drafts = False

    most: Annotated[int, Meta(description="How many words a quote may have.")] = 40

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each quote with too many words."""
        for quote in node.entry.quotes():
            if len(quote.text) < 2 * self.most:  # a word and a space are two
                continue
            words = len(quote.text.split())
            if words > self.most:
                message = (
                    f"quote in interview {node.id!r} has {words} words; "
                    "keep the sentence that matters"
                )
                yield self.about(node, quote.at, message)
