"""What the check page shows."""

import sqlite3

from datasette_ost.queries.reading import about, columns, read, rows
from datasette_ost.shapes import CheckPage, Diagnostic, Rule, Waiver

AT_MOST = 1000

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
select {columns(Diagnostic, "diagnostic", ("kind", "title"))}, node.kind, node.title
from diagnostic
left join node on node.id = diagnostic.node
where :code = '' or diagnostic.code = :code
order by
  case diagnostic.severity when 'error' then 0 when 'warning' then 1 else 2 end,
  diagnostic.code, diagnostic.path, diagnostic.line
limit :most
"""

_WAIVERS = f"""
select {columns(Waiver, "waiver", ("path", "kind", "title", "line"))},
  node.path, waiver.line, node.kind, node.title
from waiver
join node on node.id = waiver.node
where :rule = '' or waiver.rule = :rule
order by case waiver.state when 'expired' then 0 when 'unused' then 1 else 2 end, waiver.until
limit :most
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
    asked = {"code": code, "rule": name, "most": AT_MOST}
    rules = read(connection, Rule, _RULES, {})
    diagnostics = read(connection, Diagnostic, _DIAGNOSTICS, asked)
    said = sum(
        each.errors + each.warnings + each.notes for each in rules if code in ("", each.code)
    )
    return CheckPage(
        about(connection),
        rules,
        diagnostics,
        read(connection, Waiver, _WAIVERS, asked),
        code,
        page,
        max(0, said - len(diagnostics)),
    )
