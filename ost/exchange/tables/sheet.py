"""Reads a table in a text, CSV or TSV, without giving it a meaning."""

import csv
import re
from collections.abc import Generator, Iterator, Sequence

from msgspec import Struct

from ost.exchange.foreign.imports import UnreadLine
from ost.limits import LARGEST_FILE
from ost.read.place import normalize_newlines

_SEPARATOR = re.compile(r"sep=(.)\n", re.IGNORECASE)
_UNCLOSED = 20
"""How many unclosed quotes are skipped. Each costs a search through the rest of the text."""
_SHOWN = 80

csv.field_size_limit(LARGEST_FILE)


class ForeignRow(Struct, frozen=True):
    """A row that is not empty, with the number of its first line, from one."""

    line: int
    cells: tuple[str, ...]

    def cell(self, at: int) -> str:
        """A cell without surrounding spaces; "" if the row is too short."""
        return self.cells[at].strip() if at < len(self.cells) else ""

    @property
    def text(self) -> str:
        """The beginning of the row's text."""
        words = " | ".join(" ".join(each.split()) for each in self.cells if each.strip())
        return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


class ForeignTable(Struct, frozen=True):
    """A table. `line` is the line of its headings, from one; `unread` are the lines above them and
    the rows that could not be read completely.
    """

    path: str
    headings: tuple[str, ...]
    rows: tuple[ForeignRow, ...] = ()
    unread: tuple[UnreadLine, ...] = ()
    line: int = 1

    @property
    def name(self) -> str:
        """The file's name, without folder and suffix."""
        return self.path.rpartition("/")[2].rpartition(".")[0] or self.path

    def filled(self, at: int) -> bool:
        """Whether any row has a value in a column."""
        return any(row.cell(at) for row in self.rows)


def sheet(path: str, text: str) -> ForeignTable:
    """The table in a text. Its headings are the first row with at least two of them, or else the
    first row.
    """
    strange: list[tuple[int, str]] = []
    found = list(rows(text, strange))
    lines = normalize_newlines(text).split("\n") if strange else []
    unread = [UnreadLine(path, line, lines[line - 1][:_SHOWN], why) for line, why in strange]
    several = (at for at, row in enumerate(found) if sum(map(bool, map(str.strip, row.cells))) > 1)
    first = next(several, 0)
    unread += [
        UnreadLine(path, each.line, each.text, "above the headings") for each in found[:first]
    ]
    if not found:
        return ForeignTable(path, (), (), tuple(unread))
    head = tuple(" ".join(each.split()) for each in found[first].cells)
    while head and not head[-1]:
        head = head[:-1]
    below = found[first + 1 :]
    unread += [
        UnreadLine(path, row.line, row.text, why) for row in below if (why := _ragged(row, head))
    ]
    return ForeignTable(path, head, tuple(below), tuple(unread), found[first].line)


def _ragged(row: ForeignRow, head: Sequence[str]) -> str:
    cells = list(row.cells)
    while cells and not cells[-1].strip():
        cells.pop()
    short = len(row.cells) < len(head)
    return (
        f"{len(row.cells)} cells below {len(head)} headings"
        if short or len(cells) > len(head)
        else ""
    )


def rows(text: str, strange: list[tuple[int, str]]) -> Iterator[ForeignRow]:
    """The rows of a text that are not empty. Lines that could not be read go to `strange`."""
    text = normalize_newlines(text.removeprefix("\ufeff")).replace("\0", "")
    named = _SEPARATOR.match(text)
    lines = [f"{each}\n" for each in text.split("\n")]
    start = 1 if named else 0
    sign = named[1] if named else _sign("".join(lines[:200]))
    for _ in range(_UNCLOSED):
        broken = yield from _rows(lines, start, sign)
        if broken is None:
            return
        strange.append((broken + 1, "an unclosed quote"))
        start = broken + 1
    strange.append((start + 1, "not read from here on: too many unclosed quotes"))


def _rows(lines: Sequence[str], start: int, sign: str) -> Generator[ForeignRow, None, int | None]:
    """The rows from a line on. At the end, returns the line of an unclosed quote, or None."""
    reader = csv.reader(lines[start:], delimiter=sign)
    begin = start
    for cells in reader:
        end = start + reader.line_num
        if end == len(lines) and _open(lines[begin:end], sign):
            return begin
        if any(each.strip() for each in cells):
            yield ForeignRow(begin + 1, tuple(cells))
        begin = end
    return None


def _open(written: Sequence[str], sign: str) -> bool:
    """Whether a row has quotes that are never closed."""
    try:
        list(csv.reader(written, delimiter=sign, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _sign(text: str) -> str:
    """The separator of cells: the most frequent one in the first row, ignoring quoted text."""
    counts = dict.fromkeys(",;\t|", 0)
    inside = False
    for letter in text.lstrip("\n"):
        if letter == '"':
            inside = not inside
        elif not inside and letter in counts:
            counts[letter] += 1
        elif letter == "\n" and not inside and any(counts.values()):
            break
    return max(counts, key=lambda each: counts[each])
