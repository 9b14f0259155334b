"""The findings of `ost check`: by rule, by node, and of one rule."""

import json
import re
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from datasette_ost.file.diagnostics import (
    DIAGNOSTIC,
    READING,
    WAIVER,
    DiagnosticRow,
    WaiverRow,
)
from datasette_ost.file.nodes import (
    MENTION,
    Mention,
)
from datasette_ost.file.rows import About, about, number, records, rows
from datasette_ost.page import (
    Copy,
    Navigation,
    Page,
    PageRequest,
    Serving,
    Shown,
)
from datasette_ost.view import words
from datasette_ost.view.links import Links
from datasette_ost.view.prose import prose


class RuleRow(Struct):
    """A rule, and how often it found something."""

    code: str
    name: str
    family: str
    severity: str
    summary: str
    errors: int
    warnings: int
    notes: int


class RuleCount(Struct):
    """How many of a rule's findings are among the `errors`, at a `target`, or in the `rest`."""

    code: str
    group: str
    many: int


class JudgedNode(Struct):
    """A node with findings, and the rules that found them."""

    node: Mention
    errors: int
    warnings: int
    notes: int
    rules: list[str]


class CheckPage(Struct):
    """`/-/ost/check.json`: findings and waivers. Argument: `rule`, a code or a name.

    Without a rule, `diagnostics` holds the first few findings of each rule in each of the `groups`,
    and `nodes` those with the most errors. `at_target` are nodes with findings at or below a
    target. `problem` says why the server still shows an older build, or is "".
    """

    about: About
    rules: list[RuleRow]
    diagnostics: list[DiagnosticRow]
    waivers: list[WaiverRow]
    rule: str
    page: str
    more: int
    nodes: list[JudgedNode]
    more_nodes: int
    at_target: list[str]
    groups: list[RuleCount]
    problem: str = ""


AT_MOST = 500
"""The maximum of findings on the page of one rule."""

FEW = 8
"""The maximum of findings per rule and group on the page of all rules."""

NODES = 60

_WIDTH = len(Mention.__struct_fields__)

_RULES = """
select
  rule.code, rule.name, rule.family, rule.severity, rule.summary,
  count(*) filter (where diagnostic.severity = 'error'),
  count(*) filter (where diagnostic.severity = 'warning'),
  count(*) filter (where diagnostic.severity = 'note')
from rule
left join diagnostic on diagnostic.code = rule.code
group by rule.code
order by rule.code
"""

_TARGETS = """
select lft, rgt
from node
where kind = 'opportunity'
  and status = 'target'
  and lft is not null
order by +lft
"""

_NODES_JUDGED = """
select id, lft
from node
where id in (select node from diagnostic)
  and lft is not null
order by lft
"""

_AT_TARGET = "coalesce(node, '') in (select value from json_each(:at_target))"

_GROUP = f"iif(severity = 'error', 'errors', iif({_AT_TARGET}, 'target', 'rest'))"

_GROUPS = f"""
select code, {_GROUP}, count(*)
from diagnostic
where :code = ''
group by 1, 2
"""

_DIAGNOSTICS = f"""
with chosen as (
  select *, row_number() over (partition by code, {_GROUP} order by {READING}) as place
  from diagnostic
  where :code = '' or code = :code
)
select {DIAGNOSTIC}
from chosen as diagnostic
left join node on node.id = diagnostic.node
where diagnostic.place <= :most
order by
  case diagnostic.severity when 'error' then 0 when 'warning' then 1 else 2 end,
  diagnostic.code, {READING}
limit 2000
"""

_NODES = f"""
with judged as (
  select
    node, json_group_array(distinct name) as rules,
    count(*) filter (where severity = 'error') as errors,
    count(*) filter (where severity = 'warning') as warnings,
    count(*) filter (where severity = 'note') as notes
  from diagnostic
  where node is not null
  group by node
  order by 3 desc, 4 desc, 5 desc, node
  limit :most
)
select {MENTION}, judged.errors, judged.warnings, judged.notes, judged.rules
from judged
join node on node.id = judged.node
order by 7 desc, 8 desc, 9 desc, node.title, node.id
"""

_MANY_NODES = "select count(distinct node) from diagnostic where node is not null"

# SQLite knows nothing about an empty table. This makes it begin with the few waivers.
_WAIVERS = f"""
select {WAIVER}
from waiver
cross join node on node.id = waiver.node
where :rule = '' or waiver.rule = :rule
order by case waiver.state when 'expired' then 0 when 'unused' then 1 else 2 end,
  waiver.until is null, waiver.until, node.title, node.id, waiver.line, waiver.id
limit 500
"""


