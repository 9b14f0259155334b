"""What the columns of a table mean, by their cells, if no heading says so."""

import re
from collections.abc import Callable, Sequence

from ost.exchange.tables.sheet import ForeignTable
from ost.read.letters import fold

_LEAST = 2
"""A column is one of kinds only if this many rows have a word for a kind."""
_MOST = 0.8
"""At least this share of the cells in a column of kinds are words for kinds."""
_KEY = re.compile(r"[A-Za-z]{0,8}[-_. #]?\d+(?:[.-]\d+)*[A-Za-z]?")


def by_contents(
    table: ForeignTable, holds: Sequence[str], names_kind: Callable[[str], bool]
) -> list[str]:
    """The meaning of all columns, including those with unknown headings: first a column of kinds,
    then one of titles, one of keys, and one that names other rows by title or key.
    """
    found = list(holds)
    unknown = [at for at, what in enumerate(found) if not what and table.filled(at)]
    cells = {at: [row.cell(at) for row in table.rows] for at in range(len(found))}
    if "kind" not in found:
        kinds = [at for at in unknown if _are_kinds(cells[at], names_kind)]
        found = _with(found, kinds, "kind")
    if "kind" not in found:
        return found
    unknown = [at for at in unknown if not found[at]]
    single = [at for at in unknown if all(cells[at]) and len(set(cells[at])) == len(cells[at])]
    keys = [at for at in single if all(map(_KEY.fullmatch, cells[at]))]
    if not {"title", "quote", "participant"} & set(found):
        words = [at for at in single if at not in keys]
        found = _with(found, sorted(words, key=lambda at: -_length(cells[at])), "title")
    if "key" not in found:
        found = _with(found, keys, "key")
    named = [at for at, what in enumerate(found) if what in ("title", "key")]
    known = {fold(cell) for at in named for cell in cells[at]}
    above = [at for at in unknown if not found[at] and _all_known(cells[at], known)]
    return found if "parent" in found else _with(found, above, "parent")


def _with(holds: list[str], columns: Sequence[int], what: str) -> list[str]:
    """The columns, after giving this meaning to the first of some."""
    return [what if at in columns[:1] else each for at, each in enumerate(holds)]


def _are_kinds(cells: Sequence[str], names_kind: Callable[[str], bool]) -> bool:
    filled = [each for each in cells if each]
    many = sum(map(names_kind, filled))
    return many >= _LEAST and many >= _MOST * len(filled)


def _all_known(cells: Sequence[str], known: set[str]) -> bool:
    return any(cells) and all(fold(each) in known for each in cells if each)


def _length(cells: Sequence[str]) -> int:
    return sum(map(len, cells))
