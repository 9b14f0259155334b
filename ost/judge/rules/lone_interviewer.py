"""See :class:`LoneInterviewer`."""

from collections.abc import Iterator
from heapq import nlargest
from typing import Annotated

from msgspec import Meta

from ost.judge.dated_interviews import dated_interviews
from ost.judge.node_lists import places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import OVER, Interviewers, Node, Outcome
from ost.tree.tree import Tree


class LoneInterviewer(Rule, frozen=True):
    """One person held the last interviews alone.

    Why: Three people who listen hear three things, and no one has to tell the others what customers
    are like. A researcher or product manager who always interviews alone becomes the one who knows,
    and the others decide on hearsay. Interviews that do not name their interviewers are not
    counted.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 5: one person recruits and
    interviews; the trio: on Lenny's Podcast, 34:36 <https://youtu.be/9RFaz9ZBXpk?t=2076>

    Options:

        times = 2

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST507 -->
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        interviewers: {pm: ak}
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]
        -- p08.md --
        ---
        kind: interview
        date: 2026-11-10
        interviewers: {pm: ak}
        ---
        # P08: alone on a Sunday

        ## Opportunities
        - [[cannot-agree]] with the neighbour on the phone [12:41]

    Good:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film
        -- cannot-agree.md --
        ---
        kind: opportunity
        parent: more-film-nights
        ---
        # We cannot agree on what to watch
        -- p07.md --
        ---
        kind: interview
        date: 2026-11-03
        interviewers: {pm: ak}
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]
        -- p08.md --
        ---
        kind: interview
        date: 2026-11-10
        interviewers: {pm: ak, engineer: rs}
        ---
        # P08: alone on a Sunday

        ## Opportunities
        - [[cannot-agree]] with the neighbour on the phone [12:41]
    """

    code = "OST507"
    severity = Severity.NOTE
    kinds = (Outcome,)
    calendar = True

    times: Annotated[int, Meta(description="How many interviews in a row are reported.")] = 4

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether the last ones below an outcome all name one person, the same."""
        if not isinstance(node, Outcome) or node.status in OVER:
            return
        named = (each for each in dated_interviews(node, tree) if _people(each.interview))
        last = [each.interview for each in nlargest(self.times, named)]
        people = {person for interview in last for person in _people(interview)}
        if len(last) == self.times and len(people) == 1:
            message = (
                f"{people.pop()!r} alone held the last {len(last)} interviews below outcome "
                f"{node.id!r}; take someone along"
            )
            yield self.about(node, node.at, message, related=places(last[:1], "the last one"))


def _people(interview: Node) -> set[str]:
    who = getattr(interview, "interviewers", None)
    return set(who.names()) if isinstance(who, Interviewers) else set()
