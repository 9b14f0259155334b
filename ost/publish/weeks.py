"""The tree at the end of a week, in numbers."""

from collections import Counter
from collections.abc import Mapping

import msgspec

from ost.history.record import Records
from ost.history.walk import Point
from ost.publish.rows import Row
from ost.tree.facts import Facts
from ost.tree.model import NodeId


def week_row(day: str, revision: int, changes: int, headline: str, point: Point) -> Row:
    """The row of the table `week`; `point` is the last revision of the week."""
    facts = point.compiled.facts
    kinds = Counter(each.kind for each in facts.values())
    people = {one.id for each in facts.values() for one in each.people if one.interview}
    return (
        day,
        revision,
        changes,
        headline,
        len(facts),
        kinds["opportunity"],
        kinds["solution"],
        kinds["interview"],
        len(people),
        _json(sorted(each for each, known in facts.items() if _is_target(known))),
        _json(_metrics(point, facts)),
    )


def _is_target(facts: Facts) -> bool:
    return (facts.kind, facts.status) == ("opportunity", "target")


def _metrics(point: Point, facts: Mapping[NodeId, Facts]) -> dict[str, object]:
    """The newest value of each outcome's metric."""
    records, found = Records(point.encoded), dict[str, object]()
    for node_id in sorted(each for each, known in facts.items() if known.kind == "outcome"):
        said = records[node_id].fields.get("measurements")
        if isinstance(said, dict) and said:
            found[str(node_id)] = said[max(said)]
    return found


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
