"""Trees as paths (`A -> B -> C` on one line) or as edges (`A -> B`, `B -> C`)."""

import re
from collections.abc import Sequence

from ost.exchange.outlines.row import Growing, TreeShape, depths
from ost.read.letters import fold

_ARROW = re.compile(r"[ \t]*(?:-{1,3}>|={1,2}>|[→⇒➔➜⟶»]|(?<=\s)>{1,2}(?=\s))[ \t]*")
_MARK = re.compile(r"[ \t]*(?:[-*+•][ \t]+(?!>)|\d{1,3}[.)][ \t]+)?")
_LEAST = 2
_FEWEST = 3
_LONGEST = 12
"""The maximum of steps in a path. A longer line is text."""


class _Node:
    def __init__(self, words: str, line: int) -> None:
        self.words, self.line = words, line
        self.below: dict[str, _Node] = {}


def paths(lines: Sequence[str]) -> TreeShape | None:
    """The words after an arrow become children of those before it."""
    top = _Node("", -1)
    named: dict[str, _Node] = {}
    before: list[tuple[int, str]] = []
    steps: list[tuple[int, _Node]] = []
    many = written = 0
    for number, line in enumerate(lines):
        written += bool(line.strip())
        parts = _parts(line)
        goes_on = bool(parts and steps and _ARROW.match(line))
        if len(parts) > _LONGEST or (len(parts) < _LEAST and not goes_on):
            if line.strip():
                before.append((number, line))
            continue
        many += 1
        above = _before(line, steps)
        steps = [each for each in steps if above is not None and each[0] < parts[0][0]]
        for column, words in parts:
            name = fold(words)
            below = (above or top).below
            node = below.get(name) or (named.get(name) if above is None else None)
            if node is None:
                node = below[name] = _Node(words, number)
                named.setdefault(name, node)
            steps.append((column, node))
            above = node
    grown = Growing()
    for number, line in before:
        grown.text(number, line)
    for node in top.below.values():
        _write(node, grown)
    shape = grown.shape()
    enough = len(shape.rows) >= _FEWEST and many >= written / 2
    return shape if enough and depths(shape.rows) > 1 else None


def _parts(line: str) -> list[tuple[int, str]]:
    """The words between the arrows, each with its column."""
    mark = _MARK.match(line)
    start = mark.end() if mark else 0
    found = []
    for arrow in (*_ARROW.finditer(line, start), None):
        words = line[start : arrow.start() if arrow else len(line)]
        if words.strip():
            found.append((start + len(words) - len(words.lstrip()), words.strip()))
        start = arrow.end() if arrow else start
    return found


def _before(line: str, steps: list[tuple[int, _Node]]) -> _Node | None:
    """The words that a line beginning with an arrow continues: to its left, on the line above."""
    arrow = _ARROW.match(line)
    if not arrow or not steps:
        return None
    column = arrow.end() - len(arrow[0].lstrip())
    left = [node for at, node in steps if at < column]
    return left[-1] if left else steps[0][1]


def _write(node: _Node, grown: Growing) -> None:
    waiting = [(node, 0)]
    while waiting:
        each, deep = waiting.pop()
        grown.add(each.line, deep, each.words)
        waiting += [(below, deep + 1) for below in reversed(each.below.values())]
