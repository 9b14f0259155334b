"""Atom feeds (RFC 4287)."""

import re
from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from msgspec import Struct

NAMESPACE = "http://www.w3.org/2005/Atom"

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class FeedEntry(Struct, frozen=True):
    """One entry. Its identifier is made from `names`, so it is the same on every server."""

    title: str
    names: tuple[str, ...]
    updated: str
    href: str
    words: str = ""
    author: str = ""


def feed(
    title: str,
    names: tuple[str, ...],
    updated: str,
    addresses: tuple[str, str],
    entries: Iterable[FeedEntry],
) -> bytes:
    """A feed. `addresses` are its own address and that of the page with the same content."""
    root = Element("feed", xmlns=NAMESPACE)
    _text(root, "title", title)
    _text(root, "id", _id(*names))
    _text(root, "updated", updated)
    SubElement(root, "link", rel="self", href=addresses[0])
    SubElement(root, "link", rel="alternate", href=addresses[1])
    _text(SubElement(root, "author"), "name", title)
    for one in entries:
        entry = SubElement(root, "entry")
        _text(entry, "title", one.title)
        _text(entry, "id", _id(*one.names))
        _text(entry, "updated", one.updated)
        SubElement(entry, "link", href=one.href)
        if one.author:
            _text(SubElement(entry, "author"), "name", one.author)
        if one.words:
            _text(entry, "summary", one.words)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def instant(day: str) -> str:
    """The beginning of a day, in the format of feeds."""
    return f"{day}T00:00:00Z"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _ILLEGAL.sub("", text)


def _id(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "\n".join(("ost", *(_ILLEGAL.sub("", each) for each in parts)))).urn
