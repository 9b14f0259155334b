"""Slides for a meeting, from the outcome to the target, its solutions and what people said."""

import json
import sqlite3
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from datasette_ost.file.decisions import DecisionRow, decisions
from datasette_ost.file.measurements import MeasuredDay, measurements
from datasette_ost.file.moments import QUOTE, MomentRow, QuoteRow, moments, quotes
from datasette_ost.file.nodes import BOX, MENTION, Box, Mention, above, box, boxes
from datasette_ost.file.rows import About, about, records, rows
from datasette_ost.page import Copy, Navigation, Page, PageRequest, Shown, file_name
from datasette_ost.view import words
from datasette_ost.view.links import Links
from datasette_ost.view.series import series
from ost.recording import clock


class SolutionAssumption(Struct):
    """An assumption of a solution."""

    solution: str
    importance: str | None
    node: Mention


class PresentPage(Struct):
    """`/-/ost/present.json`: one target as slides, from its outcome to what contradicts it.
    `targets` are all targets; `quotes` are quotes from its interviews outside moments. Argument:
    `of`, a target or an outcome; by default the first target.
    """

    about: About
    targets: list[Mention]
    outcome: Box | None = None
    target: Box | None = None
    above: list[Mention] = field(default_factory=list)
    measurements: list[MeasuredDay] = field(default_factory=list)
    solutions: list[Box] = field(default_factory=list)
    assumptions: list[SolutionAssumption] = field(default_factory=list)
    decisions: list[DecisionRow] = field(default_factory=list)
    heard: list[MomentRow] = field(default_factory=list)
    quotes: list[QuoteRow] = field(default_factory=list)
    against: list[MomentRow] = field(default_factory=list)


FEW = 3
"""The maximum of quotes, and of reasons against. An audience would not read more."""

MOST = 4
"""The number of solutions side by side on one slide."""

_TARGETS = f"""
select {MENTION}
from node
where kind = 'opportunity'
  and status = 'target'
  and lft is not null
order by lft
limit 50
"""

_OF_OUTCOME = f"""
select {MENTION}
from node
where kind = 'opportunity'
  and status = 'target'
  and lft between :lft and :rgt
order by lft
limit 1
"""

_FIRST = "select id from node where kind = 'outcome' order by lft limit 1"

_SOLUTIONS = f"""
select {BOX}
from node
where id in (select source from edge where target = :id and relation = 'parent')
  and kind = 'solution'
order by status = 'dropped', lft
limit 20
"""

_ASSUMED = f"""
select edge.target, json_extract(node.fields, '$.importance'), {MENTION}
from edge
join node on node.id = edge.source
where edge.target in (select value from json_each(:solutions))
  and edge.relation = 'parent'
  and node.kind = 'assumption'
order by node.lft, edge.target
"""

_SAID = """
where subject.lft between :lft and :rgt
  and moment.stance = :stance
order by subject.id != :id, source.illustrative, moment.kind = 'signal', moment.date desc,
  moment.source, moment.position
limit 60
"""


_MORE = f"""
select {QUOTE}
from quote
where moment is null
  and source in (select value from json_each(:sources))
order by source, position
limit 60
"""


def read(connection: sqlite3.Connection, request: PageRequest) -> PresentPage:
    """The slides of one target."""
    found = PresentPage(about(connection), records(connection, Mention, _TARGETS, {}))
    asked = request.text("of")
    chosen = box(connection, asked, "opportunity", "outcome") if asked else None
    if chosen is not None and chosen.kind == "outcome":
        found.outcome = chosen
        inside = {"lft": chosen.lft, "rgt": chosen.rgt}
        first = records(connection, Mention, _OF_OUTCOME, inside)
    else:
        first = found.targets[:1]
    if chosen is None or chosen.kind == "outcome":
        chosen = box(connection, first[0].id) if first else None
    if chosen is None:
        found.outcome = found.outcome or _first_outcome(connection)
        return found
    return _walk(connection, found, chosen)


def _first_outcome(connection: sqlite3.Connection) -> Box | None:
    known = rows(connection, _FIRST, {})
    return box(connection, known[0][0]) if known else None


