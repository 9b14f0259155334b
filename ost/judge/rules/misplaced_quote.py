"""See :class:`MisplacedQuote`."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.judge.quotes import at, check_interview
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class MisplacedQuote(Rule, frozen=True):
    """A quote was said at a different time from its timestamp.

    Why: a timestamp lets anyone check a claim in ten seconds. Someone who follows a wrong one hears
    something else, and trusts the next one less.

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
        > We spend longer choosing than watching. [21:14] <!-- OST209 -->
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
        > We spend longer choosing than watching. [12:41]
        -- talk.vtt --
        WEBVTT

        00:12:39.000 --> 00:12:44.000
        P07: We spend longer choosing than watching, and by then somebody has gone to bed.
    """

    code = "OST209"
    severity = Severity.WARNING
    kinds = (Interview,)
    needs = "transcript"

    within: Annotated[int, Meta(description="How many seconds a timestamp may be off.", ge=0)] = 30

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each quote whose words were said elsewhere."""
        for quote in check_interview(node, tree):
            stamps = [stamp.second for stamp in quote.quote.stamps]
            if quote.found == "nowhere" or quote.second is None or not stamps:
                continue
            places = [place for place in (quote.second, *quote.seconds) if place is not None]
            if min(abs(place - second) for place in places for second in stamps) > self.within:
                written = quote.quote.stamps[0].written
                message = (
                    f"quote was said{at(quote.second)}, not at {written}; correct the timestamp"
                )
                yield self.about(node, quote.quote.at, message)
