"""Trees whose depth is in the marks before words: numbers, repeated characters, emoji, letters."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ost.exchange.outlines.row import Growing, TreeShape, depths, stacked

_NUMBER = re.compile(r"(?:[^\W\d_]{0,3})?(\d{1,3}(?:\.\d{1,3})+)[.):]?[ \t]+|(\d{1,3})[.)][ \t]+")
_REPEATED = re.compile(r"([-*+#>=•~])(?:[ \t]?\1)*[ \t]+")
_LETTER = re.compile(r"\(?([A-Z]|[a-z]|[IVX]{1,5}|[ivx]{1,5})[.)][ \t]+")
_BULLET = re.compile(r"([•◦▪‣·○●■□▸▶►◆◇–—⁃✓✔☐☑])[ \t]*")
_EMOJI = re.compile(
    r"([\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff])"
    r"[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*[ \t]*"
)
_FEWEST = 3
_MARKED = 0.6
"""The minimum share of lines with marks. The other lines continue them."""


class _Marked(NamedTuple):
    line: int
    key: object
    words: str


def numbered(lines: Sequence[str]) -> TreeShape | None:
    """The rows, by the length of their numbers: `1`, `1.1`, `1.1.1`."""
    grown = Growing()
    many = 0
    for number, line in enumerate(lines):
        found = _NUMBER.match(line.strip())
        if found:
            parts = (found[1] or found[2]).removesuffix(".0").count(".")
            grown.add(number, parts, line.strip()[found.end() :])
            many += 1
        else:
            grown.text(number, line)
    return _enough(grown, lines, many)


def signed(lines: Sequence[str]) -> TreeShape | None:
    """The rows, by their marks: `-` and `--`, one emoji or one kind of letter per level, whatever
    the indentation.
    """
    found = list(_signed(lines))
    marked = [each for each in found if each.key is not None]
    first = next((each for each in found if each.words.strip()), None)
    if marked and first and first.key is None and not first.words.lstrip().startswith("#"):
        second = found[found.index(first) + 1 :][:1]
        if second and second[0].key is not None:
            marked.insert(0, first)
    depth = dict(zip(marked, stacked(each.key for each in marked), strict=True))
    grown = Growing()
    for row in found:
        if row in depth:
            grown.add(row.line, depth[row], row.words)
        else:
            grown.text(row.line, row.words)
    return _enough(grown, lines, len(marked))


def _signed(lines: Sequence[str]) -> Iterator[_Marked]:
    roman = any(re.match(r"\s*(?:II|III|IV|VI)[.)]\s", line) for line in lines)
    for number, line in enumerate(lines):
        words = line.strip()
        found = _REPEATED.match(words)
        if found:
            signs = len(re.sub(r"\s", "", found[0]))
            yield _Marked(number, (found[1], signs), words[found.end() :])
            continue
        for name, pattern in (("", _EMOJI), ("", _BULLET), ("letter", _LETTER)):
            found = pattern.match(words)
            if found and words[found.end() :].strip():
                key = (name, _case(found[1], roman=roman)) if name else found[1]
                yield _Marked(number, key, words[found.end() :])
                break
        else:
            digits = re.match(r"\(?\d{1,3}[.)][ \t]+", words)
            key = "digit" if digits else None
            yield _Marked(number, key, words[digits.end() :] if digits else line)


def _case(letters: str, *, roman: bool) -> str:
    if roman and re.fullmatch(r"[IVX]+", letters):
        return "roman"
    return "upper" if letters.isupper() else "lower"


def _enough(grown: Growing, lines: Sequence[str], many: int) -> TreeShape | None:
    written = sum(bool(line.strip()) for line in lines)
    shape = grown.shape()
    enough = many >= max(_FEWEST, _MARKED * written)
    return shape if enough and depths(shape.rows) > 1 else None
