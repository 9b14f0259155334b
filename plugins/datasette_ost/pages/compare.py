"""An opportunity's solutions side by side, with their differences."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct, field

from datasette_ost.file.decisions import DecisionRow, decisions
from datasette_ost.file.diagnostics import WaiverRow, judged
from datasette_ost.file.moments import MomentRow, moments
from datasette_ost.file.nodes import (
    BOX,
    Box,
    Mention,
    above,
    box,
    boxes,
)
from datasette_ost.file.rows import About, about, rows
from datasette_ost.file.titles import titled
from datasette_ost.page import (
    Page,
    PageRequest,
    Shown,
    of_nodes,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links
from datasette_ost.view.prose import prose
from ost.notation import Notation, notation
from ost.recording import clock
from ost.words import either


class TestedAssumption(Struct):
    """An assumption with its tests. `shared` names the other solutions that depend on it."""

    box: Box
    tests: list[Box]
    shared: list[str] = field(default_factory=list)


class ComparedSolution(Struct):
    """One of the compared solutions. `moments` are about it, its assumptions or their tests."""

    box: Box
    body: str
    notation: Notation
    assumptions: list[TestedAssumption]
    moments: list[MomentRow]


class ComparePage(Struct):
    """`/-/ost/compare/OPPORTUNITY.json`: its solutions side by side, dropped ones last.

    `heard` are the newest moments about the opportunity itself; `more` counts the solutions that
    are left out.
    """

    about: About
    node: Box
    above: list[Mention]
    rivals: list[ComparedSolution]
    live: int
    more: int
    heard: list[MomentRow]
    decisions: list[DecisionRow]
    waivers: list[WaiverRow]


AT_MOST = 8
"""The maximum of solutions side by side; more would be a list, not a comparison."""

_IMPORTANCE = ("high", "medium", "low")

_DROPPED = "dropped"

_UNDER = """
select edge.target, edge.source
from edge
join node on node.id = edge.source
where edge.target in (select value from json_each(:over))
  and edge.relation = 'parent'
  and node.kind = :kind
order by node.lft, edge.target
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
order by moment.kind = 'signal', moment.date desc, moment.source, moment.position
limit :most
"""


def _under(
    connection: sqlite3.Connection, over: Iterable[str], kind: str, known: dict[str, Box]
) -> dict[str, list[Box]]:
    """The nodes of a kind below several nodes, by any parent. Adds them to `known`."""
    pairs = rows(connection, _UNDER, {"over": json.dumps(list(over)), "kind": kind})
    wanted = {"nodes": json.dumps([source for _, source in pairs])}
    known.update({each.id: each for each in boxes(connection, _BOXES, wanted)})
    made: dict[str, list[Box]] = {}
    for target, source in dict.fromkeys(pairs):
        made.setdefault(target, []).append(known[source])
    return made


def _weighed(
    solution: Box, assumptions: dict[str, list[Box]], tests: dict[str, list[Box]]
) -> list[TestedAssumption]:
    """A solution's assumptions, most important first."""
    made = []
    for assumption in sorted(assumptions.get(solution.id, ()), key=_importance):
        shared = [
            other
            for other, below in assumptions.items()
            if other != solution.id and any(assumption.id == one.id for one in below)
        ]
        made.append(TestedAssumption(assumption, tests.get(assumption.id, []), shared))
    return made


def _importance(assumption: Box) -> int:
    importance = assumption.fields.get("importance")
    return _IMPORTANCE.index(importance) if importance in _IMPORTANCE else len(_IMPORTANCE)


def _moments(
    solution: Box,
    heard: Iterable[MomentRow],
    assumptions: dict[str, list[Box]],
    tests: dict[str, list[Box]],
) -> list[MomentRow]:
    own = {solution.id}
    for assumption in assumptions.get(solution.id, ()):
        own |= {assumption.id, *(test.id for test in tests.get(assumption.id, ()))}
    return [each for each in heard if each.about.id in own]


def read(connection: sqlite3.Connection, request: PageRequest) -> ComparePage | None:
    """An opportunity's solutions, each with its assumptions and what people said about them."""
    found = box(connection, request.id, "opportunity")
    if found is None:
        return None
    node_id = found.id
    known: dict[str, Box] = {}
    solutions = _under(connection, [node_id], "solution", known).get(node_id, [])
    shown = solutions[:AT_MOST]
    over = [each.id for each in shown]
    assumptions = _under(connection, over, "assumption", known)
    weighed = {each.id for below in assumptions.values() for each in below}
    tests = _under(connection, weighed, "test", known)
    bodies = rows(connection, _BODIES, {"nodes": json.dumps(over)})
    notations = titled(connection, (notation(each[2]) for each in bodies))
    texts = {each[0]: (each[1], read) for each, read in zip(bodies, notations, strict=True)}
    heard = moments(connection, _ABOUT, {"nodes": json.dumps(list(known)), "most": 60})
    rivals = [
        ComparedSolution(
            each,
            texts[each.id][0] or "",
            texts[each.id][1],
            _weighed(each, assumptions, tests),
            _moments(each, heard, assumptions, tests),
        )
        for each in shown
    ]
    return ComparePage(
        about(connection),
        found,
        above(connection, node_id),
        rivals,
        sum(each.status != _DROPPED for each in solutions),
        len(solutions) - len(shown),
        moments(connection, _ABOUT, {"nodes": json.dumps([node_id]), "most": 3}),
        decisions(connection, settle=over, under=[node_id, *over]),
        judged(connection, node_id)[1],
    )


