"""See :class:`AlteredQuote`."""

from collections.abc import Iterator

from ost.judge.quotes import CheckedQuote, at, check_interview, short
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.recording import clock
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree
from ost.words import listed


class AlteredQuote(Rule, frozen=True):
    """A quote differs slightly from the transcript.

    Why: a quote is evidence because a customer said it in these words. One word added, left out or
    smoothed over can change the meaning, and readers of the snapshot cannot tell. Case,
    punctuation, contractions, fillers, stammers, `...` and `[added words]` make no difference. A
    quote that joins words said apart is reported too.

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
        > We spend longer choosing than enjoying. [12:41] <!-- OST207 -->

        > Somebody has gone to bed. We spend longer choosing. [12:41] <!-- OST207 -->
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
        > We spend longer choosing than watching ... [12:41]
        -- talk.vtt --
        WEBVTT

        00:12:39.000 --> 00:12:44.000
        P07: We spend longer choosing than watching, and by then somebody has gone to bed.
    """

    code = "OST207"
    severity = Severity.WARNING
    kinds = (Interview,)
    needs = "transcript"

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each quote whose words or order differ slightly from the transcript."""
        for quote in check_interview(node, tree):
            if quote.found == "altered":
                yield self.about(node, quote.quote.at, _message(quote))


def _message(quote: CheckedQuote) -> str:
    if len(quote.seconds) > 1:
        times = list(dict.fromkeys(clock(each) for each in quote.seconds if each))
        where = f" (at {listed(times)})" if len(times) > 1 else ""
        return f"quote joins words that were said apart{where}; quote each part on its own"
    changes = f": {listed(quote.changes)}" if quote.changes else ""
    where = f"the transcript{at(quote.second)}"
    return f"quote differs from {where}{changes}; copy {short(quote.words)!r}"
