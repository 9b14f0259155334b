"""Reads Markdown blocks in simple forms.

Most snapshots use only simple forms. For them, `scan` returns the same events as markdown-it-py
(`ost.read.commonmark`) in a fifth of the time. It returns None whenever it is not certain. A
property test compares the two.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from ost.expression import expression
from ost.limits import DEEPEST_LISTS
from ost.read.blocks import BlockEvent, end

_ITEM = expression(r"([-*+]|(\d{1,9})[.)]) (?=[^ ])")
_HEADING = expression(r"(#{1,6}) +([^ ].*)")
_CLOSED = expression(r"(?:^|(?<=[ ]))#+$")
"""The signs that close a heading."""
_MARKS = frozenset("-*+0123456789")
# May start a block other than a paragraph, or turn the line above into one.
_SPECIAL = expression(
    r"[#>`~<=]|[-+*](?: |$)|\d{1,9}[.)](?: |$)|\[[^\]]*+(?:\]:|$)|[-_*](?: *[-_*])* *$"
)
_RULE = expression(r"-{3,} *|_{3,} *|\*{3,} *")
"""A line across the page, if there is no paragraph before it."""


class _Item(Struct, frozen=True, gc=False):
    indent: int
    content: int


def scan(body: str, lines: Sequence[str] = ()) -> list[BlockEvent] | None:
    """The events of a body in simple forms, or None. `lines` are its lines, if they are known."""
    if "\t" in body or "\x00" in body or "\r" in body:
        return None
    return _Scan(lines or body.split("\n")).events()


class _Scan:
    def __init__(self, lines: Sequence[str]) -> None:
        self.found: list[BlockEvent] = []
        self.items: list[_Item] = []
        self.paragraph: list[str] = []
        self.first = 0
        self.quote_end = -1
        self.lines = lines
        self.ahead: tuple[int, re.Match[str] | None] = (-1, None)
        """A line that was read ahead, and the item that begins there."""

    def events(self) -> list[BlockEvent] | None:
        for number, line in enumerate(self.lines):
            if not line:
                if self.paragraph or self.quote_end >= 0:
                    self._end_quote()
                continue
            if line[0].isalpha() and not self.items and self.quote_end < 0:
                self._add(number, line)
                continue
            if line[0] in _MARKS and not (self.items or self.paragraph or self.quote_end >= 0):
                item = self.ahead[1] if self.ahead[0] == number else _ITEM.match(line)
                if item is not None:
                    if not self._item(number, 0, line, item):
                        return None
                    continue
            text = line.lstrip(" ")
            if not text:
                self._end_quote()
            elif not self._line(number, len(line) - len(text), text):
                return None
        self._pop(0)
        return self.found

    def _line(self, number: int, indent: int, text: str) -> bool:
        """Reads a line that is not blank. False if it needs the full parser."""
        inside = self.items[-1].content if self.items else 0
        begin = text[0]
        item = _ITEM.match(text) if begin in _MARKS else None
        if indent < inside:
            if item is None and begin not in "#>" and (self.paragraph or self.quote_end >= 0):
                return self._words(number, text)  # perhaps a lazy continuation
            keep = len(self.items)
            while keep and indent < self.items[keep - 1].content:
                keep -= 1
            if item is not None and self.items[keep].indent != indent:
                return False
            self._pop(keep)
            inside = self.items[-1].content if self.items else 0
        elif item and item[2] not in (None, "1") and self.paragraph and self.quote_end < 0:
            return False
        # Up to three spaces may come before a heading or a quote; else the full parser decides.
        if indent != inside and not (begin in "#>" and inside < indent < inside + 4):
            return False
        if item is not None:
            return self._item(number, indent, text, item)
        if begin == ">":
            return self._quoted(number, text)
        if begin == "#":
            return self._heading(number, text)
        return self._words(number, text)

    def _words(self, number: int, text: str) -> bool:
        """Reads a line of a paragraph, or one across the page."""
        if self.quote_end >= 0:
            return False
        if _SPECIAL.match(text):
            return not self.paragraph and _RULE.fullmatch(text) is not None
        self._add(number, text)
        return True

    def _item(self, number: int, indent: int, text: str, item: re.Match[str]) -> bool:
        content = text[item.end() :]
        if len(self.items) == DEEPEST_LISTS // 2:
            return False
        if not content[0].isalpha() and _SPECIAL.match(content):
            return False
        if self.paragraph or self.quote_end >= 0:
            self._end_quote()
        depth, ordered, words = len(self.items), item[2] is not None, content.strip()
        if words and self._alone(number, indent):
            self.found.append(BlockEvent("item", number, depth, words, ordered))
            return True
        self.found.append(BlockEvent("item", number, depth, "", ordered))
        self.items.append(_Item(indent, indent + item.end()))
        self.first, self.paragraph = number, [content]
        return True

    def _alone(self, number: int, indent: int) -> bool:
        """Whether the lines after an item's first line certainly belong to something else."""
        lines, after = self.lines, number + 1
        while after < len(lines) and not lines[after]:
            after += 1
        if after == len(lines):
            return True
        follows = lines[after]
        if after > number + 1:
            return follows[0] != " "
        text = follows.lstrip(" ")
        item = _ITEM.match(text)
        if text is follows:
            self.ahead = (after, item)
        within = len(follows) - len(text) <= indent
        return within and (item is not None or _HEADING.match(text) is not None)

    def _quoted(self, number: int, text: str) -> bool:
        content = text[2:] if text[1:2] == " " else text[1:]
        if content[:1] == " " and not content.strip(" "):
            content = ""  # a blank line
        if not content[:1].isalpha() and (content[:1] == " " or _SPECIAL.match(content)):
            return False
        if self.quote_end < 0:
            self._end_paragraph()
            self.found.append(BlockEvent("quote", number))
        self.quote_end = number
        if content:
            self._add(number, content)
        else:
            self._end_paragraph()
        return True

    def _heading(self, number: int, text: str) -> bool:
        found = _HEADING.match(text)
        if found is None or self.items:
            return False
        self._end_quote()
        words = found[2].rstrip(" ")
        if words[-1:] == "#":
            words = _CLOSED.sub("", words)
        self.found.append(BlockEvent("heading", number, len(found[1]), words.strip()))
        return True

    def _add(self, number: int, text: str) -> None:
        if not self.paragraph:
            self.first = number
        self.paragraph.append(text)

    def _end_paragraph(self) -> None:
        if self.paragraph:
            self.found.append(BlockEvent("text", self.first, 0, "\n".join(self.paragraph).strip()))
            self.paragraph = []

    def _end_quote(self) -> None:
        self._end_paragraph()
        if self.quote_end >= 0:
            end(self.found, "quote", self.quote_end)
            self.quote_end = -1

    def _pop(self, keep: int) -> None:
        """Ends the open paragraph or quote, and all items after the first `keep`."""
        if self.paragraph or self.quote_end >= 0:
            self._end_quote()
        while len(self.items) > keep:
            self.items.pop()
            end(self.found, "item", 0)
