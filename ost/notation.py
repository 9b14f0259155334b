"""Our own notation in a node's text, with places, as the published file holds it.

Offsets count characters of the text from 0. The reading finds these (`ost.read`), the file holds
them (`ost.tree.notation`), and the renderer receives them (`ost.render`).
"""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from ost.expression import expression


class LinkMark(Struct, frozen=True, array_like=True):
    """A link, `[[id]]`: start, end, the node it leads to, its words if they are not that id."""

    start: int
    end: int
    node: str | None = None
    words: str = ""


class StampMark(Struct, frozen=True, array_like=True):
    """A timestamp: start, end, its second, and the second at the end of a range."""

    start: int
    end: int
    second: int
    until: int | None = None


class SilentMark(Struct, frozen=True, array_like=True):
    """Characters that are not shown: start and end."""

    start: int
    end: int


class FieldMark(Struct, frozen=True, array_like=True):
    """A link in a field: the field (`because`, `lenses.size`), start and end in its text, the node
    it leads to, and its words if they are not that id.
    """

    field: str
    start: int
    end: int
    node: str | None = None
    words: str = ""


class SpokenMark(Struct, frozen=True, array_like=True):
    """A link in words of an interview that are published as plain text: of a `moment`, a `quote` or
    a `step`, its position among these, start and end in its words, the node it leads to, and what
    it shows if that is not the node's id.
    """

    table: str
    position: int
    start: int
    end: int
    node: str | None = None
    words: str = ""


class Notation(Struct, frozen=True):
    """The notation in a text. `addresses` are the parts of Markdown links that name a
    file; `title` is the place of the heading that gives the node its title; `fields` are the links
    in front matter, `spoken` those in an interview's moments, quotes and steps; `unseen` are
    addresses and what else of links is not shown.
    """

    title: tuple[int, ...] = ()
    links: tuple[LinkMark, ...] = ()
    addresses: tuple[LinkMark, ...] = ()
    stamps: tuple[StampMark, ...] = ()
    silent: tuple[SilentMark, ...] = ()
    fields: tuple[FieldMark, ...] = ()
    spoken: tuple[SpokenMark, ...] = ()
    unseen: tuple[SilentMark, ...] = ()


class SectionMark(Struct, frozen=True):
    """A heading of a text: the part of a snapshot it belongs to ("" for none), its words, its line
    in the file, and where its words start in the text.
    """

    part: str
    title: str
    line: int
    start: int | None = None


PLAIN = Notation()
"""The notation of a text without any."""

_NOTATION = msgspec.json.Decoder(Notation)
_SECTIONS = msgspec.json.Decoder(tuple[SectionMark, ...])
T = TypeVar("T")

_BULLET = expression(
    r"^([ \t]*)(—(?=[ \t\u00a0\u202f]\[\[)|[–•‣◦▪·∙●○]|[-*+](?=[\u00a0\u202f]))"
    r"[ \t\u00a0\u202f](?=\S)",
    re.MULTILINE,
)
CALLOUT = expression(
    r"^((?:[ \t>]|[-*+] |\d{1,9}[.)] )*>[ \t]*)(?P<marker>\[![\w-]+\][-+]?)(?P<title>[ \t]*[^\s])?",
    re.MULTILINE,
)
"""The marker of a callout, `> [!quote] title`."""
_HEADING = expression(r"^( {0,3}#{1,6})[\u00a0\u202f\u2007\u3000]", re.MULTILINE)


def normalize_bullets(text: str) -> str:
    """A text with every bullet, and every space after a bullet or a heading's marker, as Markdown
    knows it. All places stay the same.
    """
    return text if text.isascii() else _HEADING.sub(r"\1 ", _BULLET.sub(r"\1- ", text))


def notation(text: str | None) -> Notation:
    """Decodes the column `notation`; a file from elsewhere may hold anything."""
    return _read(_NOTATION, text, PLAIN)


def sections(text: str | None) -> tuple[SectionMark, ...]:
    """Decodes the column `sections`."""
    return _read(_SECTIONS, text, ())


def _read(decoder: "msgspec.json.Decoder[T]", text: str | None, otherwise: T) -> T:
    try:
        return decoder.decode(text) if text else otherwise
    except (msgspec.MsgspecError, TypeError, UnicodeError):
        return otherwise


def worded(text: str, marks: Iterable[FieldMark | SpokenMark]) -> str:
    """A text with words in place of links, from the last to the first."""
    for mark in sorted(marks, key=lambda each: -each.start):
        words = mark.words or mark.node or text[mark.start : mark.end]
        text = text[: mark.start] + words + text[mark.end :]
    return text


def replace_links(fields: dict[str, Any], marks: Iterable[FieldMark]) -> None:
    """Puts words in place of links in the texts of fields."""
    for mark in sorted(marks, key=lambda each: -each.start):
        *way, last = mark.field.split(".")
        holder: Any = fields
        for key in way:
            holder = _inside(holder, key)
        text = _inside(holder, last)
        if isinstance(text, str):
            holder[int(last) if isinstance(holder, list) else last] = worded(text, [mark])


def _inside(holder: Any, key: str) -> Any:
    if isinstance(holder, dict):
        return holder.get(key)
    if isinstance(holder, list) and key.isdigit() and int(key) < len(holder):
        return holder[int(key)]
    return None