RISKS = {
    "desirability": "Do people want it?",
    "usability": "Can people use it?",
    "feasibility": "Can we make it?",
    "viability": "Is it good for us?",
    "ethics": "Could it harm anyone?",
}

_VERDICTS = ("supported", "unclear", "testing", "untested", "refuted")

_UNDER_WAY = ("testing", "building", "shipped")

_KNOWN = ("supported", "refuted")


class OpenQuestion(Struct):
    """An open question; `about` is its assumption."""

    said: str
    about: Box | None = None


class SolutionColumn(Struct):
    """One solution, with the content of its cells."""

    option: ComparedSolution
    box: Box
    how: Markup
    verdicts: dict[str, int]
    chosen: bool
    decided: list[tuple[str, DecisionRow]]
    open: list[OpenQuestion]
    by_risk: dict[str, list[TestedAssumption]]


class AssumptionRow(Struct):
    """A row of the table: one kind of risk. `state` is `none` if no solution has such an
    assumption, else `alike` or `differs`.
    """

    risk: str
    asks: str
    state: str


def _is_any_risk_covered(columns: Sequence[SolutionColumn]) -> bool:
    """Whether any solution has an assumption about a risk. If none has, each column already says
    so.
    """
    return any(each.option.assumptions for each in columns)


def _choices(found: ComparePage) -> list[DecisionRow]:
    """The decisions between these solutions, ignoring others in the branch."""
    here = {each.box.id for each in found.rivals}
    return [
        each
        for each in found.decisions
        if any(one.id in here for one in (*each.chose, *each.over)) or not each.chose
    ]


def _column(compared: ComparedSolution, found: ComparePage, links: Links) -> SolutionColumn:
    by_risk: dict[str, list[TestedAssumption]] = {}
    for assumption in compared.assumptions:
        risk = assumption.box.fields.get("risk")
        by_risk.setdefault(risk if risk in RISKS else "other", []).append(assumption)
    counts = [each.box.status for each in compared.assumptions]
    verdicts = {each: counts.count(each) for each in _VERDICTS if each in counts}
    decided = [
        (risk, each)
        for each in found.decisions
        for risk, ends in (("chosen", each.chose), ("passed over", each.over))
        if any(one.id == compared.box.id for one in ends)
    ]
    return SolutionColumn(
        compared,
        compared.box,
        prose(links, compared.body, compared.notation),
        verdicts,
        bool(decided) and decided[0][0] == "chosen",
        decided,
        _open(compared, by_risk),
        by_risk,
    )


def _open(
    compared: ComparedSolution, by_risk: dict[str, list[TestedAssumption]]
) -> list[OpenQuestion]:
    """Open questions: important assumptions without a verdict, and kinds of risk without an
    assumption.
    """
    asked = [
        OpenQuestion(_when(each), each.box)
        for each in compared.assumptions
        if each.box.status not in _KNOWN and each.box.fields.get("importance") != "low"
    ]
    if not compared.assumptions:
        return [OpenQuestion("What must be true for it to work? No assumptions yet")]
    missing = [each for each in RISKS if each not in by_risk]
    if missing:
        asked.append(OpenQuestion(f"No assumption about {either(missing)}"))
    if compared.box.status in _UNDER_WAY and not compared.box.fields.get("bet"):
        asked.append(OpenQuestion("No bet: what is it expected to do, by when?"))
    return asked


def _when(assumption: TestedAssumption) -> str:
    """When the answer is due: a test is running, a test is planned, or there is no test."""
    for test in assumption.tests:
        if test.status == "running":
            return f"being tested since {words.day(test.fields.get('started'))}"
        if test.status == "planned" and test.fields.get("planned"):
            return f"test planned for {words.day(test.fields.get('planned'))}"
    if any(each.status == "unclear" for each in assumption.tests):
        return "tested, still unclear"
    return "no test planned" if not assumption.tests else "tests without a verdict"


def _state(risk: str, columns: Sequence[SolutionColumn]) -> str:
    held = [{each.box.id for each in column.by_risk.get(risk, ())} for column in columns]
    if not any(held):
        return "none"
    return "alike" if len(held) > 1 and all(each == held[0] for each in held) else "differs"


def show(found: ComparePage, links: Links) -> Shown:
    """An opportunity's solutions side by side."""
    columns = [_column(each, found, links) for each in found.rivals]
    live = [each for each in columns if each.box.status != "dropped"]
    risks = [*RISKS, *(["other"] if any("other" in each.by_risk for each in live) else [])]
    rows = [
        AssumptionRow(each, RISKS.get(each, "No risk recorded"), _state(each, live))
        for each in risks
    ]
    return {
        "own": found.node,
        "columns": live,
        "dropped": [each for each in columns if each.box.status == "dropped"],
        "rows": [each for each in rows if each.state != "none"],
        "unasked": [each for each in rows if each.state == "none"]
        if _is_any_risk_covered(live)
        else [],
        "enough": [each for each in found.waivers if each.rule == "single-solution"],
        "spoken": any(each.option.moments for each in live),
        "bets": any(each.box.fields.get("bet") for each in live),
        "titles": {each.box.id: each.box.title for each in columns},
        "choices": _choices(found),
        "words": words,
        "clock": clock,
    }


_WITH_SOLUTIONS = """
select distinct opportunity.id
from edge
join node as opportunity on opportunity.id = edge.target
join node as solution on solution.id = edge.source
where edge.relation = 'parent'
  and opportunity.kind = 'opportunity'
  and solution.kind = 'solution'
order by 1
"""

PAGE = Page(
    styles=("compare.css",), of_node=True, read=read, show=show, copies=of_nodes(_WITH_SOLUTIONS)
)
