"""How nodes look in a terminal: glyphs, colours, the tree's connectors, and what is counted."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ost.cli.listing import Branch
from ost.exchange.reports.paint import Paint, cut, safe, width

GLYPHS = {
    "outcome": ("◎", "bold magenta"),
    "opportunity": ("●", "blue"),
    "solution": ("■", "green"),
    "assumption": ("▲", "yellow"),
    "test": ("◆", "cyan"),
    "decision": ("◼", "magenta"),
    "interview": ("❝", "cyan"),
    "signal": ("∿", "cyan"),
    "guide": ("¶", "cyan"),
}
VIVID = {
    "target": "bold yellow",
    "testing": "bold yellow",
    "building": "bold yellow",
    "candidate": "cyan",
    "met": "bold green",
    "shipped": "bold green",
    "addressed": "green",
    "supported": "bold green",
    "refuted": "bold red",
    "unclear": "yellow",
}
DULL = frozenset({"dropped", "parked"})
USUAL = frozenset({"active", "open"})
"""Usual statuses, which are not shown."""


class Line(Struct, frozen=True):
    """One line of the drawing: the connectors, how deep it stands, and the node."""

    before: str
    level: int
    branch: Branch


def draw(
    roots: Sequence[Branch],
    paint: Paint,
    columns: int | None,
    depth: int | None,
    *,
    ids: bool = False,
) -> str:
    """The trees, one line per node; counts are in a column at the right.

    `columns` cuts titles to the terminal's width; None cuts nothing. `depth` leaves out what is
    deeper, and says how much. `ids` adds the nodes' ids.
    """
    lines = [line for each in roots for line in _lines(each, depth)]
    widest = max((_width(line) for line in lines), default=0)
    column = min(widest + 3, _RIGHT)
    if columns is not None:
        column = min(column, max(columns - 40, columns // 2))
    shown: list[str] = []
    for line in lines:
        if shown and not line.before:
            shown.append("")
        facts = _facts(line, depth)
        if ids:
            facts.append(("dim", safe(line.branch.id)))
        shown.append(_drawn(line, facts, paint, columns, column))
    return "\n".join(shown) + "\n" if shown else ""


def name(kind: str, status: str | None, title: str, paint: Paint) -> str:
    """A node's glyph and title."""
    glyph, style = GLYPHS.get(kind, ("?", "red"))
    if status in DULL:
        return paint("dim", f"{glyph} {title}")
    strong = kind == "outcome" or status == "target"
    return f"{paint(style, glyph)} {paint('bold', title) if strong else title}"


def status_style(status: str) -> str:
    """The colour of a status."""
    return "dim" if status in DULL | USUAL else VIVID.get(status, "dim")


_RIGHT = 72
"""The column from which on, at most, facts are written."""


DEEPEST = 50
"""With more levels the connectors above are left out, and the level is written as a number."""


def _lines(root: Branch, depth: int | None) -> Iterator[Line]:
    """One line per node, in reading order; no deeper tree needs more than a longer list."""
    waiting = [(root, "", "", 0)]
    while waiting:
        branch, before, below, level = waiting.pop()
        yield Line(before, level, branch)
        if depth is not None and level >= depth:
            continue
        for each in reversed(branch.children):
            last = each is branch.children[-1]
            here, further = ("└─ ", "   ") if last else ("├─ ", "│  ")
            under = (f"{below}{here}", f"{below}{further}")
            if level + 1 > DEEPEST:
                under = (f"… {level + 1} {here}", "")
            waiting.append((each, *under, level + 1))


def _width(line: Line) -> int:
    return width(line.before) + 2 + width(safe(line.branch.title))


def _drawn(
    line: Line,
    facts: Sequence[tuple[str, str]],
    paint: Paint,
    columns: int | None,
    column: int,
) -> str:
    title = safe(line.branch.title)
    if columns is not None:
        title = cut(title, max(column - width(line.before) - 4, 10))
    used = width(line.before) + 2 + width(title)
    left = None if columns is None else columns - max(column, used + 2)
    node = name(line.branch.kind, line.branch.status, title, paint)
    said = _said(facts, paint, left)
    gap = " " * max(column - used, 2) if said else ""
    return f"{paint('dim', line.before)}{node}{gap}{said}"


def _said(facts: Sequence[tuple[str, str]], paint: Paint, left: int | None) -> str:
    """The facts, as many as there is room for."""
    said = ""
    for index, (style, text) in enumerate(facts):
        between = " · " if index else ""
        if left is not None:
            left -= width(between + text)
            if left < 0:
                break
        said += paint("dim", between) + (paint(style, text) if style else text)
    return said


def _facts(line: Line, depth: int | None) -> list[tuple[str, str]]:
    """What is worth knowing, each with its style."""
    branch = line.branch
    facts: list[tuple[str, str]] = []
    status = branch.status
    if status and status not in USUAL:
        facts.append((status_style(status), safe(status)))
    if branch.errors:
        facts.append(("bold red", _count(branch.errors, "error", "errors")))
    if branch.warnings:
        facts.append(("yellow", _count(branch.warnings, "warning", "warnings")))
    if branch.kind in {"outcome", "opportunity"}:
        style = "" if branch.participants else "dim"
        facts.append((style, _count(branch.participants, "person", "people")))
        solutions = [each for each in branch.children if each.kind == "solution"]
        live = sum(each.status != "dropped" for each in solutions)
        if solutions:
            facts.append(("", _count(live, "solution", "solutions")))
    if branch.against:
        facts.append(("red", f"{branch.against} against"))
    if branch.illustrative:
        facts.append(("dim italic", "illustrative"))
    if depth is not None and branch.children and line.level >= depth:
        facts.append(("dim", f"+ {_below(branch)} below"))
    return facts


def _below(branch: Branch) -> int:
    found = list(branch.children)
    for each in found:
        found.extend(each.children)
    return len(found)


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
