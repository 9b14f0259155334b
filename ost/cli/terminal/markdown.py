"""Pages of rules for a terminal, with a little colour for Markdown."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ost.answers.records import RuleLine
from ost.exchange.reports.paint import Paint, cut, safe
from ost.exchange.reports.text import STYLES
from ost.read.diagnostic import Severity


def listed(lines: Sequence[RuleLine], paint: Paint, columns: int | None) -> str:
    """Every rule in one line, by family."""
    wide = max((len(each.name) for each in lines), default=0)
    shown: list[str] = []
    for family, group in groupby(lines, key=lambda each: each.family):
        shown.append(f"\n{paint('bold', family)}" if shown else paint("bold", family))
        for rule in group:
            style = STYLES[Severity(rule.severity)]
            room = None if columns is None else columns - wide - 22
            summary = rule.summary if room is None else cut(rule.summary, room)
            severity = paint(style, rule.severity.ljust(7))
            shown.append(f"  {rule.code}  {safe(rule.name).ljust(wide)}  {severity}  {summary}")
    return "\n".join(shown) + "\n"


def styled(page: str, paint: Paint) -> str:
    """A page of Markdown, styled as a terminal can."""
    return "\n".join(_styled(page, paint)) + "\n"


def _styled(page: str, paint: Paint) -> Iterator[str]:
    fenced = False
    for line in page.rstrip("\n").split("\n"):
        if line.startswith("```"):
            fenced = not fenced
        elif fenced:
            yield _example(safe(line), paint)
        elif line.startswith("#"):
            yield paint("bold underline", line.lstrip("# "))
        elif line.startswith(("Bad:", "Good:", "Fixed:")):
            style = "bold red" if line.startswith("Bad:") else "bold green"
            word, colon, words = line.partition(":")
            yield f"{paint(style, word + colon)}{words}"
        else:
            yield re.sub(r"`([^`]+)`", lambda found: paint("cyan", found[1]), safe(line))


def _example(line: str, paint: Paint) -> str:
    if line.startswith("-- ") and line.rstrip().endswith("--"):
        return "    " + paint("bold", line)
    marked = re.sub(
        r"(# |<!-- )(OST\d+(?:, OST\d+)*)( -->)?",
        lambda found: paint("bold red", found[0]),
        line,
    )
    return f"    {marked}".rstrip()
