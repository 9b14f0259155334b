"""The content of one block: text, links and timestamps.

This module finds links and timestamps in our own notation, which CommonMark does not define.
"""

import re

from msgspec import Struct

from ost.expression import expression
from ost.read.document import LinkForm
from ost.read.timestamp import MARK, is_mark, seconds


class InlineLink(Struct, frozen=True, gc=False):
    """A link from `start` to `end`. Its target is from `target_start` to `target_end`.

    `reference` is the name of the link definition if the target is there.
    """

    form: LinkForm
    target: str
    words: str
    heading: str
    start: int
    end: int
    target_start: int
    target_end: int
    reference: str = ""


class InlineStamp(Struct, frozen=True, gc=False):
    """A timestamp from `start` to `end`, as written."""

    written: str
    start: int
    end: int


class InlineText(Struct, frozen=True, gc=False):
    """The words of a block, and its links and timestamps with their offsets."""

    text: str
    links: tuple[InlineLink, ...] = ()
    stamps: tuple[InlineStamp, ...] = ()
    unseen: tuple[tuple[int, int], ...] = ()
    """The offsets of addresses and titles in Markdown links."""


_TO = r"[ \t]*(?:[-–—~→]|to\b)[ \t]*"
_NAME = r"[^\[\]|#\\]*(?:\\(?!\|)[^\[\]|#\\]*)*"
"""Part of a name, which may span lines. In a table `\\|` ends the name; the backslash in
`folder\\id` does not.
"""
_WIKI = (
    rf"(?P<wiki>(?:(?<=\[)|(?<=!)\[)\[(?P<target>{_NAME})(?:#(?P<heading>[^\[\]|\\]*))?"
    r"(?:\\?\|(?P<words>[^\[\]]*))?\]\])"
)
_ADDRESS = r"(?:\([^()\s]*\))?"
_SQUARE = (
    rf"(?P<square>(?<=\[)(?P<mark>{MARK})(?:{_TO}(?P<to>{MARK}))?\]{_ADDRESS}"
    rf"(?:{_TO}\[(?P<until>{MARK})\]{_ADDRESS})?)"
)
_LINK = expression(r"\[([^\[\]]*)\]\([^()]*\)")
_ROUND = rf"(?P<round>(?<=\()(?P<inside>{MARK})(?:{_TO}(?P<inside_to>{MARK}))?\))"
_ANCHOR = (
    r"(?P<anchor>(?<=<)[aA](?=\s[^<>]*+>[^<>]*+</[aA]\s*+>)[^<>]*?\sdata-t\s*=\s*(?P<quote>[\"']?)"
    r"(?P<data>[0-9]{1,3}(?::[0-9]{1,3}){0,2})(?P=quote)(?=[\s/>])[^<>]*>[^<>]*</[aA]\s*>)"
)
_WIKILINK = expression(rf"[!\[]{_WIKI}")
_SIZE = expression(r"\d+(?:x\d+)?")
"""The size of an embedded page in Obsidian, where a link has its words."""
OWN = expression(rf"[!\[(<](?:{_WIKI}|{_SQUARE}|{_ROUND}|{_ANCHOR})")
"""Everything in our own notation. The pattern starts with one of a few characters, because
searching for them is fast; the rest uses lookbehind.
"""
IN_BRACKETS = expression(rf"\[(?:{_WIKI}|{_SQUARE})")
"""What `OWN` finds in a text without `!`, `(` and `<`, in a third of the time: every match starts
with the same character.
"""


def collapse_spaces(text: str) -> str:
    """The text with whitespace collapsed to single spaces. Splits the text only if needed."""
    line = text.replace("\n", " ")
    if "  " in line or _may_have_other_whitespace(line):
        return " ".join(text.split())
    return line.strip()


def _may_have_other_whitespace(line: str) -> bool:
    """Whether a line may have whitespace other than spaces."""
    if not line.isascii():
        return not line.isprintable()  # a space is the only whitespace that is printable
    # Each of these is found, or not, in a fraction of the time that `isprintable` takes.
    return (
        "\t" in line
        or "\r" in line
        or "\v" in line
        or "\f" in line
        or "\x1c" in line
        or "\x1d" in line
        or "\x1e" in line
        or "\x1f" in line
    )


