"""One line per finding, in the format of ruff: for lists in editors, `grep` and `wc`."""

from collections.abc import Callable, Sequence

from ost.exchange.reports.finding import Finding
from ost.exchange.reports.paint import Paint, safe
from ost.exchange.reports.text import STYLES


def render(found: Sequence[Finding], place: Callable[[str], str], paint: Paint) -> str:
    """`path:line:column: CODE message`."""
    return "".join(_line(each, place(each.path), paint) for each in found)


def _line(each: Finding, path: str, paint: Paint) -> str:
    where = paint("bold", f"{safe(path)}:{each.line}:{each.column}:")
    return f"{where} {paint(STYLES[each.severity], each.code)} {safe(each.message)}\n"
