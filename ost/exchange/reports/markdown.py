"""Findings as Markdown, for a comment below a pull request."""

from collections.abc import Callable, Sequence

from ost.exchange import escape
from ost.exchange.reports.finding import Finding
from ost.exchange.reports.paint import plain
from ost.exchange.reports.text import counts
from ost.read.diagnostic import Severity

MOST = 100
"""How many findings of each severity are listed; the rest are counted."""


def render(found: Sequence[Finding], place: Callable[[str], str]) -> str:
    """The counts, then a table for each severity. Notes are folded."""
    groups = {each: [one for one in found if one.severity is each] for each in Severity}
    errors, warnings, notes = (len(groups[each]) for each in Severity)
    summary = counts(errors, warnings, notes, plain)
    text = f"**ost check**: {summary or 'nothing found'}\n"
    for severity, group in groups.items():
        if group:
            table = _table(group, place)
            title = f"{severity.value.capitalize()}s"
            text += (
                f"\n<details><summary>{title}</summary>\n\n{table}\n</details>\n"
                if severity is Severity.NOTE
                else f"\n### {title}\n\n{table}"
            )
    return text


def _table(group: Sequence[Finding], place: Callable[[str], str]) -> str:
    rows = "".join(
        f"| {escape.markdown(place(each.path))}:{each.line} "
        f"| {escape.markdown(f'{each.code} {each.name}')} | {escape.markdown(each.message)} |\n"
        for each in group[:MOST]
    )
    more = f"\nand {len(group) - MOST:,} more\n" if len(group) > MOST else ""
    return f"| Where | Rule | What |\n| --- | --- | --- |\n{rows}{more}"
