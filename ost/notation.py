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
    """A link, `[[id]]`: its start and end, the node it leads to, and its text if that is not the
    node's id.
    """

    start: int
    end: int
    node: str | None = None
    words: str = ""


class StampMark(Struct, frozen=True, array_like=True):
    """A timestamp: its start and end, its second, and for a range also the second at its end."""

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
    it leads to, and its text if that is not the node's id.
    """

    field: str
    start: int
    end: int
    node: str | None = None
    words: str = ""


class SpokenMark(Struct, frozen=True, array_like=True):
    """A link in words of an interview that are published as plain text: the table (`moment`,
    `quote` or `step`), the position there, start and end in the words, the node it leads to, and
    its text if that is not the node's id.
    """

    table: str
    position: int
    start: int
    end: int
    node: str | None = None
    words: str = ""


class Notation(Struct, frozen=True):
    """The notation in a text. `addresses` are the parts of Markdown links that name a file; `title`
    is the place of the heading that gives the node its title; `fields` are the links in front
    matter, `spoken` those in an interview's moments, quotes and steps; `unseen` are addresses and
    other parts of links that are not shown.
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
"""The notation of a text that has none."""

_NOTATION = msgspec.json.Decoder(Notation)
_SECTIONS = msgspec.json.Decoder(tuple[SectionMark, ...])
T = TypeVar("T")

_BULLET = expression(
    r"(\n[ \t]*)(?:—(?=[ \t\u00a0\u202f]\[\[)|[–•‣◦▪·∙●○]|[-*+](?=[\u00a0\u202f]))"
    r"[ \t\u00a0\u202f](?=\S)"
)
"""A bullet. With the line end before it, because searching for that is forty times as fast."""
CALLOUT = expression(
    r"^((?:[ \t>]|[-*+] |\d{1,9}[.)] )*>[ \t]*)(?P<marker>\[![\w-]+\][-+]?)"
    r"(?:(?P<title>[^\S\n]*\S)|[^\S\n]*$)",
    re.MULTILINE,
)
"""The marker of a callout, `> [!quote] title`."""
_HEADING = expression(r"(\n {0,3}#{1,6})[\u00a0\u202f\u2007\u3000]")


def normalize_bullets(text: str) -> str:
    """A text in which bullets, and spaces after bullets and heading markers, are those of Markdown.
    All places stay the same.
    """
    if text.isascii():
        return text
    return _HEADING.sub(r"\1 ", _BULLET.sub(r"\1- ", f"\n{text}"))[1:]


def notation(text: str | None) -> Notation:
    """Decodes the column `notation`, which in a foreign file may hold anything."""
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
    """A text with words in place of links, replaced from the last to the first."""
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