def _walk(connection: sqlite3.Connection, found: PresentPage, target: Box) -> PresentPage:
    found.target = target
    found.above = above(connection, target.id)
    outcomes = [each for each in found.above if each.kind == "outcome"]
    found.outcome = box(connection, outcomes[-1].id) if outcomes else None
    if found.outcome is not None:
        found.measurements = measurements(connection, (found.outcome.id,))
    found.solutions = boxes(connection, _SOLUTIONS, {"id": target.id})
    solutions = [each.id for each in found.solutions]
    found.assumptions = [
        SolutionAssumption(solution, importance, Mention(*node))
        for solution, importance, *node in rows(
            connection, _ASSUMED, {"solutions": json.dumps(solutions)}
        )
    ]
    found.decisions = decisions(connection, [target.id, *solutions], [target.id])
    within = {"id": target.id, "lft": target.lft, "rgt": target.rgt}
    found.heard = moments(connection, _SAID, {**within, "stance": "for"})
    sources = json.dumps([each.of.id for each in found.heard])
    found.quotes = quotes(connection, _MORE, {"sources": sources})
    found.against = moments(connection, _SAID, {**within, "stance": "against"})[:FEW]
    return found


class SpokenQuote(Struct, frozen=True):
    """A quote with its moment."""

    moment: MomentRow
    quote: QuoteRow


def show(found: PresentPage, links: Links) -> Shown:
    """Five slides, or one that says what to do when there is no target."""
    own = found.outcome.fields if found.outcome else {}
    shown = found.solutions[:MOST]
    live = {each.id for each in found.solutions if each.status != "dropped"}
    once = {each.node.id: each for each in found.assumptions if each.solution in live}
    return {
        "series": series(found.measurements, own),
        "latest": found.measurements[-1] if found.measurements else None,
        "shown": shown,
        "hidden": len(found.solutions) - len(shown),
        "rests_on": {each.id: _counted(found.assumptions, each.id) for each in shown},
        "decision": _newest_decision(found),
        "aim": next((each for each in found.decisions if _is_of(each, found.target)), None),
        "quotes": _quotes(found),
        "refuted": [each.node for each in once.values() if each.node.status == "refuted"][:FEW],
        "unknown": _unknown(once.values()),
        "words": words,
        "clock": clock,
    }


def _newest_decision(found: PresentPage) -> DecisionRow | None:
    """The newest decision between the solutions."""
    compared = {each.id for each in found.solutions}
    chosen = (
        each for each in found.decisions if compared & {end.id for end in (*each.chose, *each.over)}
    )
    return next(chosen, None)


def _is_of(decision: DecisionRow, target: Box | None) -> bool:
    """Whether the decision chose this target."""
    return target is not None and any(each.id == target.id for each in decision.chose)


def _counted(assumptions: Iterable[SolutionAssumption], solution: str) -> dict[str, int]:
    """How many of a solution's assumptions have each status."""
    counted = dict.fromkeys(("supported", "refuted", "unclear", "testing", "untested"), 0)
    for assumed in assumptions:
        if assumed.solution == solution and assumed.node.status in counted:
            counted[assumed.node.status] += 1
    return {status: many for status, many in counted.items() if many}


def _unknown(assumptions: Iterable[SolutionAssumption]) -> list[Mention]:
    """The assumptions that no test has settled, important ones first."""
    order = {"high": 0, "medium": 1, "low": 2}
    waiting = [each for each in assumptions if each.node.status in {"untested", "testing"}]
    waiting.sort(key=lambda each: order.get(each.importance or "", len(order)))
    return [each.node for each in waiting[:MOST]]


def _quotes(found: PresentPage) -> list[SpokenQuote]:
    """A few quotes: one from each person before a second from anyone, and those about the target
    before others from the same interviews.
    """
    every = [SpokenQuote(moment, quote) for moment in found.heard for quote in moment.quotes[:1]]
    newest = {moment.of.id: moment for moment in reversed(found.heard)}
    every += [SpokenQuote(newest[quote.source], quote) for quote in found.quotes]
    first: dict[str | None, SpokenQuote] = {}
    for candidate in every:
        first.setdefault(candidate.moment.participant, candidate)
    chosen = list(first.values())
    rest = [candidate for candidate in every if candidate not in chosen]
    return [*chosen, *rest][:FEW]


def copies(connection: sqlite3.Connection) -> Iterator[Copy]:
    """The slides of the first target, then of every other target."""
    yield Copy()
    for target in records(connection, Mention, _TARGETS, {}):
        yield Copy(args={"of": target.id}, file=file_name(target.id))


PAGE = Page(
    read=read,
    show=show,
    navigation=Navigation("Present", 60),
    styles=("present.css",),
    scripts=("present.js",),
    copies=copies,
    saved_scripts=("present.js",),
)
