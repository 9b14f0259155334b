"""Comments for authors only: `<!-- … -->` and Obsidian's `%% … %%`.

Spaces of the same length replace a comment, so everything else keeps its place. Code contains no
comments. A comment that never ends hides the rest of the text: showing too little, with a warning,
is safer than showing what was hidden.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from msgspec import Struct

from ost.expression import expression
from ost.read.decoration import normalize
from ost.read.inline import end_of_code
from ost.read.place import Lines
from ost.tables import cells, ruled

NARROW = "\u00a0"
"""A space that Markdown does not read as indentation. It replaces a comment at the start of a line
or an item when words follow.
"""

_TOKEN = expression(
    r"[`\\<%](?:(?P<tick>(?<=`)`*)|(?P<slash>(?<=\\)[\\`<%])"
    r"|(?P<html>(?<=<)!--)|(?P<percent>(?<=%)%))"
)
"""It starts with one of a few characters, because searching for them is fast."""
_WORD = expression(r"[^\W_]*\Z")
_BEFORE = expression(r"(?:[ \t>\u00a0]|[-*+] |\d{1,9}[.)] |#{1,6} )*")
_QUOTED = expression(r"^[ \t>\u00a0]+", re.MULTILINE)
_LONGEST = 20
"""The number of characters in which a word before a sign is looked for."""
_FOLLOWS = expression(r"[ \t]*[^\s]")


class VisibleText(Struct, frozen=True):
    """The text without comments, and the offset of a comment that never ends (None if all end)."""

    text: str
    unclosed: int | None = None


def hide_comments(text: str) -> VisibleText:
    """The text with spaces in place of comments."""
    # One character is found, or not, in a fortieth of the time that several take.
    may_begin = ("%" in text and "%%" in text) or ("<" in text and "<!--" in text)
    return _Scan(text).visible() if may_begin else VisibleText(text)


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tilde = text.find("~~~")
        self.ticks = False
        """Whether a backtick outside comments came before: code may follow anywhere."""
        self.code: _Blocks | None = None
        self.pieces: list[str] = []
        """Parts of the text without comments, up to offset `copied`."""
        self.copied = 0
        self.looked = 0
        self.lead = (0, False)
        """Where the blanks and markers end that the line at offset `looked` begins with, and
        whether code may follow them. Found once, because a line may have many comments.
        """

    def visible(self) -> VisibleText:
        at = 0
        while (found := _TOKEN.search(self.text, at)) is not None:
            begin, at = found.span()
            match found.lastgroup:
                case "tick":
                    self.ticks = True
                    block = self._block(begin)
                    after = end_of_code(self.text, begin, at, block.end) or at
                    at = block.end if block.code else after
                case "html" | "percent":
                    if self._may_be_code(begin) and (block := self._block(begin)).code:
                        at = block.end
                        continue
                    end = self._end_of_comment(found)
                    if end is None:
                        continue
                    whole = len(self.text) if end < 0 else end
                    self.pieces += (self.text[self.copied : begin], self._blanks(begin, whole))
                    self.copied = at = whole
                    if end < 0:
                        return VisibleText(self._shown(), begin)
                    if self.code is not None and end > self.code.around(begin).end:
                        self.code = self.code.again(self._shown())
        return VisibleText(self._shown())

    def _shown(self) -> str:
        """The text without the comments found so far."""
        return "".join((*self.pieces, self.text[self.copied :]))

    def _may_be_code(self, at: int) -> bool:
        """Whether the place may be in code: after a code delimiter, or on an indented line."""
        if self.ticks or 0 <= self.tilde < at:
            return True
        return self._lead(at)[1]

    def _lead(self, at: int) -> tuple[int, bool]:
        """What the line of a place begins with. Each place is at or after the one before."""
        start = self.text.rfind("\n", self.looked, at) + 1
        if (start or not self.looked) and (found := _BEFORE.match(self.text, start)):
            self.lead = (found.end(), "    " in found[0] or "\t" in found[0])
        self.looked = at
        return self.lead

    def _block(self, at: int) -> "_Block":
        if self.code is None:
            self.code = _Blocks(self._shown())
        return self.code.around(at)

    def _end_of_comment(self, found: re.Match[str]) -> int | None:
        """The end of a comment. -1 if it never ends, None if it is not a comment."""
        begin, after = found.span()
        if found.lastgroup == "html":
            if self.text.startswith((">", "->"), after):  # HTML ends such a comment at once
                return self.text.index(">", after) + 1
            end = self.text.find("-->", after)
            return -1 if end < 0 else end + 3
        if self._counts(begin, after):
            return None
        end = self.text.find("%%", after)
        if end >= 0:
            return end + 2
        return -1 if not begin or self.text[begin - 1].isspace() else None

    def _counts(self, begin: int, after: int) -> bool:
        """Whether `%%` is a sign behind a number: `100%%`, but not `P07%%…` or `2026%%so…`."""
        word = _WORD.search(self.text, max(begin - _LONGEST, 0), begin)
        number = word is not None and word[0].isdigit()
        return number and not self.text[after : after + 1].isalnum()

    def _blanks(self, begin: int, end: int) -> str:
        """Spaces for a comment. Newlines stay."""
        lines = self.text[begin:end].split("\n")
        blanks = [" " * len(each) for each in lines]
        first = len(lines) > 1 or self._lead(begin)[0] == begin
        if first and _FOLLOWS.match(self.text, end):
            blanks[-1] = NARROW * len(lines[-1])
        return "\n".join(blanks)


class _Block(Struct, frozen=True):
    """The start and end of a Markdown block, and whether it is code."""

    start: int
    end: int
    code: bool = False


class _Blocks:
    """The Markdown blocks of a text."""

    def __init__(self, text: str, left: int = 8) -> None:
        """Finds the blocks. `left` limits how often they may be found again."""
        from ost.read import commonmark

        self.left = left
        starts = [*Lines(text).starts, len(text) + 1]
        self.found: list[_Block] = []
        for first, last, code in commonmark.leaves(normalize(text.replace("\r", " "))):
            block = _Block(starts[first], starts[last] - 1, code)
            self.found += [block] if code else _parts(text, block)

    def again(self, text: str) -> "_Blocks":
        """The blocks of a text after a comment that hid the start of some. After too many attempts,
        no block counts as code and comments in code are hidden too.
        """
        if self.left:
            return _Blocks(text, self.left - 1)
        self.found = []
        return self

    def around(self, at: int) -> _Block:
        """The block that contains a place, or an empty one."""
        number = bisect_right(self.found, at, key=_START) - 1
        block = self.found[number] if number >= 0 else None
        return block if block is not None and at < block.end else _Block(at, at)


_START = attrgetter("start")


def _parts(text: str, block: _Block) -> Iterator[_Block]:
    """A block, up to a table in it, and the table's cells: no code goes beyond a cell."""
    inside = text[block.start : block.end]
    found = ruled(_QUOTED.sub(lambda each: " " * len(each[0]), inside))
    table = inside.rfind("\n", 0, found[0] - 1) + 1 if found else len(inside)
    if table:
        yield _Block(block.start, block.start + table)
    offset = block.start + table
    for row in inside[table:].split("\n") if found else ():
        for start, cell in cells(row):
            yield _Block(offset + start, offset + start + len(cell))
        offset += len(row) + 1
