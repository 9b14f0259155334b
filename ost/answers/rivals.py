"""The queries of `ost compare`: an opportunity's solutions and their assumptions."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ost.answers import queries
from ost.answers.link_titles import LinkTitles
from ost.answers.records import (
    AssumptionRecord,
    Comparison,
    SettlingDecision,
    SolutionRecord,
    TestRecord,
)
from ost.errors import Misuse

if TYPE_CHECKING:
    from sqlite3 import Connection

_NODE = """
select id, title, status, participants, moments, against, fields
from node
where id = ?
"""

_BELOW = """
select edge.target, node.id, node.title, node.status, node.participants, node.moments,
       node.against, node.fields
from edge
join node on node.id = edge.source
where edge.target in (select value from json_each(?))
  and edge.relation = 'parent'
  and node.kind = ?
order by node.status is 'dropped', node.lft is null, node.lft, node.id
"""

_DECIDED = """
select edge.target, edge.relation, node.id, node.title, node.date, node.fields
from edge
join node on node.id = edge.source
where edge.target in (select value from json_each(?))
  and edge.relation in ('chose', 'over')
order by node.date desc, node.id
"""

_IMPORTANCE = ("high", "medium", "low")


def compare_solutions(
    connection: "Connection", written: str, *, titles: bool = False
) -> Comparison:
    """The solutions of the named opportunity; a usage error for any other node. With `titles`,
    links without text show the title of their node, for people.
    """
    node = queries.find_id(connection, written)
    kind = queries.kind(connection, node)
    if kind != "opportunity":
        raise Misuse(f"{node!r} is of kind {kind}; name an opportunity to compare its solutions")
    return comparison(connection, node, titles=titles)


def comparison(connection: "Connection", opportunity: str, *, titles: bool = False) -> Comparison:
    """The solutions of an existing opportunity, with everything they depend on."""
    say = LinkTitles(connection) if titles else None
    (own,) = _rows(connection, _NODE, opportunity)
    solutions = _below(connection, [opportunity], "solution").get(opportunity, [])
    assumptions = _below(connection, [each["id"] for each in solutions], "assumption")
    weighed = [each["id"] for below in assumptions.values() for each in below]
    tests = _below(connection, weighed, "test")
    decided = _decisions(connection, [each["id"] for each in solutions], say)
    return Comparison(
        id=own["id"],
        title=own["title"],
        status=own["status"],
        participants=own["participants"],
        against=own["against"],
        solutions=tuple(
            SolutionRecord(
                **_some(each, "id", "title", "status", "participants", "moments", "against"),
                **_fields(each, "differs", "because", "bet", "result", say=say),
                assumptions=_assumptions_by_importance(assumptions.get(each["id"], ()), tests),
                decisions=tuple(decided.get(each["id"], ())),
            )
            for each in solutions
        ),
    )


def _assumptions_by_importance(
    below: Iterable[dict[str, Any]], tests: dict[str, list[dict[str, Any]]]
) -> tuple[AssumptionRecord, ...]:
    """Assumptions with their tests, the most important first."""
    made = [
        AssumptionRecord(
            **_some(each, "id", "title", "status"),
            **_fields(each, "risk", "importance"),
            tests=tuple(
                TestRecord(
                    **_some(test, "id", "title", "status"),
                    **_fields(test, "method", "criterion", "result"),
                )
                for test in tests.get(each["id"], ())
            ),
        )
        for each in below
    ]
    return tuple(sorted(made, key=_importance))


def _importance(assumption: AssumptionRecord) -> int:
    importance = assumption.importance
    return _IMPORTANCE.index(importance) if importance in _IMPORTANCE else len(_IMPORTANCE)


def _decisions(
    connection: "Connection", solutions: list[str], say: LinkTitles | None
) -> dict[str, list[SettlingDecision]]:
    made: dict[str, list[SettlingDecision]] = {}
    for row in _rows(connection, _DECIDED, json.dumps(solutions)):
        settled = SettlingDecision(
            **_some(row, "id", "title", "relation", "date"), **_fields(row, "because", say=say)
        )
        made.setdefault(row["target"], []).append(settled)
    return made


def _below(connection: "Connection", over: list[str], kind: str) -> dict[str, list[dict[str, Any]]]:
    """The nodes of a kind below each of some nodes, by any parent."""
    made: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(connection, _BELOW, json.dumps(over), kind):
        made.setdefault(row["target"], []).append(row)
    return made


def _rows(connection: "Connection", question: str, *values: str) -> list[dict[str, Any]]:
    rows = connection.execute(question, values)
    names = [each[0] for each in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _some(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _fields(row: dict[str, Any], *names: str, say: LinkTitles | None = None) -> dict[str, Any]:
    fields = json.loads(row["fields"] or "{}")
    if say:
        say.in_fields(row["id"], fields)
    return {name: fields.get(name) for name in names}
