"""What the page of one opportunity's solutions shows."""

import json
import sqlite3
from collections.abc import Iterable

from datasette_ost.overviews import ComparePage, Rival, Weighed
from datasette_ost.queries.decisions import decisions
from datasette_ost.queries.reading import BOX, about, above, box, boxes, judged, moments, rows
from datasette_ost.shapes import Box, Moment
from ost.notation import notation

AT_MOST = 8
"""Solutions side by side; more are no comparison any more."""

_IMPORTANCE = ("high", "medium", "low")
_NO_RIVAL = "dropped"

_UNDER = """
select edge.target, edge.source
from edge
join node on node.id = edge.source
where edge.target in (select value from json_each(:over))
  and edge.relation = 'parent'
  and node.kind = :kind
order by node.status = 'dropped', node.lft
limit 400
"""

_BOXES = f"""
select {BOX}
from node
where id in (select value from json_each(:nodes))
"""

_BODIES = """
select id, substr(body, 1, 4000), notation
from node
where id in (select value from json_each(:nodes))
"""

_ABOUT = """
where moment.node in (select value from json_each(:nodes))
order by moment.date desc, moment.source, moment.position
limit :most
"""


def compare(connection: sqlite3.Connection, node_id: str) -> ComparePage | None:
    """An opportunity's solutions, each with what it rests on and what was heard of it."""
    found = box(connection, node_id, "opportunity")
    if found is None:
        return None
    known: dict[str, Box] = {}
    solutions = _under(connection, [node_id], "solution", known).get(node_id, [])
    shown = solutions[:AT_MOST]
    over = [each.id for each in shown]
    assumptions = _under(connection, over, "assumption", known)
    weighed = {each.id for below in assumptions.values() for each in below}
    tests = _under(connection, weighed, "test", known)
    texts = {each[0]: each[1:] for each in rows(connection, _BODIES, {"nodes": json.dumps(over)})}
    heard = moments(connection, _ABOUT, {"nodes": json.dumps(list(known)), "most": 60})
    rivals = [
        Rival(
            each,
            texts[each.id][0] or "",
            notation(texts[each.id][1]),
            _weighed(each, assumptions, tests),
            _heard(each, heard, assumptions, tests),
        )
        for each in shown
    ]
    return ComparePage(
        about(connection),
        found,
        above(connection, node_id),
        rivals,
        sum(each.status != _NO_RIVAL for each in solutions),
        len(solutions) - len(shown),
        moments(connection, _ABOUT, {"nodes": json.dumps([node_id]), "most": 3}),
        decisions(connection, settle=over, under=[node_id, *over]),
        judged(connection, node_id)[1],
    )


def _under(
    connection: sqlite3.Connection, over: Iterable[str], kind: str, known: dict[str, Box]
) -> dict[str, list[Box]]:
    """The nodes of a kind below each of several, by any parent; adds them to those known."""
    pairs = rows(connection, _UNDER, {"over": json.dumps(list(over)), "kind": kind})
    wanted = {"nodes": json.dumps([source for _, source in pairs])}
    known.update({each.id: each for each in boxes(connection, _BOXES, wanted)})
    made: dict[str, list[Box]] = {}
    for target, source in dict.fromkeys(pairs):
        made.setdefault(target, []).append(known[source])
    return made


def _weighed(
    solution: Box, assumptions: dict[str, list[Box]], tests: dict[str, list[Box]]
) -> list[Weighed]:
    """What a solution rests on, the most important first."""
    made = []
    for each in sorted(assumptions.get(solution.id, ()), key=_importance):
        shared = [
            other
            for other, below in assumptions.items()
            if other != solution.id and any(each.id == one.id for one in below)
        ]
        made.append(Weighed(each, tests.get(each.id, []), shared))
    return made


def _importance(assumption: Box) -> int:
    said = assumption.fields.get("importance")
    return _IMPORTANCE.index(said) if said in _IMPORTANCE else len(_IMPORTANCE)


def _heard(
    solution: Box,
    heard: Iterable[Moment],
    assumptions: dict[str, list[Box]],
    tests: dict[str, list[Box]],
) -> list[Moment]:
    own = {solution.id}
    for each in assumptions.get(solution.id, ()):
        own |= {each.id, *(test.id for test in tests.get(each.id, ()))}
    return [each for each in heard if each.about.id in own]
