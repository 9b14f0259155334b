"""The tree at the end of a week, in numbers."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from ost.history.record import Records
from ost.history.walk import Point
from ost.tree.facts import Facts
from ost.tree.model import NodeId


class WeekNumbers(NamedTuple):
    """How many nodes, opportunities, solutions, interviews and participants there are; which
    opportunities are targets; the newest value of each outcome's metric.
    """

    nodes: int
    opportunities: int
    solutions: int
    interviews: int
    participants: int
    targets: list[NodeId]
    metrics: dict[str, object]


def week_of(point: Point) -> WeekNumbers:
    """The numbers of a week whose last revision is `point`."""
    facts = point.compiled.facts
    kinds = Counter(each.kind for each in facts.values())
    people = {one.id for each in facts.values() for one in each.people if one.interview}
    return WeekNumbers(
        len(facts),
        kinds["opportunity"],
        kinds["solution"],
        kinds["interview"],
        len(people),
        sorted(each for each, known in facts.items() if _is_target(known)),
        _metrics(point, facts),
    )


def _is_target(facts: Facts) -> bool:
    return (facts.kind, facts.status) == ("opportunity", "target")


def _metrics(point: Point, facts: Mapping[NodeId, Facts]) -> dict[str, object]:
    """The newest value of each outcome's metric."""
    records, found = Records(point.encoded), dict[str, object]()
    for node_id in sorted(each for each, known in facts.items() if known.kind == "outcome"):
        measurements = records[node_id].fields.get("measurements")
        if isinstance(measurements, dict) and measurements:
            found[str(node_id)] = measurements[max(measurements)]
    return found
