"""What the words of one block say: text, and the links and timestamps in it.

Links and timestamps in our own notation, which CommonMark does not know, are found here.
"""

import re

from msgspec import Struct

from ost.expression import expression
from ost.read.document import LinkForm
from ost.read.timestamp import MARK, is_mark, seconds


class Linked(Struct, frozen=True, gc=False):
    """A link from `start` to `end`; its target is from `target_start` to `target_end`.

    `reference` names the definition that holds the target, if it is not in the link itself.
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


class Stamped(Struct, frozen=True, gc=False):
    """A timestamp from `start` to `end`, as written."""

    written: str
    start: int
    end: int


class InlineText(Struct, frozen=True, gc=False):
    """What a block says: its words, and the links and timestamps in them, with offsets in its
    content.
    """

    text: str
    links: tuple[Linked, ...] = ()
    stamps: tuple[Stamped, ...] = ()
    unseen: tuple[tuple[int, int], ...] = ()
    """What of Markdown links is not shown: addresses and titles."""


_TO = r"[ \t]*(?:[-–—~→]|to\b)[ \t]*"
_NAME = r"[^\[\]|#\\]*(?:\\(?!\|)[^\[\]|#\\]*)*"
"""Part of a name, also over the end of a line; `\\|` in a table ends it, `folder\\id` does not."""
_WIKI = (
    rf"(?P<wiki>(?:(?<=\[)|(?<=!)\[)\[(?P<target>{_NAME})(?:#(?P<heading>[^\[\]|\\]*))?"
    r"(?:\\?\|(?P<words>[^\[\]]*))?\]\])"
)
_PLAYED = r"(?:\([^()\s]*\))?"
_SQUARE = (
    rf"(?P<square>(?<=\[)(?P<mark>{MARK})(?:{_TO}(?P<to>{MARK}))?\]{_PLAYED}"
    rf"(?:{_TO}\[(?P<until>{MARK})\]{_PLAYED})?)"
)
_PLAYER = expression(r"\[([^\[\]]*)\]\([^()]*\)")
_ROUND = rf"(?P<round>(?<=\()(?P<inside>{MARK})(?:{_TO}(?P<inside_to>{MARK}))?\))"
_ANCHOR = (
    r"(?P<anchor>(?<=<)[aA](?=\s[^<>]*+>[^<>]*+</[aA]\s*+>)[^<>]*?\sdata-t\s*=\s*(?P<quote>[\"']?)"
    r"(?P<data>[0-9]{1,3}(?::[0-9]{1,3}){0,2})(?P=quote)(?=[\s/>])[^<>]*>[^<>]*</[aA]\s*>)"
)
_WIKILINK = expression(rf"[!\[]{_WIKI}")
_SIZE = expression(r"\d+(?:x\d+)?")
"""What Obsidian writes for the size of an embedded page, where a link has its words."""
OWN = expression(rf"[!\[(<](?:{_WIKI}|{_SQUARE}|{_ROUND}|{_ANCHOR})")
"""Anything in our own notation. Its first sign comes first, because a search for one of a few signs
is quick; what follows looks back at it.
"""


def squeezed(text: str) -> str:
    """The text with one space where any blanks are; taken apart only where that could matter."""
    line = text.replace("\n", " ")
    if "  " not in line and line.isascii() and line.isprintable():
        return line.strip()
    return " ".join(text.split())


_TICKS = expression(r"`+")
_CODE = expression(r"\\.|`+", re.DOTALL)


def code_spans(content: str) -> list[tuple[int, int]]:
    """Where code stands in a block's text."""
    spans: list[tuple[int, int]] = []
    at = 0
    while (found := _CODE.search(content, at)) is not None:
        begin, at = found.span()
        if found[0][0] == "`" and (end := end_of_code(content, begin, at, len(content))):
            spans.append((begin, end))
            at = end
    return spans


def end_of_code(text: str, begin: int, at: int, stop: int) -> int:
    """Where code ends that would begin with these backticks, from `begin` to before `at`: at as
    many before `stop`; 0 if there are none.
    """
    for closing in _TICKS.finditer(text, at, stop):
        if len(closing[0]) == at - begin:
            return closing.end()
    return 0


def wikilinks(text: str) -> tuple[Linked, ...]:
    """The wikilinks of a text that is not Markdown: a value of front matter."""
    links: list[Linked] = []
    for found in _WIKILINK.finditer(text):
        take(found, links, [], [])
    return tuple(links)


def take(
    found: re.Match[str],
    links: list[Linked],
    stamps: list[Stamped],
    unseen: list[tuple[int, int]],
) -> str:
    """Keeps what was found; the words it adds to the text. What is not a time is words, too."""
    match found.lastgroup:
        case "square" if found["to"] or found["until"]:
            unseen += _addresses(found)
            return _several(found, ("mark", "to", "until"), stamps)
        case "square":
            played = "](" in found[0]
            unseen += _addresses(found) if played else ()
            span = found.span("mark") if played else found.span()
            return _one(found, found["mark"], span, stamps)
        case "wiki" if is_mark(found["target"]):
            return _one(found, found["target"].strip(), found.span(), stamps)
        case "wiki":
            return _wikilink(found, links)
        case "anchor":
            return _one(found, found["data"], found.span(), stamps)
        case "round" if found["inside_to"]:
            return _several(found, ("inside", "inside_to"), stamps)
        case _:
            return _one(found, found["inside"], found.span(), stamps)


def _one(found: re.Match[str], mark: str, span: tuple[int, int], stamps: list[Stamped]) -> str:
    stamps.append(Stamped(mark, *span))
    return "" if seconds(mark) is not None else _unplayed(found[0])


def _several(found: re.Match[str], names: tuple[str, ...], stamps: list[Stamped]) -> str:
    """A range is two timestamps at one place. Where an address is written behind one, or one is not
    a time, each is at its own digits: the rest says something else.
    """
    given = [each for each in names if found[each]]
    times = all(seconds(found[each]) is not None for each in given)
    if "](" in found[0] or not times:
        stamps += [Stamped(found[each], *found.span(each)) for each in given]
    else:
        stamps += [Stamped(found[each], found.start(), found.end()) for each in given]
    return "" if times else _unplayed(found[0])


def _addresses(found: re.Match[str]) -> list[tuple[int, int]]:
    """Where addresses are that are written behind timestamps."""
    start = found.start()
    return [(start + each.end(1), start + each.end()) for each in _PLAYER.finditer(found[0])]


def _unplayed(written: str) -> str:
    """What is written for no time: of a link, the words alone."""
    return _PLAYER.sub(r"\1", written) if "](" in written else written


def _wikilink(found: re.Match[str], links: list[Linked]) -> str:
    name, heading, words = [
        squeezed(each) if each else "" for each in found.group("target", "heading", "words")
    ]
    if found[0].startswith("!") and _SIZE.fullmatch(words):
        words = ""
    if name:
        start, end = found.span()
        links.append(Linked("wiki", name, words, heading, start, end, *_inside(found, "target")))
    return (words or name) if name else found[0]


def _inside(found: re.Match[str], group: str) -> tuple[int, int]:
    """Where a part of what was found begins and ends, without the blanks around it."""
    text = found[group]
    begin = found.start(group) + len(text) - len(text.lstrip())
    return begin, begin + len(text.strip())