def _at_target(connection: sqlite3.Connection) -> list[str]:
    """The nodes with findings at or below a target."""
    outermost: list[tuple[int, int]] = []
    for first, last in rows(connection, _TARGETS, {}):
        if not outermost or first > outermost[-1][1]:
            outermost.append((first, last))
    starts = [first for first, _ in outermost]
    found = []
    for node_id, place in rows(connection, _NODES_JUDGED, {}):
        nearest = bisect_right(starts, place) - 1
        if nearest >= 0 and place <= outermost[nearest][1]:
            found.append(node_id)
    return found


def _judged(row: tuple[Any, ...]) -> JudgedNode:
    errors, warnings, notes, names = row[_WIDTH:]
    return JudgedNode(Mention(*row[:_WIDTH]), errors, warnings, notes, sorted(json.loads(names)))


def read(connection: sqlite3.Connection, request: PageRequest) -> CheckPage | None:
    """All findings, or those of one rule."""
    rule = request.text("rule")
    code, name, page = "", "", ""
    if rule:
        sql = "select code, name, page from rule where code = :rule or name = :rule"
        found = rows(connection, sql, {"rule": rule})
        if not found:
            return None
        code, name, page = found[0]
    at_target = [] if code else _at_target(connection)
    asked = {"code": code, "rule": name, "most": AT_MOST if code else FEW}
    asked["at_target"] = json.dumps(at_target)
    rules = records(connection, RuleRow, _RULES, {})
    diagnostics = records(connection, DiagnosticRow, _DIAGNOSTICS, asked)
    silenced = sum(
        each.errors + each.warnings + each.notes for each in rules if code in ("", each.code)
    )
    nodes = [] if code else rows(connection, _NODES, {"most": NODES})
    many = 0 if code else number(connection, _MANY_NODES)
    return CheckPage(
        about(connection),
        rules,
        diagnostics,
        records(connection, WaiverRow, _WAIVERS, asked),
        code,
        page,
        max(0, silenced - len(diagnostics)),
        [_judged(each) for each in nodes],
        many - len(nodes),
        at_target,
        records(connection, RuleCount, _GROUPS, asked),
    )


_HEADING = re.compile(r"\A\s*#{1,6} [^\n]*\n")


def show(found: CheckPage, links: Links) -> Shown:
    """Findings in the order in which to fix them: errors, those at the target, then the rest."""
    chosen = next((each for each in found.rules if each.code == found.rule), None)
    silent = [each for each in found.rules if not each.errors + each.warnings + each.notes]
    return {
        "groups": _groups(found),
        "chosen": chosen,
        "rule_page": prose(links, _HEADING.sub("", found.page, count=1)),
        "silent": silent,
        "totals": {
            "error": sum(each.errors for each in found.rules),
            "warning": sum(each.warnings for each in found.rules),
            "note": sum(each.notes for each in found.rules),
        },
        "edit_of": lambda each: links.edit(found.about, each.path, each.line),
        "words": words,
    }


class RuleFindings(Struct):
    """The findings of a rule in a group that the page shows. The group has `many` of them, the rule
    `all`.
    """

    rule: RuleRow
    found: list[DiagnosticRow]
    many: int
    all: int


_HEADINGS = {"errors": "Errors", "target": "At the target", "rest": "Everything else"}
_ALONE = {**_HEADINGS, "rest": "Findings"}
"""The headings of groups, and of a group that is the only one."""


def _groups(page: CheckPage) -> dict[str, list[RuleFindings]]:
    """Findings by heading and rule, the most severe first."""
    rules = {each.code: each for each in page.rules}
    many = {(each.code, each.group): each.many for each in page.groups}
    at_target = set(page.at_target)
    made: dict[str, dict[str, RuleFindings]] = {group: {} for group in _HEADINGS}
    for diagnostic in page.diagnostics:
        group = "target" if diagnostic.node in at_target else "rest"
        if diagnostic.severity == "error":
            group = "errors"
        rule = rules[diagnostic.code]
        found = made[group].get(diagnostic.code)
        if found is None:
            whole = rule.errors + rule.warnings + rule.notes
            found = RuleFindings(rule, [], many.get((diagnostic.code, group), whole), whole)
            made[group][diagnostic.code] = found
        found.found.append(diagnostic)
    shown = {group: list(found.values()) for group, found in made.items() if found}
    headings = _HEADINGS if len(shown) > 1 else _ALONE
    return {headings[group]: found for group, found in shown.items()}


def serve(found: CheckPage, _: Links, serving: Serving) -> Mapping[str, str]:
    """Adds the reason why an older build is shown."""
    found.problem = serving.problem
    return {}


def copies(connection: sqlite3.Connection) -> Iterator[Copy]:
    """The page itself, and two pages for each rule: one by its code, one by its name."""
    yield Copy()
    for code, name in rows(connection, "select code, name from rule order by code", {}):
        for called in (code, name):
            yield Copy(args={"rule": called}, file=code)


PAGE = Page(read=read, show=show, navigation=Navigation("Check", 50), serve=serve, copies=copies)
