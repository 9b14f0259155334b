"""See :class:`SingleVoice`."""

from collections.abc import Iterator

from ost.judge.evidence import has_few_interviews, stories
from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.evidence import speaker
from ost.tree.model import Node, Opportunity, Outcome
from ost.tree.tree import Tree
from ost.words import counted


class SingleVoice(Rule, frozen=True):
    """Every story about a target comes from one participant.

    Why: What one customer says may be true of that customer only. People are counted here, not
    mentions: three interviews with one participant count once. Only targets are reported, and only
    once three interviews mention something below the outcome; before that, `early-tree` says so. An
    interview without a participant counts as a person of its own.

    Source: Teresa Torres, Continuous Discovery Habits, questions to ask of an opportunity, as
    quoted in a reader's highlights
    <https://www.goodreads.com/notes/58093580-continuous-discovery-habits/56602798-joseph-arcila/87d2497f-acf3-44de-8ecb-5db814013c22>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target
        ---
        # We cannot agree on what to watch <!-- OST203 -->
        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]
        - [[cannot-agree]] the same again on Sunday [20:10]

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
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]
        -- p09.md --
        ---
        kind: interview
        participant: P09
        ---
        # P09: two flatmates

        ## Opportunities
        - [[cannot-agree]] an hour of trailers [08:02]
    """

    code = "OST203"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether exactly one participant mentioned it."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        if any(
            isinstance(each, Outcome) and has_few_interviews(each, tree, 3)
            for each in tree.ancestors(node)
        ):
            return  # `early-tree` says so at the outcome
        first = None
        count = 0
        for _, interview in stories(node, tree):
            first = first or interview
            if speaker(interview) != speaker(first):
                return
            count += 1
        if first is None:
            return
        moments = counted(count, "moment")
        yield self.about(
            node,
            node.at,
            f"only {speaker(first)!r} mentions target {node.id!r}, in {moments}; interview others",
            related=places([first], "the interview"),
        )
