"""See :class:`InterviewerQuote`."""

from collections.abc import Iterator

from ost.judge.quotes import at, check_interview
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class InterviewerQuote(Rule, frozen=True):
    """A quote holds the interviewer's words, not the customer's.

    Why: a quote stands for what the customer said. The interviewer's summary ("so it was
    frustrating?") sounds like evidence and is the team's own opinion, even where the customer
    agreed. Nothing is reported where the transcript does not name its speakers, or where both said
    the words.

    Source: Product Talk, The Interview Snapshot: a memorable quote, in the customer's own words
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        transcript: talk.vtt
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > So choosing is the hard part of the evening? [12:34] <!-- OST211 -->
        -- talk.vtt --
        WEBVTT

        00:12:33.000 --> 00:12:38.000
        Ann: So choosing is the hard part of the evening?

        00:12:39.000 --> 00:12:44.000
        P07: We spend longer choosing than watching, and by then somebody has gone to bed.

    Good:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        transcript: talk.vtt
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > We spend longer choosing than watching. [12:41]
        -- talk.vtt --
        WEBVTT

        00:12:33.000 --> 00:12:38.000
        Ann: So choosing is the hard part of the evening?

        00:12:39.000 --> 00:12:44.000
        P07: We spend longer choosing than watching, and by then somebody has gone to bed.
    """

    code = "OST211"
    severity = Severity.WARNING
    kinds = (Interview,)
    needs = "transcript"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each quote that only the interviewer said."""
        for quote in check_interview(node, tree):
            if quote.asked and quote.found != "nowhere":
                who = quote.turn.speaker if quote.turn is not None else ""
                by = f"{who!r}, the interviewer" if who else "the interviewer"
                message = f"quote was said by {by}{at(quote.second)}; quote the customer's answer"
                yield self.about(node, quote.quote.at, message)
