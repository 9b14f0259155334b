"""Recovers keys and values from front matter that is not valid YAML, and explains the errors.

It does not parse YAML values; `ost.read.full_yaml` does.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_KEY = re.compile(
    r"^(?P<indent>[ \t]*)(?P<key>[A-Za-z_\"'][^\n:]{0,80}?)[ \t]*:(?=\s|$)", re.MULTILINE
)
# A key without a space after its colon. Addresses and times do not match.
_GLUED = re.compile(r"^(?P<indent>)(?P<key>[A-Za-z_]\w{1,80}):(?=[A-Za-z0-9\"'\[])", re.MULTILINE)
_ITEM = re.compile(r"^(?P<indent>[ \t]*)-[ \t]+(?P<item>\S)", re.MULTILINE)
_PAIR = re.compile(r"[{,]\s*(?P<key>[A-Za-z_][\w-]{0,80})\s*:[ ]*(?P<value>[^,{}]*[^,{}\s]|)")
_INNER = re.compile(r"[A-Za-z_][^\n:]{0,80}:(?=\s)")
_COMMENT = re.compile(r"(?:^|[ \t])#.*")
_STRAY = re.compile(r"^(?![ \t]|- |#|[\]}]|<<|\?|:|[^\n:]+:)[^\n]+", re.MULTILINE)
_UNQUOTED = re.compile(r"(?![\"'\[{|>])[^\n]*?(?P<colon>:)(?=\s)")


class SalvagedLine(NamedTuple):
    """A key and its value as (start, end), or the keys or items on the lines below it."""

    key: tuple[int, int]
    value: tuple[int, int]
    keys: "tuple[SalvagedLine, ...]" = ()
    items: tuple[tuple[int, int], ...] = ()


class Damage(NamedTuple):
    """An error in the text from `start` to `end`."""

    message: str
    start: int
    end: int


def flow(text: str) -> tuple[SalvagedLine, ...]:
    """The keys and values of a `{status: open}` that is not closed or not valid."""
    return tuple(
        SalvagedLine(each.span("key"), each.span("value")) for each in _PAIR.finditer(text)
    )


def parts(text: str) -> list[tuple[int, int]]:
    """The parts of the text, split at every key that is not indented."""
    starts = sorted(
        each.start()
        for pattern in (_KEY, _GLUED)
        for each in pattern.finditer(text)
        if not each["indent"]
    )
    return list(pairwise([*starts, len(text)]))


def lines(text: str, start: int, end: int) -> tuple[SalvagedLine, ...]:
    """The keys and values of a part. Indented keys below a value count as keys next to it."""
    first, *further = _keys(text, start, end)
    stray = _STRAY.search(text, first.end(), end)
    below = min(further[0].start() if further else end, stray.start() if stray else end)
    value = _value(text, first.end(), below)
    items = _items(text, first.end(), end)
    if items and not text[first.end() : items[0][0]].strip(" \t\n-"):
        return (SalvagedLine(first.span("key"), (items[0][0], items[-1][1]), (), items),)
    if value[0] < value[1]:
        return (SalvagedLine(first.span("key"), value), *_each_line(text, further, end))
    return (SalvagedLine(first.span("key"), value, tuple(_each_line(text, further, end))),)


def damage(text: str, start: int, end: int) -> Damage | None:
    """The error in a part, if it is certain."""
    first, *further = _keys(text, start, end)
    key = f"{first['key']!r}"
    if first.re is _GLUED:
        return Damage(f"a space is missing after the colon of {key}", *first.span("key"))
    stray = _STRAY.search(text, first.end(), end)
    if stray:
        return Damage(f"{stray[0].strip()!r} is neither a key nor a value", *stray.span())
    value = _value(text, first.end(), further[0].start() if further else end)
    if further and value[0] < value[1] and not _items(text, first.end(), further[0].end()):
        what = f"{further[0]['key']!r} is indented as if it were a part of {key}"
        return Damage(what, *further[0].span("key"))
    begins = [each.end() for each in (first, *further)]
    for item in _ITEM.finditer(text, first.end(), end):
        inner = _INNER.match(text, item.start("item"), end)
        begins.append(inner.end() if inner else item.start("item"))
    for begin in sorted(begins):
        stop = text.find("\n", begin, end)
        found = _in_line(text, *_value(text, begin, end if stop < 0 else stop))
        if found:
            return found
    return None


def _in_line(text: str, start: int, end: int) -> Damage | None:
    """The error in a value on one line."""
    value = text[start:end]
    if not value:
        return None
    if value.count("[[") > 1 and value.endswith("]]"):
        return Damage("several links in a row are not a list", start, end)
    if value[0] in "\"'" and (len(value) == 1 or value[-1] != value[0] or value[0] in value[1:-1]):
        return Damage("the quotes around this do not match", start, end)
    if value[0] in "[{" and value.count(value[0]) > value.count("]}"["[{".index(value[0])]):
        return Damage(f"this `{value[0]}` is not closed", start, start + 1)
    if value[0] in "@`%&*!|>,]}":
        what = f"an unquoted value cannot start with `{value[0]}`"
        return Damage(what, start, start + 1)
    colon = _UNQUOTED.match(text, start, end)
    if colon:
        words = text[start : colon.start("colon")]
        what = f"the colon makes {words!r} a key; quote text that contains a colon"
        return Damage(what, *colon.span("colon"))
    return None


def _keys(text: str, start: int, end: int) -> list[re.Match[str]]:
    found = [*_KEY.finditer(text, start, end)]
    if not found or found[0].start() != start:
        glued = _GLUED.match(text, start, end)
        found[:0] = [glued] if glued else []
    return found


def _items(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The items of a list. Each ends at the next item with the first one's indentation."""
    found = [*_ITEM.finditer(text, start, end)]
    found = [each for each in found if each["indent"] == found[0]["indent"]]
    stops = [*(each.start() for each in found), end][1:]
    return tuple(
        _value(text, each.start("item"), stop) for each, stop in zip(found, stops, strict=True)
    )


def _each_line(text: str, keys: list[re.Match[str]], end: int) -> Iterator[SalvagedLine]:
    stops = [*(each.start() for each in keys), end][1:]
    for key, stop in zip(keys, stops, strict=True):
        yield SalvagedLine(key.span("key"), _value(text, key.end(), stop))


def _value(text: str, start: int, end: int) -> tuple[int, int]:
    """The value in a range, without a comment and surrounding whitespace."""
    value = text[start:end]
    comment = _COMMENT.search(value)
    if comment and "\n" not in value.strip() and value.lstrip()[:1] not in ("'", '"'):
        value = value[: comment.start()]
    blank = len(value) - len(value.lstrip())
    return start + blank, start + max(blank, len(value.rstrip()))
