"""Trees whose depth is only in the indentation, and trees as HTML lists."""

import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

from ost.exchange.outlines.row import Growing, TreeShape, depths

_BULLET = re.compile(r"(?:[-*+•◦▪‣·]|\d{1,3}[.)])[ \t]+")
_BRANCH = re.compile(r"[\s|│┃]*[|│┃├└┣┗╰╚╠+`\\](?:[─━═>-]+|(?=\s|$))[ ]*")
_FEWEST = 3


def indented(lines: Sequence[str]) -> TreeShape | None:
    """The rows, by how far their words are indented."""
    if any(re.match(r"#{1,6}\s|```|\|", line) for line in lines):
        return None
    return _by_column((number, *_right(line, 0)) for number, line in enumerate(lines))


def drawn(lines: Sequence[str]) -> TreeShape | None:
    """The rows, by how far their words are indented behind drawn lines."""
    branches = [_BRANCH.match(line.expandtabs(4)) for line in lines]
    if sum(map(bool, branches)) < _FEWEST or any(
        line.rstrip().endswith("|") and line.count("|") > 1 and re.search(r"\w", line)
        for line in lines
    ):
        return None
    return _by_column(
        (number, *_right(line, branch.end() if branch else 0))
        for number, (line, branch) in enumerate(zip(lines, branches, strict=True))
    )


def _right(line: str, begin: int) -> tuple[int, str]:
    """The indentation of a line's words after drawn lines, and the words."""
    words = line.expandtabs(4)[begin:]
    return begin + len(words) - len(words.lstrip()), words.strip()


def _by_column(lines: Iterable[tuple[int, int, str]]) -> TreeShape | None:
    grown = Growing()
    open_: list[int] = []
    for number, indent, words in lines:
        if not words or not re.search(r"\w", words):
            continue
        bullet = _BULLET.match(words)
        while open_ and open_[-1] >= indent + bool(bullet):
            open_.pop()
        open_.append(indent + bool(bullet))
        grown.add(number, len(open_) - 1, words[bullet.end() :] if bullet else words)
    shape = grown.shape()
    return shape if len(shape.rows) >= _FEWEST and depths(shape.rows) > 1 else None


def tagged(lines: Sequence[str]) -> TreeShape | None:
    """The rows, by how deep their `<li>` is nested."""
    text = "\n".join(lines)
    if "<li" not in text.casefold():
        return None
    found = _Lists()
    found.feed(text)
    found.close()
    shape = found.grown.shape()
    return shape if len(shape.rows) >= _FEWEST else None


class _Lists(HTMLParser):
    """Reads the items of HTML lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grown = Growing()
        self.depth = 0
        self.fresh = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A list starts a level, an item a node."""
        del attrs
        if tag in {"ul", "ol"}:
            self.depth += 1
        self.fresh = self.fresh or tag == "li"

    def handle_endtag(self, tag: str) -> None:
        """Ends a level."""
        if tag in {"ul", "ol"}:
            self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        """The first words of an item are its own."""
        line = self.getpos()[0] - 1
        for number, words in enumerate(data.split("\n")):
            if words.strip() and self.fresh:
                self.grown.add(line + number, max(0, self.depth - 1), words)
                self.fresh = False
            else:
                self.grown.text(line + number, words)
