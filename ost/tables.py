"""Markdown tables, the same for reading (`ost.read`) and for showing (`ost.markup`).

CommonMark has no tables. To it, a table is a paragraph whose second line is ruled.
"""

import re
from itertools import pairwise

from ost.expression import expression

_RULED = expression(
    r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE
)
_BAR = expression(r"\[\[[^\[\]]*\]\]|(?P<bar>(?<!\\)\|)")
"""Matches wikilinks too, because a `|` in one does not divide cells."""


def ruled(text: str) -> tuple[int, int] | None:
    """The offsets of the first ruled line that is below a row. The table begins with that row."""
    for found in _RULED.finditer(text) if "|" in text and "-" in text else ():
        above = text.rfind("\n", 0, max(found.start() - 1, 0)) + 1
        if found.start() and "|" in found[0] and _bars(text[above : found.start() - 1]):
            return found.span()
    return None


def cells(row: str) -> list[tuple[int, str]]:
    """The cells of a row, each with its offset. A row has any number of them."""
    bars = [-1, *_bars(row), len(row)]
    found = [(start + 1, row[start + 1 : end]) for start, end in pairwise(bars)]
    begin = len(found) > 1 and not found[0][1].strip()
    end = len(found) > 1 + begin and not found[-1][1].strip()
    return found[begin : len(found) - end]


def cell_words(row: str) -> list[str]:
    """The words of the cells of a row."""
    return [each.strip().replace("\\|", "|") for _, each in cells(row)]


def _bars(row: str) -> list[int]:
    return [each.start() for each in _BAR.finditer(row) if each["bar"]]
