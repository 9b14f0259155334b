"""Turns tables whose columns are kinds into Markdown tables that the reader understands: other
separators, several things in one cell, other words for the kinds.
"""

import csv
import re
from collections.abc import Sequence
from itertools import zip_longest

from ost.exchange.foreign.source_lines import NumberedLine
from ost.exchange.outlines.labels import Labels

_LEAST = 2
_RULE = re.compile(r"[\s|:+-]*-[\s|:+-]*")
_SEVERAL = re.compile(r"\s*<br\s*/?>\s*|\n+|\s*;\s+|\s*•\s*", re.IGNORECASE)


def table(lines: Sequence[str], labels: Labels) -> tuple[NumberedLine, ...] | None:
    """The lines with such a table in Markdown, each with the number of its line in the source (-1
    for none).
    """
    for first, line in enumerate(lines):
        for sign in ("|", "\t", ";", ","):
            heads = _cells(line, sign)
            kinds = [labels.kind(each) for each in heads]
            if sum(map(bool, kinds)) >= _LEAST:
                return _rewritten(lines, first, sign, heads, kinds)
    return None


def _rewritten(
    lines: Sequence[str], first: int, sign: str, heads: list[str], kinds: list[str]
) -> tuple[NumberedLine, ...]:
    made: list[NumberedLine] = [*enumerate(lines[:first]), (-1, "")]
    names = [kind or head for kind, head in zip(kinds, heads, strict=True)]
    made += [(first, _row(names)), (-1, _row(["---"] * len(names)))]
    last = len(lines)
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if sign == "|" and not line.strip().startswith("|"):
            last = number
            break
        if not line.strip() or (sign == "|" and _RULE.fullmatch(line)):
            continue
        cells = _cells(line, sign)
        split = [
            _SEVERAL.split(cell) if at < len(kinds) and kinds[at] else [cell]
            for at, cell in enumerate(cells)
        ]
        filled = [[each for each in cell if each.strip()] or [""] for cell in split]
        made += [(number, _row(row)) for row in zip_longest(*filled, fillvalue="")]
    return (*made, (-1, ""), *((number, lines[number]) for number in range(last, len(lines))))


def _cells(line: str, sign: str) -> list[str]:
    if sign != "|":
        return [each.strip() for each in next(csv.reader([line], delimiter=sign), [])]
    if "|" not in line.strip().strip("|"):
        return []
    if line.strip().startswith("||"):  # the headings of a table in a wiki's markup
        return [each.strip() for each in line.strip().strip("|").split("||")]
    return [each.strip() for each in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(each.replace('|', ' ') for each in cells)} |"
