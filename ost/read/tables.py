"""Tables in a paragraph, which is what CommonMark reads them as."""

from msgspec import Struct

from ost.read import decoration
from ost.tables import ruled

_STANCES = ("against", "contra")


class MarkdownTable(Struct, frozen=True):
    """The text before a table, its header and its rows. Header and rows come with their offset in
    the paragraph.
    """

    before: str
    heads: tuple[int, str]
    rows: tuple[tuple[int, str], ...]


def table(content: str) -> MarkdownTable | None:
    """The table in a paragraph, or None."""
    found = ruled(content)
    if found is None:
        return None
    start, end = found
    *before, heads = content[: start - 1].split("\n")
    rows, offset = [], end + 1
    for row in content[offset:].split("\n"):
        if row.strip():
            rows.append((offset, row))
        offset += len(row) + 1
    return MarkdownTable("\n".join(before), (start - 1 - len(heads), heads), tuple(rows))


def words(cells: list[str]) -> tuple[str, list[str]]:
    """The words of a row, and its cells that are quotations. A cell that only says `against` comes
    first.
    """
    found = [decoration.plain(each) for each in cells]
    stances = [each for each in found if each.casefold() in _STANCES]
    others = [each for each in found if each and each not in stances]
    quotes = [quote for each in others if (quote := decoration.quotation(each))]
    return " ".join([*stances, *others]), quotes
