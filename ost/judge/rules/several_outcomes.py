"""See :class:`SeveralOutcomes`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.judge.words import named, places
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Node, Outcome
from ost.tree.tree import Tree


class SeveralOutcomes(Rule, frozen=True):
    """A team works towards more than one outcome at a time.

    Why: a team that follows several outcomes interviews, maps and tests for none of them weekly.
    When more are assigned, they are ranked, and one is worked on. Outcomes above or below each
    other count as one; so does the parent of a team's outcomes. Judged with the calendar, since it
    takes the whole tree.

    Source: Teresa Torres, Continuous Discovery Habits, chapter 3, one outcome at a time, as in
    Hamster's method page <https://github.com/gethamster/skills>

    Bad:

        -- film-nights.md --
        ---
        kind: outcome
        team: sofa  # OST112
        ---
        # More evenings begin with a film
        -- downloads.md --
        ---
        kind: outcome
        team: sofa  # OST112
        ---
        # More films are taken along on journeys

    Good:

        -- film-nights.md --
        ---
        kind: outcome
        team: sofa
        ---
        # More evenings begin with a film
        -- downloads.md --
        ---
        kind: outcome
        team: train
        ---
        # More films are taken along on journeys
    """

    code = "OST112"
    severity = Severity.WARNING
    kinds = (Outcome,)
    calendar = True

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The team's other active outcomes."""
        team = _team(node)
        if not team:
            return
        kin = {each.id for each in (*tree.ancestors(node), *tree.descendants(node))}
        others = [
            each
            for each in tree.nodes(Outcome)
            if each.id != node.id and each.id not in kin and _team(each) == team
        ]
        if others:
            message = f"team {team!r} works towards {named(others)} at the same time"
            yield self.about(node, node.place("team"), message, related=places(others, "another"))


def _team(node: Node) -> str:
    if not isinstance(node, Outcome) or node.status in {"met", "dropped"}:
        return ""
    return (node.team or "").strip().casefold()
