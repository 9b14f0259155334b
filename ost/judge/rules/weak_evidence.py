"""See :class:`WeakEvidence`."""

from collections.abc import Iterator

from ost.judge.bad_data import fault
from ost.judge.evidence import stories
from ost.judge.quotes import short
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Span
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree


class WeakEvidence(Rule, frozen=True):
    """A quote that supports a target is not about something that happened.

    Why: "I would use it", "great idea", "I usually check twice" and "you should add a filter" are
    kind words, guesses and wishes. They sound like evidence, but have no story behind them. Only
    quotes for a target are read, in English; a quote that names a day or a time counts as a story.
    It is a warning when no other quote supports the target, and else a note.

    Source: Rob Fitzpatrick, The Mom Test: compliments, fluff and ideas are bad data
    <https://www.momtestbook.com>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target  # OST212
        ---
        # We cannot agree on what to watch
        -- p07.md --
        ---
        kind: interview
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] choosing takes long
          > I would definitely pay for something like that. [12:41]

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
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] choosing takes long
          > On Friday we looked for forty minutes and then went to bed. [12:41]
    """

    code = "OST212"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The quotes for a target that describe nothing that happened, together."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        quotes = [
            (quote, interview, fault(quote.text))
            for moment, interview in stories(node, tree)
            for quote in moment.quotes
        ]
        weak = [each for each in quotes if each[2]]
        if weak:
            first, source, what = weak[0]
            many = f"{len(weak)} of {len(quotes)} quotes" if len(quotes) > 1 else "the only quote"
            is_are = "are not stories" if len(weak) > 1 else "is not a story"
            message = (
                f"{many} for target {node.id!r} {is_are}: {short(first.text)!r} in {source.id!r} "
                f"is {what}; ask when it last happened"
            )
            severity = None if len(weak) == len(quotes) else Severity.NOTE
            related = tuple(
                (Span(each.path, weak_moment.at), what) for weak_moment, each, what in weak[:3]
            )
            yield self.about(node, node.place("status"), message, severity, related)
