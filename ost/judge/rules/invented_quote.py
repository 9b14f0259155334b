"""See :class:`InventedQuote`."""

from collections.abc import Iterator

from ost.judge.quotes import at, check_interview, short
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class InventedQuote(Rule, frozen=True):
    """A quote is not in the transcript.

    Why: decisions trace back to what customers said. Words that are not in the recording come from
    memory, from another interview or from a summary, and a tree that rests on them rests on the
    team. The message shows the closest words and their time.

    Source: Product Talk, The Interview Snapshot: a memorable quote, in the customer's own words
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad:

        -- p07.md --
        ---
        kind: interview
        transcript: talk.vtt
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > I would pay ten euros for a better remote control. [12:41] <!-- OST208 -->
        -- talk.vtt --
        WEBVTT

        00:12:39.000 --> 00:12:44.000
        P07: We spend longer choosing than watching, and by then somebody has gone to bed.

    Good:

        -- p07.md --
        ---
        kind: interview
        transcript: talk.vtt
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > By then somebody has gone to bed. [12:41]
        -- talk.vtt --
        WEBVTT

        00:12:39.000 --> 00:12:44.000
        P07: We spend longer choosing than watching, and by then somebody has gone to bed.
    """

    code = "OST208"
    severity = Severity.ERROR
    kinds = (Interview,)
    needs = "transcript"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each quote that was never said."""
        for quote in check_interview(node, tree):
            if quote.found == "nowhere":
                closest = (
                    f" (the closest words are {short(quote.words)!r}{at(quote.second)})"
                    if quote.words
                    else ""
                )
                message = f"quote is not in the transcript{closest}; quote what the customer said"
                yield self.about(node, quote.quote.at, message)
