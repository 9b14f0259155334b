"""Trees drawn as boxes next to each other, whose positions say what is below what."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ost.exchange.outlines.labels import Labels
from ost.exchange.outlines.row import Growing, TreeShape, depths

_INLINE = re.compile(r"\[(?!\[)([^\[\]\n]{2,})\](?![(\[\]:])|\(\(?([^()\n]{3,})\)\)?")
_TOP = re.compile(r"[+┌╭╔.][-─═_=]{2,}[+┐╮╗.]")
_BOTTOM = re.compile(r"[+└╰╚'`][-─═_=┬+┴]{2,}[+┘╯╝'`]")
_SIDES = "|│┃║"
_DRAWN = re.compile(r"[\s|/\\+│┃─━═┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝v^▼▲↓↑<>*.'`_-]*")
_FEWEST = 3


class _Box(NamedTuple):
    line: int
    left: int
    right: int
    words: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def boxes(lines: Sequence[str], labels: Labels) -> TreeShape | None:
    """The boxes, each below the nearest box above it."""
    wide = [line.expandtabs(4) for line in lines]
    found = list(_framed(wide)) or list(_inline(wide, labels))
    levels = _levels(found)
    if len(found) < _FEWEST or len(levels) < 2 or all(len(level) == 1 for level in levels):
        return None
    below: dict[_Box, list[_Box]] = {}
    for above, level in pairwise(levels):
        for box in level:
            below.setdefault(min(above, key=lambda each: _away(each, box)), []).append(box)
    grown = Growing()
    taken = {row for box in found for row in _rows(box)}
    for number, line in enumerate(lines):
        if number not in taken and not _DRAWN.fullmatch(line):
            grown.text(number, line)
    waiting = [(box, 0) for box in reversed(levels[0])]
    while waiting:
        box, depth = waiting.pop()
        grown.add(box.line, depth, " ".join(box.words.split()))
        waiting += [(each, depth + 1) for each in reversed(below.get(box, []))]
    shape = grown.shape()
    return shape if depths(shape.rows) > 1 else None


def _away(above: _Box, box: _Box) -> tuple[float, float]:
    """How far a box is from the columns of one above it, and from its middle."""
    beside = max(above.left - box.middle, box.middle - above.right, 0)
    return beside, abs(above.middle - box.middle)


def _rows(box: _Box) -> range:
    return range(box.line, box.line + box.words.count("\n") + 1)


def _levels(found: Sequence[_Box]) -> list[list[_Box]]:
    """The boxes that begin at the same height, from left to right."""
    levels: list[list[_Box]] = []
    for box in sorted(found, key=lambda each: (each.line, each.left)):
        if levels and box.line <= levels[-1][0].line + levels[-1][0].words.count("\n"):
            levels[-1].append(box)
        else:
            levels.append([box])
    return [sorted(level, key=lambda each: each.left) for level in levels]


def _inline(lines: Sequence[str], labels: Labels) -> Iterator[_Box]:
    """`[words] [words]` on one line. Words before the first box name its kind."""
    for number, line in enumerate(lines):
        found = [each for each in _INLINE.finditer(line) if _says(each[1] or each[2], labels)]
        rest = _INLINE.sub(" ", line)
        kind = labels.kind(rest.strip(" \t*_:-|")) if found else ""
        if not found or (not kind and not _DRAWN.fullmatch(rest)):
            continue
        for box in found:
            words = (box[1] or box[2]).strip()
            named = f"{kind}: {words}" if kind and not labels.words.label(words) else words
            yield _Box(number, box.start(), box.end(), named)


def _says(words: str, labels: Labels) -> bool:
    return bool(re.search(r"\w", words)) and not labels.kind(words) and len(words.strip()) > 1


def _framed(lines: Sequence[str]) -> Iterator[_Box]:
    """Boxes with a frame around them."""
    for number, line in enumerate(lines):
        for top in _TOP.finditer(line):
            words = _framed_words(lines[number + 1 :], *top.span())
            if re.search(r"\w", words):
                yield _Box(number + 1, *top.span(), words)


def _framed_words(below: Sequence[str], left: int, right: int) -> str:
    """The words inside a frame, or "" if no frame is complete."""
    words: list[str] = []
    for line in below:
        cut = line[left:right].rstrip()
        if _BOTTOM.fullmatch(cut) and words:
            return "\n".join(words)
        if not cut or cut[0] not in _SIDES:
            break
        words.append(cut.strip(f"{_SIDES} "))
    return ""
