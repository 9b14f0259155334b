"""See :class:`SeveralOutcomes`."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from ost.judge.node_lists import name_nodes, places
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import OVER, Node, Outcome
from ost.tree.tree import Tree


class SeveralOutcomes(Rule, frozen=True):
    """A team works towards more than one outcome at a time.

    Why: A team with several outcomes interviews, maps and tests for none of them every week. If a
    team has more, it ranks them and works on one. Outcomes above or below each other count as one.
    This needs the whole tree, so it is checked with the calendar.

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
        same = [each for each in _by_team(_Same(tree)).get(team, ()) if each.id != node.id]
        if not same:
            return
        kin = {each.id for each in (*tree.ancestors(node), *tree.descendants(node))}
        others = [each for each in same if each.id not in kin]
        if others:
            message = f"team {team!r} also works towards {name_nodes(others)}; choose one outcome"
            yield self.about(node, node.place("team"), message, related=places(others, "another"))


class _Same:
    """A tree as a cache key, by identity rather than equality."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def __hash__(self) -> int:
        return id(self.tree)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.tree is self.tree


@lru_cache(maxsize=1)
def _by_team(same: _Same) -> Mapping[str, list[Outcome]]:
    """The active outcomes by team, computed once per tree."""
    found: dict[str, list[Outcome]] = {}
    for outcome in same.tree.nodes(Outcome):
        found.setdefault(_team(outcome), []).append(outcome)
    return found


def _team(node: Node) -> str:
    if not isinstance(node, Outcome) or node.status in OVER:
        return ""
    return (node.team or "").strip().casefold()
