"""Finds where front matter begins and ends, whatever it contains."""

import re

from msgspec import Struct

from ost.expression import expression

_BEGIN = expression(r"\ufeff?(?P<blank>(?:[ \t\r]*\n)*)---[^\S\n]*(?:\n|$)")
# A pattern that starts with a certain sign is found faster than one with `^`.
_END = expression(r"\n(?:---|\.\.\.)[^\S\n]*$", re.MULTILINE)
_KIND = expression(r"^kind[ \t]*:", re.MULTILINE)
_KEY = expression(r"[A-Za-z_\"'][^\n:]*:(?=\s|$)|[ \t\-\]}]")
_HEADING = expression(r"\s*#{1,6} ")


class Extent(Struct, frozen=True, gc=False):
    """The extent of front matter. `start` and `end` exclude the two delimiters.

    `mark` is the offset of the first delimiter, `body` the offset of the text below. `closed` is
    false if the second delimiter is missing.
    """

    mark: int
    start: int
    end: int
    body: int
    closed: bool


def extent(text: str) -> Extent | None:
    """The extent of a text's front matter, or None."""
    begin = _BEGIN.match(text)
    if begin is None:
        return None
    mark, start = text.index("---"), begin.end()
    ended = _END.search(text, start - 1)
    end = ended.start() + 1 if ended else len(text)
    # After blank lines, `---` may be a horizontal rule, so a `kind` is required.
    if begin["blank"] and not (ended and _KIND.search(text, start, end)):
        return None
    if ended and "# " not in text[start:end]:  # nearly all texts: no heading, so it is certain
        return Extent(mark, start, end, min(ended.end() + 1, len(text)), closed=True)
    keys_end = _end_of_keys(text, start)
    if ended is None or _runs_on(text, keys_end, end):
        return Extent(mark, start, keys_end, keys_end, closed=False) if keys_end > start else None
    return Extent(mark, start, end, min(ended.end() + 1, len(text)), closed=True)


def _end_of_keys(text: str, start: int) -> int:
    """The end of the keys from `start` on: a blank line or a line without a key."""
    position = start
    while position < len(text) and _KEY.match(text, position):
        position = text.find("\n", position) + 1 or len(text)
    return position


def _runs_on(text: str, keys_end: int, end: int) -> bool:
    """Whether the line at `end` is a horizontal rule below text, not the end of front matter."""
    if keys_end >= end or not _HEADING.match(text, keys_end, end):
        return False
    rest = text[keys_end:end].split("\n")
    return any(each.strip() and not _KEY.match(each) and each[0] != "#" for each in rest)
