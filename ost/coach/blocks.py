"""A guide's text as blocks: paragraphs, items, cells and values, each under its headings.

Markdown as people write it by hand, read loosely: a line that looks like a heading is one.
"""

# ruff: noqa: E501 - a pattern is read more easily whole

import re
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from ost.read.comments import hide_comments
from ost.read.extent import extent


class Kind(Enum):
    """The kind of a block on the page."""

    HEADING = 1
    TEXT = 2
    ITEM = 3
    CELL = 4
    VALUE = 5


class Block(Struct, frozen=True):
    """A run of text; `label` is a cell's column or a value's key, `level` a heading's depth."""

    line: int
    kind: Kind
    text: str
    level: int = 0
    label: str = ""


BOLD_LEVEL = 7
"""The level of a line in bold that acts as a heading, below every other."""

_HEADING = re.compile(r" {0,3}(#{1,6})(?!#)[ \t]*(\S[^\n]*)")
_UNDERLINE = re.compile(r" {0,3}(?:(=+)|(-{3,}))[ \t]*\Z")
_BOLD = re.compile(r"\s*(?:\*\*|__)([^*_\n]{2,80})(?:\*\*|__)\s?:?\s*\Z")
_FENCE = re.compile(r"\s*(?:```+|~~~+)[ \t]*(\w*)")
_QUOTE = re.compile(r"\s*(?:>\s?)+")
_BULLET = re.compile(
    r"\s*(?:[-*+•–—↳→▪◦‣·☐▢□]\s+|\(?\d{1,3}(?:\.\d{1,2}){0,2}[a-z]?[.):]\s+|\(?[a-zA-Z][.)]\s+|(?:\*\*|__)?[A-Za-z]{0,2}\d{1,3}(?:\.\d{1,2}){0,2}[.):]?(?:\*\*|__)?[.):]?\s+(?=\S)(?<=[.):*_]\s)|[Qq]\d{1,3}\s+|\d{1,2}\s+-\s+)(?:\[[ xX]?\]\s+)?"
)
_ROW = re.compile(r"[\s:|+-]*-[\s:|+-]*\Z")
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_KEY = re.compile(r"(\s*)(-\s+)?([A-Za-z][\w -]{0,40}):(?:\s+(\S.*))?\Z")
_SHORT = 60
"""A line with fewer letters than this was ended by its author, not wrapped."""
_SPOKEN = frozenset(("", "text", "txt", "md", "markdown"))
ASKS = re.compile(
    r"(?:How|What|When|Where|Who|Whom|Which|Why|Tell|Walk|Talk|Describe|Can|Could|Do|Does|Did|Is|Are|"
    r"Was|Were|Have|Has|Would|Will|Please|Think|Show)\b"
)


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text, in order; comments are left out, and so is code."""
    front = extent(text)
    begin = front.body if front else 0
    lines = (text[:begin] + hide_comments(text[begin:]).text).split("\n")
    number = 0
    if lines[0].strip() == "---":
        end = next((i for i, line in enumerate(lines) if i and line.strip() in ("---", "...")), 0)
        yield from _values(lines, 1, end)
        number = end + 1 if end else 1
    yield from _MarkdownBlocks(lines, number).read()


class _Paragraph:
    """The lines of a paragraph or an item that has not ended."""

    def __init__(self) -> None:
        self.line = 0
        self.kind = Kind.TEXT
        self.parts: list[str] = []

    def end(self) -> Iterator[Block]:
        if self.parts:
            yield Block(self.line, self.kind, " ".join(self.parts))
        self.parts = []

    def add(self, number: int, text: str, kind: Kind) -> None:
        if not self.parts:
            self.line, self.kind = number, kind
        self.parts.append(text)


class _MarkdownBlocks:
    """Reads the blocks of Markdown line by line; `row` is the next line."""

    def __init__(self, lines: list[str], row: int) -> None:
        self.lines, self.row = lines, row
        self.paragraph = _Paragraph()
        self.header: list[str] = []

    def read(self) -> Iterator[Block]:
        while self.row < len(self.lines):
            line = self.lines[self.row]
            quote = _QUOTE.match(line)
            self.row += 1
            yield from self._line(line[quote.end() if quote else 0 :], self._at(self.row))
        yield from self.paragraph.end()

    def _at(self, row: int) -> str:
        return self.lines[row] if row < len(self.lines) else ""

    def _line(self, line: str, following: str) -> Iterator[Block]:
        hashes = line.lstrip().startswith("#")
        heading = _heading(line, following)
        if fence := _FENCE.match(line):
            yield from self.paragraph.end()
            yield from self._fence(fence[1].lower())
        elif heading and not self.paragraph.parts:
            yield Block(self.row, Kind.HEADING, heading[1], heading[0])
            self.row += _UNDERLINE.match(following) is not None and not hashes
        elif heading and (hashes or heading[0] == BOLD_LEVEL):
            yield from self.paragraph.end()
            yield Block(self.row, Kind.HEADING, heading[1], heading[0])
        elif line.count("|") > 1:
            yield from self.paragraph.end()
            yield from self._table_row(line, following)
        elif not line.strip() or _UNDERLINE.match(line):
            yield from self.paragraph.end()
        else:
            yield from _line(self.paragraph, self.row, line)

    def _fence(self, language: str) -> Iterator[Block]:
        """The lines up to the closing fence: questions in YAML or plain text, never code."""
        first = self.row
        rows = range(first, len(self.lines))
        end = next((row for row in rows if _FENCE.match(self.lines[row])), len(self.lines))
        self.row = end + 1
        if language in ("yaml", "yml"):
            yield from _values(self.lines, first, end)
        elif language in _SPOKEN:
            for row in range(first, end):
                yield Block(row + 1, Kind.TEXT, self.lines[row].strip())

    def _table_row(self, line: str, following: str) -> Iterator[Block]:
        if _ROW.match(line):
            return
        cells = line.strip().strip("|").split("|")
        if _ROW.match(following) and following.count("|") > 1:
            self.header = [cell.strip() for cell in cells]
        yield from _cells(self.row, cells, self.header)
        if following.count("|") < 2:
            self.header = []


def _heading(line: str, following: str) -> tuple[int, str] | None:
    if found := _HEADING.match(line):
        return len(found[1]), found[2].rstrip("# \t")
    if "?" not in line and (found := _BOLD.match(line)) and not ASKS.match(found[1]):
        return BOLD_LEVEL, found[1]
    under = _UNDERLINE.match(following)
    if under and line.strip() and not _BULLET.match(line) and "|" not in line and "?" not in line:
        return (1 if under[1] else 2), line.strip()
    return None


def _cells(number: int, cells: list[str], header: list[str]) -> Iterator[Block]:
    for column, cell in enumerate(cells):
        label = header[column] if column < len(header) else ""
        for part in _BREAK.split(cell):
            bullet = _BULLET.match(part)
            if text := part[bullet.end() if bullet else 0 :].strip():
                yield Block(number, Kind.CELL, text, label="" if text == label else label)


def _line(paragraph: _Paragraph, number: int, line: str) -> Iterator[Block]:
    """Takes a line of text, which begins or continues an item or a paragraph."""
    bullet = _BULLET.match(line)
    text = line[bullet.end() if bullet else 0 :].strip()
    key = _KEY.match(line)
    if bullet or (key and not key[4] and not key[1] and key[3].islower()):
        yield from paragraph.end()
    elif paragraph.parts and _starts_question(paragraph.parts[-1], text):
        kind = paragraph.kind
        yield from paragraph.end()
        paragraph.add(number, text, kind)
        return
    paragraph.add(number, text, Kind.ITEM if bullet else Kind.TEXT)


def _starts_question(before: str, text: str) -> bool:
    """Whether a line is a question of its own rather than a continuation."""
    if before.rstrip("*_\"”') ").endswith(("?", ".", "!")):
        return True
    if ASKS.match(text.lstrip('*_"“(')):
        return not before.endswith((",", ";", "-", "–", " and", " or"))
    return (
        bool(ASKS.match(before))
        and len(before) < _SHORT
        and text[:1].isupper()
        and text[:2] != "I "
    )


def _values(lines: list[str], start: int, end: int) -> Iterator[Block]:
    """The values of a YAML text, each with the keys above it as its label."""
    keys: list[tuple[int, str]] = []
    folded = -1
    for number in range(start, end):
        line = lines[number]
        indent = len(line) - len(line.lstrip())
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if folded >= 0 and indent > folded:
            yield Block(number + 1, Kind.VALUE, line.strip(), label=_path(keys))
            continue
        folded = -1
        found = _KEY.match(line)
        if found:
            indent += len(found[2] or "")
            keys = [each for each in keys if each[0] < indent]
            keys.append((indent, found[3]))
            value = (found[4] or "").split(" #")[0].strip().strip("\"'")
            if value[:1] in ("|", ">"):
                folded = indent
            elif value:
                yield Block(number + 1, Kind.VALUE, value, label=_path(keys))
        else:
            keys = [each for each in keys if each[0] < indent or not line.lstrip().startswith("-")]
            text = line.strip().removeprefix("-").split(" #")[0].strip().strip("\"'")
            yield Block(number + 1, Kind.VALUE, text, label=_path(keys))


def _path(keys: list[tuple[int, str]]) -> str:
    return " / ".join(key for _, key in keys)
