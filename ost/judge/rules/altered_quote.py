"""See :class:`AlteredQuote`."""

from collections.abc import Iterator

from ost.judge.quotes import at, short, verified
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class AlteredQuote(Rule, frozen=True):
    """A quote is not what the transcript says, though almost.

    Why: a quote is evidence because somebody said it in these words. One word put in, left out or
    smoothed over can turn what was meant, and nobody who reads the snapshot can tell. Case,
    punctuation, fillers, stammers, `...` and `[words put in]` do not count.

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

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each quote that was said in slightly other words."""
        for each in verified(node, tree):
            if each.found == "altered":
                said = f"the transcript says {short(each.words)!r}{at(each.second)}"
                yield self.about(node, each.quote.at, said)
