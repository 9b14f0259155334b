"""Reads other people's notes of a recording: blocks, and the claims in each with their times.

This module knows no kinds and skips no line. A line in an unknown notation is a block of its own.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from ost.exchange import clock
from ost.read.place import normalize_newlines

NoteForm = Literal["heading", "item", "quote", "text", "strange"]

TIMED: frozenset[NoteForm] = frozenset({"item", "text", "heading", "quote"})
"""Forms of blocks whose text may begin with a bare time."""


class NoteBlock(Struct, frozen=True):
    """A heading, list item, block quote or paragraph: its words, without the marks of its form.
    `line` is its first line, from one; `level` is the level of a heading.
    """

    form: NoteForm
    line: int
    text: str
    level: int = 0


class Claim(Struct, frozen=True):
    """Words, and the times at which they were said, as written. Either may be empty."""

    words: str
    times: tuple[clock.Time, ...] = ()


class Front(Struct, frozen=True):
    """Front matter as plain keys and texts, and the numbered lines below it."""

    fields: dict[str, str]
    lines: tuple[tuple[int, str], ...]


_FIELD = re.compile(r"([A-Za-z][\w-]*)\s*:\s*(.*)")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s(.*)|\Z)")
_ITEM = re.compile(r"(?:\s*+(?:[*+-]|\d{1,9}[.)])(?:\s++|\Z))++")
_QUOTE = re.compile(r"(?:\s*+>\s?)++")
_TABLE = re.compile(r"\s*\|(.*)\|\s*")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|={3,})|[\s|:-]+")
_PICTURE = re.compile(r"!\[\[[^\[\]]*\]\]|!\[[^\[\]]*\]\([^()]*\)")
_CONFLICT = re.compile(r"(?:<{7}|\|{7}|>{7})(?: .*)?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_TAG_OR_COMMENT = re.compile(rf"{_TAG.pattern}|<!--.*?-->", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;&/–-]*(?:and\b\s*)?")
_EDGES = " \t,;:–—-"


def front(text: str) -> Front:
    """Front matter, read as simple YAML, and the numbered lines below it."""
    lines = tuple(enumerate(normalize_newlines(text.removeprefix("\ufeff")).split("\n"), 1))
    if lines[0][1].rstrip() != "---":
        return Front({}, lines)
    fields: dict[str, str] = {}
    for number, line in lines[1:]:
        if line.rstrip() in {"---", "..."}:
            return Front(fields, lines[number:])
        field = _FIELD.fullmatch(line.rstrip())
        if field:
            fields.setdefault(field[1].casefold().replace("-", "_"), field[2].strip(" \"'"))
    return Front({}, lines)


def blocks(lines: Iterable[tuple[int, str]]) -> Iterator[NoteBlock]:
    """The blocks in order. A line in an unknown notation is a block of form `strange`."""
    waiting: NoteBlock | None = None
    for block in _lines(lines):
        if waiting and block and _continues(waiting, block):
            waiting = NoteBlock(
                waiting.form, waiting.line, f"{waiting.text} {block.text}".strip(), waiting.level
            )
            continue
        if waiting:
            yield waiting
        waiting = block
    if waiting:
        yield waiting


def _lines(lines: Iterable[tuple[int, str]]) -> Iterator[NoteBlock | None]:
    """Each line as a block; None for a line that only separates others."""
    fence = ""
    for number, written in lines:
        line = _BREAK.sub(" ", written).rstrip()
        marks = _FENCE.match(line)
        if not fence and not marks:
            yield _begun(number, line)
            continue
        yield NoteBlock("strange", number, line)
        if marks:
            closes = fence and marks[1].startswith(fence)
            fence = "" if closes else fence or marks[1]


def _begun(number: int, line: str) -> NoteBlock | None:
    """The block of a single line; None for a line that only separates others."""
    if _RULE.fullmatch(line) or not line.strip():
        return None
    if _CONFLICT.fullmatch(line):
        return NoteBlock("strange", number, line)
    if heading := _HEADING.match(line):
        return NoteBlock("heading", number, _unclosed(heading[2] or ""), len(heading[1]))
    forms: tuple[tuple[NoteForm, re.Pattern[str]], ...] = (("item", _ITEM), ("quote", _QUOTE))
    for form, pattern in forms:
        if found := pattern.match(line):
            return NoteBlock(form, number, line[found.end() :])
    if table := _TABLE.fullmatch(line):
        cells = [each.strip() for each in table[1].split("|")]
        return NoteBlock("item", number, " – ".join(each for each in cells if each))
    words = _untagged(_PICTURE.sub("", clock.STAMP.sub("x", line)), "")
    if not any(map(str.isalnum, words)) or "\ufffd" in line or "\0" in line:
        return NoteBlock("strange", number, line)
    return NoteBlock("text", number, line.strip())


def _unclosed(words: str) -> str:
    """A heading's words, without closing marks."""
    words = words.strip()
    inside = words.rstrip("#")
    return inside.rstrip() if not inside or inside[-1].isspace() else words


