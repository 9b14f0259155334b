"""Reads the unfinished words before the cursor, which no parser reads yet.

This is the only place that looks for notation outside the parser, because half-written notation is
in no reading.
"""

import re
from typing import Literal

from msgspec import Struct

from ost.lsp.projects import File
from ost.read.place import Lines

Where = Literal["link", "key", "value", "heading", "quote", "stamp", ""]


class Prefix(Struct, frozen=True):
    """The unfinished words: `begun` ends at the cursor.

    `field` is the front matter key above a key or value; "" at the top level. `closed` says that
    the brackets after the cursor close the link already.
    """

    where: Where
    begun: str
    field: str = ""
    closed: bool = False


_LINK = re.compile(r"\[\[([^\[\]|#]*)$")
_KEY = re.compile(r"(\w*)$")
_PART = re.compile(r"[ \t]+(?:-[ \t]+)?(\w*)$")
_TOP = re.compile(r"(\w+)[ \t]*:")
_VALUE = re.compile(r"[ \t]*(?:-[ \t]+)?(\w+):[ \t]+(?:\[[^\]]*?)?[\"']?([^,\[\]{}\"']*)$")
_FLOW = re.compile(r"\{(?:[^{}]*,)?\s*(\w*)$")
_FLOW_VALUE = re.compile(r"\{(?:[^{}]*,)?\s*(\w+):\s*([^,{}]*)$")
_ITEM = re.compile(r"[ \t]*-[ \t]+[\"']?([^:\"']*)$")
_HEADING = re.compile(r"#{1,6} ([^#]*)$")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+(.*)$")
_STAMP = re.compile(r"(?<![\[\w])\[(\d[\d:]*|)$")


def prefix_at(file: File, line: int, column: int) -> Prefix:
    """The unfinished words at a place."""
    lines = file.positions.lines
    whole = lines.line(line)
    before, after = whole[:column], whole[column:]
    if found := _LINK.search(before):
        return Prefix("link", found[1], _field(lines, line), closed=after.startswith("]]"))
    if in_front_matter(lines, line):
        return _in_front_matter(lines, line, before)
    if found := _FLOW_VALUE.search(before):
        return Prefix("value", found[2].strip(), found[1])
    if found := _STAMP.search(before):
        return Prefix("stamp", found[1], closed=after.startswith("]"))
    if found := _HEADING.match(before):
        return Prefix("heading", found[1])
    if found := _QUOTE.match(before):
        return Prefix("quote", found[1])
    return Prefix("", "")


def in_front_matter(lines: Lines, line: int) -> bool:
    """Whether a line is between the two `---` at the top of a file."""
    if line == 0 or lines.line(0).rstrip() != "---":
        return False
    return all(lines.line(each).rstrip() not in {"---", "..."} for each in range(1, line + 1))


def written_kind(file: File, line: int) -> str:
    """The kind of the node at a line: as read, or as written in front matter."""
    entry = file.entry(line)
    if entry is not None and entry.kind is not None:
        return entry.kind.text
    lines = file.positions.lines
    for number in range(1, min(len(lines.starts), _DEEP)):
        if not in_front_matter(lines, number):
            break
        found = re.match(r"(?:kind|type):\s*[\"']?(\w+)", lines.line(number))
        if found:
            return found[1]
    return ""


_DEEP = 100
"""The number of lines in which front matter names its kind."""


def _in_front_matter(lines: Lines, line: int, before: str) -> Prefix:
    above = _field(lines, line)
    if found := _FLOW_VALUE.search(before):
        return Prefix("value", found[2].strip(), f"{above}.{found[1]}")
    if found := _FLOW.search(before):
        return Prefix("key", found[1], above)
    if found := _VALUE.match(before):
        inside = before[:1].isspace() or before.startswith("-")
        return Prefix("value", found[2].strip(), f"{above}.{found[1]}" if inside else found[1])
    if found := _KEY.fullmatch(before):
        return Prefix("key", found[1])
    if (found := _ITEM.match(before)) and above:
        return Prefix("value", found[1].strip(), above)
    if (found := _PART.fullmatch(before)) and above:
        return Prefix("key", found[1], above)
    return Prefix("", "")


def _field(lines: Lines, line: int) -> str:
    """The top-level key that a line of front matter belongs to; "" outside front matter."""
    if not in_front_matter(lines, line):
        return ""
    for number in range(line, 0, -1):
        if found := _TOP.match(lines.line(number)):
            return found[1]
    return ""
