"""The tree in a terminal: connectors, nodes, and counts at the right."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ost.answers.records import Branch
from ost.cli.terminal.kinds import Kinds
from ost.cli.terminal.screen import Screen
from ost.exchange.reports.paint import Paint, cut, safe, width
from ost.words import counted

_PEOPLE, _STATUS, _OTHER = range(3)
"""The ranks of facts."""


class DrawnLine(Struct, frozen=True):
    """One line of the drawing: the connectors, its depth, and the node."""

    before: str
    level: int
    branch: Branch


class BranchFact(Struct, frozen=True):
    """A styled fact at the right of a node. If room is short, the first rank stays."""

    style: str
    text: str
    rank: int = _OTHER


def draw(
    roots: Sequence[Branch],
    screen: Screen,
    depth: int | None,
    *,
    ids: bool = False,
) -> str:
    """The trees, one line per node; counts are in a column at the right.

    `depth` hides deeper nodes and says how many. `ids` adds the nodes' ids.
    """
    lines = [line for each in roots for line in _lines(each, depth)]
    widest = max((_width(line) for line in lines), default=0)
    last = _RIGHT if screen.columns is None else max(screen.columns - _FACT, screen.columns // 2)
    column = min(widest + 3, last)
    shown: list[str] = []
    for line in lines:
        if shown and not line.before:
            shown.append("")
        facts = _facts(line, screen.kinds, depth)
        if ids:
            facts.append(BranchFact("dim", safe(line.branch.id)))
        shown.append(_drawn(line, facts, screen, column))
    return "\n".join(shown) + "\n" if shown else ""


_RIGHT = 72
"""The rightmost column where facts begin if there is no limit."""

_FACT = 13
"""Room at the right of the longest title for one fact; facts give way before titles."""

_QUARTER = 4
"""A title gives way to its status and people in at most this share of the columns."""


DEEPEST = 50
"""Below this level, a number replaces the connectors."""


def _lines(root: Branch, depth: int | None) -> Iterator[DrawnLine]:
    """One line per node, in reading order. Not recursive, so a tree may be of any depth."""
    waiting = [(root, "", "", 0)]
    while waiting:
        branch, before, below, level = waiting.pop()
        yield DrawnLine(before, level, branch)
        if depth is not None and level >= depth:
            continue
        for child in reversed(branch.children):
            last = child is branch.children[-1]
            here, further = ("└─ ", "   ") if last else ("├─ ", "│  ")
            under = (f"{below}{here}", f"{below}{further}")
            if level + 1 > DEEPEST:
                under = (f"… {level + 1} {here}", "")
            waiting.append((child, *under, level + 1))


def _width(line: DrawnLine) -> int:
    return width(line.before) + 2 + width(safe(line.branch.title))


def _drawn(
    line: DrawnLine,
    facts: Sequence[BranchFact],
    screen: Screen,
    column: int,
) -> str:
    title, columns = safe(line.branch.title), screen.columns
    if columns is not None:
        kept = " · ".join(each.text for each in facts if each.rank < _OTHER)
        room = columns - min(width(kept), columns // _QUARTER) - 1
        title = cut(title, max(min(column, room) - width(line.before) - 3, 10))
    used = width(line.before) + 2 + width(title)
    if columns is not None:  # facts of a short title may begin further left
        column = min(column, columns - width(" · ".join(each.text for each in facts)))
    left = None if columns is None else columns - max(column, used + 2)
    node = screen.name(line.branch.kind, line.branch.status, title)
    facts_shown = _shown_facts(facts, screen.paint, left)
    gap = " " * max(column - used, 2) if facts_shown else ""
    return f"{screen.paint('dim', line.before)}{node}{gap}{facts_shown}"


def _shown_facts(facts: Sequence[BranchFact], paint: Paint, left: int | None) -> str:
    """The facts, as many as fit."""
    shown = list(facts)
    while left is not None and shown and width(" · ".join(each.text for each in shown)) > left:
        last = max(each.rank for each in shown)
        shown.remove([each for each in shown if each.rank == last][-1])
    texts = (paint(each.style, each.text) if each.style else each.text for each in shown)
    return paint("dim", " · ").join(texts)


def _facts(line: DrawnLine, kinds: Kinds, depth: int | None) -> list[BranchFact]:
    """The facts worth showing, by rank."""
    branch = line.branch
    facts: list[BranchFact] = []
    status = branch.status
    if status and not kinds.standing(branch.kind, status).usual:
        facts.append(BranchFact(kinds.style(branch.kind, status), safe(status), _STATUS))
    if branch.errors:
        facts.append(BranchFact("bold red", counted(branch.errors, "error")))
    if branch.warnings:
        facts.append(BranchFact("yellow", counted(branch.warnings, "warning")))
    if kinds[branch.kind].needs_evidence:
        style = "" if branch.participants else "dim"
        facts.append(BranchFact(style, counted(branch.participants, "person", "people"), _PEOPLE))
    facts += [BranchFact("", each) for each in _rivals(branch, kinds)]
    if branch.against:
        facts.append(BranchFact("red", f"{branch.against} against"))
    if branch.illustrative:
        facts.append(BranchFact("dim italic", "illustrative"))
    if depth is not None and branch.children and line.level >= depth:
        facts.append(BranchFact("dim", f"+ {_below(branch)} below"))
    return facts


def _rivals(branch: Branch, kinds: Kinds) -> Iterator[str]:
    """How many alternatives there are, without those that were dropped."""
    found: dict[str, int] = {}
    for child in branch.children:
        if kinds[child.kind].rivals:
            live = kinds.standing(child.kind, child.status).stage != "aside"
            found[child.kind] = found.get(child.kind, 0) + live
    for kind, many in found.items():
        yield counted(many, kind, kinds[kind].plural)


def _below(branch: Branch) -> int:
    found = list(branch.children)
    for parent in found:
        found.extend(parent.children)
    return len(found)
