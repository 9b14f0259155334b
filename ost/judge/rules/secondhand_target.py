"""See :class:`SecondhandTarget`."""

from collections.abc import Iterator

from ost.judge.evidence import stories
from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree
from ost.words import counted


class SecondhandTarget(Rule, frozen=True):
    """Interviews support a target only in the team's own words.

    Why: A sentence of the team's about what someone said is already an interpretation, like a
    ticket or a sales call. A quote or a timestamp lets others hear it for themselves, and lets the
    team check later. One is enough. A target that no interview mentions at all is the error
    `unheard-target`.

    Source: Product Talk, Interview Snapshot: a memorable quote
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad:

        -- cannot-agree.md --
        ---
        kind: opportunity
        status: target  # OST206
        ---
        # We cannot agree on what to watch
        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] they do not get on

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
        - [[cannot-agree]] four people, three vetoes
          > By the time we agree, somebody has gone to bed.
        -- out-of-episodes.md --
        ---
        kind: opportunity
        status: target
        ---
        # I am out of episodes of my favourite show
        -- p09.md --
        ---
        kind: interview
        participant: P09
        ---
        # P09: two flatmates

        ## Opportunities
        - [[out-of-episodes]] three evenings of reruns [08:02]
    """

    code = "OST206"
    severity = Severity.WARNING
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether some story has a quote or a timestamp."""
        if not isinstance(node, Opportunity) or node.status != "target":
            return
        secondhand = []
        for moment, interview in stories(node, tree):
            if moment.quotes or moment.seconds:
                return
            secondhand.append(interview)
        if secondhand:
            sources = list({each.id: each for each in secondhand}.values())
            mention = counted(len(sources), "interview mentions", "interviews mention")
            message = f"{mention} target {node.id!r} without a quote or a timestamp; add one"
            yield self.about(
                node, node.place("status"), message, related=places(sources[:3], "an interview")
            )
