"""Excerpts: the part of a text around a match, with the matching words marked."""

import re
from collections.abc import Iterable
from typing import TypeVar

import msgspec
from markupsafe import Markup, escape

from datasette_ost.file.full_text import BEGIN, END
from ost.notation import LinkMark, Notation, SilentMark, StampMark

PlacedMark = TypeVar("PlacedMark", LinkMark, StampMark, SilentMark)

_WORDS = 28
"""The number of words in an excerpt."""

_BEFORE = 6
"""How many of these words come before the first match."""

_NEAR = 500
"""How many characters to read before and after the match: more than an excerpt has."""

_LONGEST = 20_000
"""A longer list or table is cut to the lines around the match."""

_CUT = re.compile(r"\n\n(?=[^\s>])")
"""The start of a paragraph outside lists and block quotes."""

_FOUND = re.compile(f"{BEGIN}(.*?){END}", re.DOTALL)


def found_in(highlighted: str) -> set[str]:
    """The words that the index has marked in a text."""
    return set(_FOUND.findall(highlighted))


def excerpt(text: str, found: Iterable[str]) -> str:
    """The text around the first match, with all matches marked; "" without a match."""
    found = set(found)
    hit = _words(found).search(text) if found else None
    if hit is None:
        return ""
    words = list(re.finditer(r"\S+", text))
    at = next(number for number, each in enumerate(words) if each.end() > hit.start())
    first = max(0, min(at - _BEFORE, len(words) - _WORDS))
    last = min(len(words), first + _WORDS)
    piece = text[words[first].start() : words[last - 1].end()]
    return f"{'…' if first else ''}{marked_again(piece, found)}{'…' if last < len(words) else ''}"


def marked_again(text: str, found: set[str]) -> str:
    """A text with the matching words marked."""
    return _words(found).sub(rf"{BEGIN}\g<0>{END}", text) if found else text


def _words(found: Iterable[str]) -> re.Pattern[str]:
    wanted = "|".join(re.escape(each) for each in sorted(found, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{wanted})(?!\w)")


def _in_title(hit: re.Match[str], marks: Notation) -> bool:
    return bool(marks.title) and marks.title[0] <= hit.start() < marks.title[-1]


def around(body: str, marks: Notation, found: Iterable[str]) -> tuple[str, Notation]:
    """The paragraphs around the first match in a text, with their notation; "" if all matches are
    in the title. Parsing all of a long text would take a hundred times as long.
    """
    hit = next((each for each in _words(found).finditer(body) if not _in_title(each, marks)), None)
    if hit is None:
        return "", Notation()
    begin = max(
        (each.end() for each in _CUT.finditer(body, 0, max(0, hit.start() - _NEAR))), default=0
    )
    after = _CUT.search(body, hit.end() + _NEAR)
    end = after.start() if after else len(body)
    if end - begin > _LONGEST:
        begin = max(begin, body.rfind("\n", begin, max(begin, hit.start() - _NEAR)) + 1)
        line_end = body.find("\n", hit.end() + _NEAR, end)
        end = line_end if line_end >= 0 else end
    if body.count("```", 0, begin) % 2 or body.count("~~~", 0, begin) % 2:
        return body, marks

    def inside(given: tuple[PlacedMark, ...]) -> tuple[PlacedMark, ...]:
        return tuple(
            msgspec.structs.replace(each, start=each.start - begin, end=each.end - begin)
            for each in given
            if begin <= each.start and each.end <= end
        )

    title = (
        tuple(each - begin for each in marks.title) if begin <= min(marks.title, default=-1) else ()
    )
    return body[begin:end], Notation(
        title,
        inside(marks.links),
        inside(marks.addresses),
        inside(marks.stamps),
        inside(marks.silent),
    )


def marked(text: str) -> Markup:
    """Text as HTML, with its matches marked. It is escaped first, so content is never HTML."""
    safe = str(escape(text))
    parts = safe.split(BEGIN)
    made = [parts[0].replace(END, "")]
    for part in parts[1:]:
        hit, closed, rest = part.partition(END)
        made.append(f"<mark>{hit}</mark>{rest.replace(END, '')}" if closed else hit)
    return Markup("".join(made))  # noqa: S704 - escaped above
