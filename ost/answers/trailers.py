"""Trailers of commit messages: `Solution: [[id]]`, or a link to a node's page."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, unquote_plus, urlsplit

from ost.read.inline import wikilinks
from ost.read.suffixes import MARKDOWN

_NAMES = r"(?:solution|opportunit(?:y|ie)|outcome|assumption|test|decision|why)s?"
_TRAILER = re.compile(
    rf"(?P<depth>[ \t>]*)(?:[-*+][ \t]+)?[*_`]*{_NAMES}[*_`]*[ \t]*:[*_`]*(?P<said>.*)",
    re.IGNORECASE,
)
"""A trailer line: also quoted, in bold or as a list item, as in squashed commits."""

_IN_SUBJECT = re.compile(rf"(?:^|.*[\s(]){_NAMES}[ \t]*:(.*)", re.IGNORECASE)
_LINK = re.compile(
    r"(?P<wiki>\[\[[^\]]*\]\])"
    r"|!?\[[^\]]*\]\(<?(?P<inline>[^)\s>]+)>?[^)]*\)"
    r"|<(?P<address>\w+://[^\s>]+)>"
    r"|(?P<bare>\w+://\S+)"
)
_ITEM = re.compile(r"[ \t>]*[-*+][ \t]+(?=\[|<|\w+://)")
_PARTING = re.compile(r"[,;]|\s(?:and|&|\+)\s")
_ROUND = " \t\r\u00a0\u200b\ufeff.,;:()<>\"'`“”‘’«»*_"
_SUFFIXES = (*MARKDOWN, ".html", ".htm", ".json")


def trailers(subject: str, body: str) -> list[str]:
    """The links and names in a commit's trailers, in order."""
    found = _IN_SUBJECT.fullmatch(subject)
    # Many people begin a subject with `Test: run it`, so only links count there.
    links = [each[0] for each in _LINK.finditer(found[1])] if found else []
    return [word for line in (*links, *_lines(body)) for word in _words(line)]


def _lines(body: str) -> Iterator[str]:
    """The text after the names, with continued lines."""
    lines = body.split("\n")
    for at, line in enumerate(lines):
        if found := _TRAILER.fullmatch(line):
            further = _further(lines[at + 1 :], found["depth"], bare=not found["said"].strip())
            yield " , ".join((found["said"], *further))


def _further(lines: list[str], depth: str, *, bare: bool) -> Iterator[str]:
    for line in lines:
        deeper = len(line) - len(line.lstrip(" \t>")) > len(depth) and line.strip(" \t>")
        listed = bare and _ITEM.match(line)
        if not (deeper or listed) or _TRAILER.fullmatch(line):
            return
        yield line[listed.end() :] if listed else line.strip(" \t>")


def _words(text: str) -> Iterator[str]:
    """Links and the names between them."""
    end = 0
    for link in _LINK.finditer(text):
        yield from _names(text[end : link.start()])
        yield link["wiki"] or link["inline"] or link["address"] or link["bare"].rstrip(_ROUND)
        end = link.end()
    yield from _names(text[end:])


def _names(text: str) -> Iterator[str]:
    return (name for part in _PARTING.split(f" {text} ") if (name := part.strip(_ROUND)))


def is_link(word: str) -> bool:
    """Whether a word of a trailer is meant as a link, even if it leads nowhere."""
    return word.startswith("[[") or "://" in word


def candidates(word: str) -> list[str]:
    """The ids that a trailer may mean: `[[id|words]]`, a bare id, or an address that ends in one.

    In a file of several nodes, `#` precedes the node; so it does on the page of a whole tree.
    """
    links = wikilinks(word)
    inside = links[0].target if links else word.strip(_ROUND + "[]")
    if "://" not in inside:
        name = inside if links else inside.split("#", 1)[0].strip()
        return [name] if name else []
    address = urlsplit(inside)
    *above, last = ["", *filter(None, address.path.split("/"))]
    several = last.endswith(MARKDOWN) or above[-1:] == ["tree"]
    suffix = next((each for each in _SUFFIXES if last.endswith(each)), "")
    last = last.removesuffix(suffix)
    # The pages escape with `~`, as Datasette does.
    meant = (address.fragment if several else "", last, last.replace("~", "%"))
    read = (unquote(meant[0]), unquote(meant[1]), unquote_plus(meant[2]))
    return list(dict.fromkeys(filter(None, read)))
