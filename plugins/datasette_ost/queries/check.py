"""What the check page shows."""

import json
import sqlite3
from typing import Any

from datasette_ost.queries.reading import MENTION, about, columns, number, read, rows
from datasette_ost.shapes import CheckPage, Diagnostic, Judged, Mention, Rule, Waiver

AT_MOST = 500
"""Diagnostics of one rule on its page."""

FEW = 8
"""Diagnostics of each rule where all rules stand."""

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

_DIAGNOSTICS = f"""
with chosen as (
  select *, row_number() over (partition by code order by path, line) as place
  from diagnostic
  where :code = '' or code = :code
)
select {columns(Diagnostic, "diagnostic", ("kind", "title"))}, node.kind, node.title
from chosen as diagnostic
left join node on node.id = diagnostic.node
where diagnostic.place <= :most
order by
  case diagnostic.severity when 'error' then 0 when 'warning' then 1 else 2 end,
  diagnostic.code, diagnostic.path, diagnostic.line
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
order by 7 desc, 8 desc, 9 desc, node.title
"""

_MANY_NODES = "select count(distinct node) from diagnostic where node is not null"

# The planner knows nothing of an empty table: told so, it begins with the waivers, which are few.
_WAIVERS = f"""
select {columns(Waiver, "waiver", ("path", "kind", "title", "line"))},
  node.path, waiver.line, node.kind, node.title
from waiver
cross join node on node.id = waiver.node
where :rule = '' or waiver.rule = :rule
order by case waiver.state when 'expired' then 0 when 'unused' then 1 else 2 end,
  waiver.until is null, waiver.until, node.title
limit 500
"""


def check(connection: sqlite3.Connection, rule: str) -> CheckPage | None:
    """Everything that was said, or what one rule said."""
    code, name, page = "", "", ""
    if rule:
        sql = "select code, name, page from rule where code = :rule or name = :rule"
        found = rows(connection, sql, {"rule": rule})
        if not found:
            return None
        code, name, page = found[0]
    asked = {"code": code, "rule": name, "most": AT_MOST if code else FEW}
    rules = read(connection, Rule, _RULES, {})
    diagnostics = read(connection, Diagnostic, _DIAGNOSTICS, asked)
    said = sum(
        each.errors + each.warnings + each.notes for each in rules if code in ("", each.code)
    )
    nodes = [] if code else rows(connection, _NODES, {"most": NODES})
    many = 0 if code else number(connection, _MANY_NODES)
    return CheckPage(
        about(connection),
        rules,
        diagnostics,
        read(connection, Waiver, _WAIVERS, asked),
        code,
        page,
        max(0, said - len(diagnostics)),
        [_judged(each) for each in nodes],
        many - len(nodes),
    )


def _judged(row: tuple[Any, ...]) -> Judged:
    errors, warnings, notes, names = row[_WIDTH:]
    return Judged(Mention(*row[:_WIDTH]), errors, warnings, notes, json.loads(names))
