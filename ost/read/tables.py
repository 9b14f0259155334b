"""Markdown tables, which CommonMark does not define: a paragraph whose second line is a delimiter
row.
"""

import re

from msgspec import Struct

from ost.expression import expression
from ost.read import decoration

_RULE = expression(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE)
_STANCES = ("against", "contra")


class Cells(Struct, frozen=True):
    """The text before a table, its header and its rows. Header and rows come with their offset in
    the paragraph.
    """

    before: str
    heads: tuple[int, str]
    rows: tuple[tuple[int, str], ...]


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
    if "|" not in heads:
        return None
    rows, offset = [], ruled.end() + 1
    for row in content[offset:].split("\n"):
        if row.strip():
            rows.append((offset, row))
        offset += len(row) + 1
    return Cells("\n".join(before), (ruled.start() - 1 - len(heads), heads), tuple(rows))


def cells(text: str) -> tuple[str, list[str]]:
    """The words of a row, and its cells that are quotations. A cell that only says `against` comes
    first.
    """
    found = [decoration.plain(each.strip()) for each in text.split("|")]
    stances = [each for each in found if each.casefold() in _STANCES]
    words = [each for each in found if each and each not in stances]
    quotes = [quote for each in words if (quote := decoration.quotation(each))]
    return " ".join([*stances, *words]), quotes