def _untagged(text: str, between: str) -> str:
    """The text with `between` in place of tags and comments. Beyond the last `-->` there can be no
    comment, so only tags are looked for there.
    """
    last = text.rfind("-->") + 3
    if last < 3:
        return _TAG.sub(between, text)
    return _TAG_OR_COMMENT.sub(between, text[:last]) + _TAG.sub(between, text[last:])


def _continues(above: NoteBlock, block: NoteBlock) -> bool:
    """Whether a line continues the block above it."""
    if block.form == "quote":
        return above.form == "quote"
    starts = clock.STAMP.match(block.text) or clock.CHAPTER.match(block.text)
    return block.form == "text" and above.form in {"item", "text"} and not starts


def claims(text: str) -> Iterator[Claim]:
    """A block's text, split at its timestamps.

    In notes, the time follows the claim, unless the block starts with a time.
    """
    groups = _groups(text)
    if not groups:
        yield Claim(bare(text))
        return
    ahead = not bare(text[: groups[0][0]])
    edges = [0, *(end for _, end, _ in groups)]
    if ahead:
        starts = [start for start, _, _ in groups[1:]]
        for (_, end, times), until in zip(groups, [*starts, len(text)], strict=True):
            yield Claim(bare(text[end:until]), times)
        return
    for (start, _, times), since in zip(groups, edges, strict=False):
        yield Claim(bare(text[since:start]), times)
    rest = bare(text[edges[-1] :])
    if rest:
        yield Claim(rest)


def _groups(text: str) -> list[tuple[int, int, tuple[clock.Time, ...]]]:
    """Adjacent timestamps as groups: start, end (including closing marks), and times."""
    found = [(each.start(), each.end(), each) for each in clock.STAMP.finditer(text)]
    chapter = clock.CHAPTER.match(text)
    if chapter and not (found and found[0][0] == 0):
        found.insert(0, (0, chapter.end(), chapter))
    groups: list[tuple[int, int, tuple[clock.Time, ...]]] = []
    for start, end, match in found:
        time = clock.time(match)
        if time is None:
            continue
        if groups and _BETWEEN.fullmatch(text, groups[-1][1], start):
            groups[-1] = (groups[-1][0], end, (*groups[-1][2], time))
        else:
            groups.append((start, end, (time,)))
    return groups


def bare(text: str) -> str:
    """The text without tags, and without the marks that attached it to a timestamp."""
    words = " ".join(_untagged(clock.STAMP.sub(" ", text), " ").split())
    words = re.sub(r"^[.,;:!?)\]]+(?:\s|$)", "", words).strip(_EDGES)
    return re.sub(r"\s+([.,;:!?])", r"\1", words) if any(map(str.isalnum, words)) else ""
