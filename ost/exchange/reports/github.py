"""Findings as workflow commands, which GitHub shows at their lines in a pull request."""

from collections.abc import Callable, Iterable

from ost.exchange.escape import workflow, workflow_property
from ost.exchange.reports.finding import Finding
from ost.read.diagnostic import Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(found: Iterable[Finding], place: Callable[[str], str]) -> str:
    """One line per finding. `place` turns a path into one relative to the repository's root."""
    return "".join(_line(each, place(each.path)) for each in found)


def _line(each: Finding, path: str) -> str:
    properties = {
        "file": path,
        "line": each.line,
        "col": each.column,
        "endLine": each.end_line,
        "endColumn": each.end_column,
        "title": f"{each.code} {each.name}".rstrip(),
    }
    parameters = ",".join(
        f"{key}={workflow_property(str(value))}" for key, value in properties.items()
    )
    return f"::{COMMANDS[each.severity]} {parameters}::{workflow(each.message)}\n"
