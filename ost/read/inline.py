"""The words of one block: what is said, and the links and timestamps in it.

markdown-it-py decides what stands in code, is escaped or is part of something else
(`ost.read.commonmark`). Most text holds nothing that could make a difference; of that `scanned`
gives the same in a tenth of the time, and whatever it is not certain of, it refuses. A property
test holds the two together.
"""

import re
from typing import NamedTuple

from ost.read.blocks import References
from ost.read.timestamp import MARK, is_mark


class Linked(NamedTuple):
    """A link from `start` to `end`; its target stands from `target_start` to `target_end`.

    `reference` names the definition in which the target stands, if it is not in the link itself.
    """

    form: str
    target: str
    words: str
    heading: str
    start: int
    end: int
    target_start: int
    target_end: int
    reference: str = ""


class Stamped(NamedTuple):
    """A timestamp from `start` to `end`, as written."""

    written: str
    start: int
    end: int


class Said(NamedTuple):
    """What a block says: its words, and what stands in them, with offsets in its content."""

    text: str
    links: tuple[Linked, ...] = ()
    stamps: tuple[Stamped, ...] = ()


_TO = r"[ \t]*(?:[-–—~→]|to\b)[ \t]*"
_NAME = r"[^\[\]|#\\]*(?:\\(?!\|)[^\[\]|#\\]*)*"
"""Part of a name, also over the end of a line; `\\|` in a table ends it, `folder\\id` does not."""
_WIKI = (
    rf"(?P<wiki>!?\[\[(?P<target>{_NAME})(?:#(?P<heading>[^\[\]|\\]*))?"
    r"(?:\\?\|(?P<words>[^\[\]]*))?\]\])"
)
_PLAYED = r"(?:\([^()\s]*\))?"
_SQUARE = (
    rf"(?P<square>\[(?P<mark>{MARK})(?:{_TO}(?P<to>{MARK}))?\]{_PLAYED}"
    rf"(?:{_TO}\[(?P<until>{MARK})\]{_PLAYED})?)"
)
_ROUND = rf"(?P<round>\((?P<inside>{MARK})(?:{_TO}(?P<inside_to>{MARK}))?\))"
_ANCHOR = (
    r"(?P<anchor><[aA](?=\s[^<>]*+>[^<>]*+</[aA]\s*+>)[^<>]*?\sdata-t\s*=\s*(?P<quote>[\"']?)"
    r"(?P<data>[0-9]{1,3}(?::[0-9]{1,3}){0,2})(?P=quote)(?=[\s/>])[^<>]*>[^<>]*</[aA]\s*>)"
)
_WIKILINK = re.compile(_WIKI)
OWN = {
    "[": re.compile(f"{_WIKI}|{_SQUARE}"),
    "!": _WIKILINK,
    "(": re.compile(_ROUND),
    "<": re.compile(_ANCHOR),
}
_BEGINS = re.compile(r"[!\[(<]")
_UNCERTAIN = re.compile(
    r"[\\`]|~~|\]\(|<(?![ \n])|&(?=[#A-Za-z])"
    # Emphasis begins and ends in so many ways that only these certainly mean nothing.
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<! )\*|\*(?! )"
)
_EMPHASIS = re.compile(
    r"(?<![^ \n])(\*\*?)(?=[A-Za-z0-9])([^*_\\`<&\[\]]*[A-Za-z0-9.!?:])\1(?![^ \n.,;:!?])"
)


def said(content: str, references: References) -> Said:
    """What a block says whose text is `content`."""
    found = None if references and "[" in content else scanned(content)
    if found is not None:
        return found
    from ost.read import commonmark

    return commonmark.said(content, references)


def scanned(content: str) -> Said | None:
    """What the text says, or None where that takes a parser. There must be no link definitions."""
    if "](" in content or _doubtful(content):
        return _searched(content)
    if "[" not in content and "(" not in content:
        return Said(squeezed(content))
    return _searched(content, certain=True)


def _doubtful(content: str) -> bool:
    # So many searches for one sign each are quicker than one for a choice of signs.
    return (
        "*" in content
        or "_" in content
        or "<" in content
        or "`" in content
        or "\\" in content
        or "&" in content
        or "~" in content
    )


def _searched(content: str, *, certain: bool = False) -> Said | None:
    """What the text says; `certain` if it holds nothing doubtful but what we look for."""
    plain: list[str] = []
    taken: list[str] = []
    links: list[Linked] = []
    stamps: list[Stamped] = []
    position = 0
    for begin in _BEGINS.finditer(content):
        start = begin.start()
        if start < position:
            continue
        found = OWN[content[start]].match(content, start)
        if found is None:
            continue
        if content[max(start - 1, 0) : start + 1] in ("](", "!["):
            return None
        plain.append(content[position:start])
        taken.append(take(found, links, stamps))
        position = found.end()
    plain.append(content[position:])
    if not certain:
        if "*" in content:
            plain = [_EMPHASIS.sub(r"\2", each) for each in plain]
        if _UNCERTAIN.search("\x00".join(plain)):
            return None
    if taken:
        mixed = [plain[0]]
        for words, after in zip(taken, plain[1:], strict=True):
            mixed += (words, after)
        plain = mixed
    return Said(squeezed("".join(plain)), tuple(links), tuple(stamps))


def squeezed(text: str) -> str:
    """The text with one space where any blanks are; taken apart only where that could matter."""
    line = text.replace("\n", " ")
    if "  " not in line and line.isascii() and line.isprintable():
        return line.strip()
    return " ".join(text.split())


def wikilinks(text: str) -> tuple[Linked, ...]:
    """The wikilinks of a text that is no Markdown: a value of front matter."""
    links: list[Linked] = []
    for found in _WIKILINK.finditer(text):
        take(found, links, [])
    return tuple(links)


def take(found: re.Match[str], links: list[Linked], stamps: list[Stamped]) -> str:
    """Keeps what was found; the words it adds to the text."""
    match found.lastgroup:
        case "wiki" if is_mark(found["target"]):
            stamps.append(Stamped(found["target"].strip(), *_inside(found, "target")))
        case "wiki":
            return _wikilink(found, links)
        case "anchor":
            stamps.append(Stamped(found["data"], found.start(), found.end()))
        case "square" if found["to"] or found["until"]:
            _several(found, ("mark", "to", "until"), stamps)
        case "square":
            stamps.append(Stamped(found["mark"], found.start(), found.end()))
        case "round" if found["inside_to"]:
            _several(found, ("inside", "inside_to"), stamps)
        case "round":
            stamps.append(Stamped(found["inside"], found.start(), found.end()))
    return ""


def _several(found: re.Match[str], names: tuple[str, ...], stamps: list[Stamped]) -> None:
    stamps += [Stamped(found[each], *found.span(each)) for each in names if found[each]]


def _wikilink(found: re.Match[str], links: list[Linked]) -> str:
    name, heading, words = (
        squeezed(each or "") for each in found.group("target", "heading", "words")
    )
    if name:
        start, end = found.span()
        links.append(Linked("wiki", name, words, heading, start, end, *_inside(found, "target")))
    return words or name or heading or found[0]


def _inside(found: re.Match[str], group: str) -> tuple[int, int]:
    """Where a part of what was found begins and ends, without the blanks around it."""
    text = found[group]
    begin = found.start(group) + len(text) - len(text.lstrip())
    return begin, begin + len(text.strip())