_TICKS = expression(r"`+")
_CODE = expression(r"\\.|`+", re.DOTALL)


def code_spans(content: str) -> list[tuple[int, int]]:
    """The code spans in a block's text."""
    spans: list[tuple[int, int]] = []
    at = 0
    while (found := _CODE.search(content, at)) is not None:
        begin, at = found.span()
        if found[0][0] == "`" and (end := end_of_code(content, begin, at, len(content))):
            spans.append((begin, end))
            at = end
    return spans


def end_of_code(text: str, begin: int, at: int, stop: int) -> int:
    """The end of a code span that starts with the backticks from `begin` to `at`: the next run of
    the same length before `stop`, or 0.
    """
    for closing in _TICKS.finditer(text, at, stop):
        if len(closing[0]) == at - begin:
            return closing.end()
    return 0


def wikilinks(text: str) -> tuple[InlineLink, ...]:
    """The wikilinks of a text that is not Markdown, such as a front matter value."""
    links: list[InlineLink] = []
    for found in _WIKILINK.finditer(text):
        collect(found, links, [], [])
    return tuple(links)


def collect(
    found: re.Match[str],
    links: list[InlineLink],
    stamps: list[InlineStamp],
    unseen: list[tuple[int, int]],
) -> str:
    """Adds a match to links or stamps, and returns the words it shows. An impossible time stays
    text.
    """
    match found.lastgroup:
        case "square" if found["to"] or found["until"]:
            unseen += _addresses(found)
            return _range(found, ("mark", "to", "until"), stamps)
        case "square":
            played = "](" in found[0]
            unseen += _addresses(found) if played else ()
            span = found.span("mark") if played else found.span()
            return _stamp(found, found["mark"], span, stamps)
        case "wiki":
            return _wikilink(found, links, stamps)
        case "anchor":
            return _stamp(found, found["data"], found.span(), stamps)
        case "round" if found["inside_to"]:
            return _range(found, ("inside", "inside_to"), stamps)
        case _:
            return _stamp(found, found["inside"], found.span(), stamps)


def _stamp(
    found: re.Match[str], mark: str, span: tuple[int, int], stamps: list[InlineStamp]
) -> str:
    stamps.append(InlineStamp(mark, *span))
    return "" if seconds(mark) is not None else _without_address(found[0])


def _range(found: re.Match[str], names: tuple[str, ...], stamps: list[InlineStamp]) -> str:
    """A range is two timestamps at one place. If one has an address or is not a time, each gets the
    place of its own digits, because the rest has another meaning.
    """
    given = [each for each in names if found[each]]
    times = all(seconds(found[each]) is not None for each in given)
    if "](" in found[0] or not times:
        stamps += [InlineStamp(found[each], *found.span(each)) for each in given]
    else:
        stamps += [InlineStamp(found[each], found.start(), found.end()) for each in given]
    return "" if times else _without_address(found[0])


def _addresses(found: re.Match[str]) -> list[tuple[int, int]]:
    """The offsets of addresses behind timestamps."""
    start = found.start()
    return [(start + each.end(1), start + each.end()) for each in _LINK.finditer(found[0])]


def _without_address(written: str) -> str:
    """The text of an impossible time; of a link, only its words."""
    return _LINK.sub(r"\1", written) if "](" in written else written


def _wikilink(found: re.Match[str], links: list[InlineLink], stamps: list[InlineStamp]) -> str:
    target, heading, words = found.group("target", "heading", "words")
    if is_mark(target):
        return _stamp(found, target.strip(), found.span(), stamps)
    name = " ".join(target.split())
    heading = collapse_spaces(heading) if heading else ""
    words = collapse_spaces(words) if words else ""
    if words and found[0].startswith("!") and _SIZE.fullmatch(words):
        words = ""
    if not name:
        return found[0]
    start, end = found.span()
    begin = found.start("target") + len(target) - len(target.lstrip())
    links.append(
        InlineLink("wiki", name, words, heading, start, end, begin, begin + len(target.strip()))
    )
    return words or name
