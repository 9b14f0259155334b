"""Finds the tables in the texts of an import."""

import re
from collections.abc import Iterator

from ost.exchange.foreign.imports import Material, UnreadLine
from ost.exchange.tables.sheet import ForeignRow, ForeignTable, sheet
from ost.read.suffixes import MARKDOWN

SUFFIXES = (".csv", ".tsv", ".tab")


def sheets(material: Material) -> tuple[ForeignTable, ...]:
    """The tables of an import: all in a folder, or the one in a file."""
    return tuple(
        sheet(path, text)
        for path, text in sorted(material.files.items())
        if path.casefold().endswith(SUFFIXES) and text.strip()
    )


def tabbed_texts(material: Material) -> tuple[ForeignTable, ...]:
    """Tables in text files, as spreadsheets save them: with tabs between cells."""
    texts = sorted(material.files.items())
    named = ((path, text) for path, text in texts if path.casefold().endswith(".txt"))
    return tuple(sheet(path, text) for path, text in named if "\t" in text.partition("\n")[0])


_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*")


def markdown_tables(material: Material) -> tuple[ForeignTable, ...]:
    """The first table of each Markdown text; the text around it is ignored."""
    texts = sorted(material.files.items())
    named = ((path, text) for path, text in texts if path.casefold().endswith((*MARKDOWN, ".txt")))
    return tuple(table for path, text in named for table in _table(path, text.split("\n")))


def _table(path: str, lines: list[str]) -> Iterator[ForeignTable]:
    ruled = (at for at in range(1, len(lines)) if _RULE.fullmatch(lines[at]))
    at = next((each for each in ruled if "|" in lines[each - 1]), None)
    if at is None:
        return
    end = at + 1
    while end < len(lines) and "|" in lines[end]:
        end += 1
    rows = tuple(ForeignRow(number + 1, _cells(lines[number])) for number in range(at + 1, end))
    around = [*range(at - 1), *range(end, len(lines))]
    unread = tuple(
        UnreadLine(path, number + 1, lines[number].strip(), "outside of the table")
        for number in around
        if lines[number].strip() and not lines[number].startswith("#")
    )
    yield ForeignTable(path, _cells(lines[at - 1]), rows, unread, at)


def _cells(line: str) -> tuple[str, ...]:
    inside = line.strip().removeprefix("|").removesuffix("|")
    return tuple(each.replace("\\|", "|").strip() for each in re.split(r"(?<!\\)\|", inside))
