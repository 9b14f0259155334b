"""Markdown tables, which CommonMark does not define: a paragraph whose second line is a delimiter
row.
"""

import re

from msgspec import Struct

from ost.expression import expression
from ost.read import decoration

_RULE = expression(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE)
_BAR = expression(r"\[\[[^\[\]]*\]\]|(?P<bar>(?<!\\)\|)")
"""What divides cells; a `|` in a wikilink does not."""
_INDENTED = ("    ", "\t", " \t", "  \t", "   \t")
"""With these a row is code, which ends a table."""
_STANCES = ("against", "contra")


class Cells(Struct, frozen=True):
    """The text before a table, its header and its rows. Header and rows come with their offset in
    the paragraph.

    `width` is the number of cells in the header, because pages show no more of a row; 0 if it does
    not match the line below, so that all is shown as text. `after` is where the text continues
    after an indented row, which is code; 0 if there is none.
    """

    before: str
    heads: tuple[int, str]
    rows: tuple[tuple[int, str], ...]
    width: int = 0
    after: int = 0

    def shown(self, row: str) -> str:
        """A row without the cells that pages leave out."""
        if not self.width or row.count("|") < self.width:
            return row
        bars = _bars(row)
        begin = bars[:1] == [len(row) - len(row.lstrip())]
        last = self.width + begin - 1
        return row[: bars[last]] if last < len(bars) else row


def table(content: str) -> Cells | None:
    """The table in a paragraph, or None."""
    if "|" not in content or "-" not in content:
        return None
    for ruled in _RULE.finditer(content):
        if ruled.start() and "|" in ruled[0]:
            break
    else:
        return None
    *before, heads = content[: ruled.start() - 1].split("\n")
    if not _bars(heads):
        return None
    width = _width(heads)
    fits = width == _width(ruled[0])
    rows, after = _rows(content, ruled.end() + 1, ends=fits)
    begin = ruled.start() - 1 - len(heads)
    return Cells("\n".join(before), (begin, heads), rows, width if fits else 0, after)


def _rows(content: str, offset: int, *, ends: bool) -> tuple[tuple[tuple[int, str], ...], int]:
    """The rows from an offset on; if an indented one `ends` them, where the text goes on."""
    rows, after = [], 0
    for row in content[offset:].split("\n"):
        code = ends and row.startswith(_INDENTED)
        if after and not code:
            break
        offset += len(row) + 1
        if code:
            after = offset
        elif row.strip():
            rows.append((offset - len(row) - 1, row))
    return tuple(rows), after


def _bars(row: str) -> list[int]:
    return [each.start() for each in _BAR.finditer(row) if each["bar"]]


def _width(row: str) -> int:
    """How many cells a row has."""
    text = row.strip()
    bars = _bars(text)
    return len(bars) + 1 - (bars[:1] == [0]) - (bars[-1:] == [len(text) - 1])


def cells(text: str) -> tuple[str, list[str]]:
    """The words of a row, and its cells that are quotations. A cell that only says `against` comes
    first.
    """
    found = [decoration.plain(each.strip()) for each in text.split("|")]
    stances = [each for each in found if each.casefold() in _STANCES]
    words = [each for each in found if each and each not in stances]
    quotes = [quote for each in words if (quote := decoration.quotation(each))]
    return " ".join([*stances, *words]), quotes
