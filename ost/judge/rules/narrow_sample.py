"""See :class:`NarrowSample`."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from ost.days import away
from ost.judge.dated_interviews import dated_interviews
from ost.judge.evidence import segment
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.evidence import speaker
from ost.tree.model import OVER, Node, Outcome
from ost.tree.participants import UNKNOWN
from ost.tree.tree import Tree
from ost.words import counted


class NarrowSample(Rule, frozen=True):
    """Recent interviews were with one segment, or one participant.

    Why: People who are easy to reach are reached again and again, and the tree grows where they
    are. Regulars are kind and learn what the team likes to hear. A segment is reported if it is the
    only one of the last month although the tree has others; a participant, after more than three
    interviews.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 5: customer advisory boards and
    designing for a few; recruiting: <https://producttalk.org/?p=3086>

    Options:

        times = 1
        fewest = 2

    Bad:

        -- more-film-nights.md --
        ---
        kind: outcome
        ---
        # More evenings begin with a film <!-- OST508 -->
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
        participant: P07
        segment: families
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]
        -- p07-again.md --
        ---
        kind: interview
        date: 2026-11-10
        participant: P07
        segment: families
        ---
        # P07: the week after

        ## Opportunities
        - [[cannot-agree]] four people, two vetoes [10:02]

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
        participant: P07
        segment: families
        ---
        # P07: film night with two teenagers

        ## Opportunities
        - [[cannot-agree]] four people, three vetoes [12:41]
        -- p08.md --
        ---
        kind: interview
        date: 2026-11-10
        participant: P08
        segment: families
        ---
        # P08: four at the table

        ## Opportunities
        - [[cannot-agree]] with the neighbour on the phone [12:41]
    """

    code = "OST508"
    severity = Severity.NOTE
    kinds = (Outcome,)
    calendar = True

    days: Annotated[int, Meta(description="How many recent days count for segments.")] = 30
    fewest: Annotated[
        int, Meta(description="With fewer interviews in these days, segments are not reported.")
    ] = 4
    times: Annotated[int, Meta(description="How many interviews one participant may give.")] = 3

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Segments in recent interviews, and who comes most often."""
        if not isinstance(node, Outcome) or node.status in OVER:
            return
        found = list(dated_interviews(node, tree))
        since = away(tree.as_of, -self.days)
        late = [segment(each.interview) for each in found if each.day >= since]
        ever = {segment(each.interview) for each in found} - {None, ""}
        if len(late) >= self.fewest and len(set(late)) == 1 and late[0] and len(ever) > 1:
            message = (
                f"all {len(late)} interviews of the last {self.days} days below outcome "
                f"{node.id!r} were with segment {late[0]!r}; invite another segment"
            )
            yield self.about(node, node.at, message)
        people = Counter(each for one in found if (each := speaker(one.interview)) != UNKNOWN)
        for person, times in sorted(people.items()):
            if times > self.times:
                message = (
                    f"{person!r} gave {counted(times, 'interview')} of {len(found)} below "
                    f"outcome {node.id!r}; invite someone else"
                )
                yield self.about(node, node.at, message)
