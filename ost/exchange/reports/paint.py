"""Colour and width of text in a terminal. Commands decide whether to use colour."""

from collections.abc import Callable
from typing import TypeAlias
from unicodedata import combining, east_asian_width

from ost.exchange.escape import JOINERS, terminal
from ost.expression import expression

Paint: TypeAlias = Callable[[str, str], str]
"""A function such as `paint("bold red", text)`, which returns the text in that style."""

_CODES = {
    "bold": "1",
    "dim": "2",
    "italic": "3",
    "underline": "4",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}


safe = terminal
"""Content on one line, without control characters."""


def plain(style: str, text: str) -> str:
    """The text without any style."""
    return text


def coloured(style: str, text: str) -> str:
    """The text between the escape sequences of a style such as `bold red`."""
    codes = ";".join(_CODES[each] for each in style.split())
    return f"\033[{codes}m{text}\033[0m" if codes and text else text


def width(text: str) -> int:
    """How many columns a text without escape sequences takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(each) or each in JOINERS else 1 + (east_asian_width(each) in "WF")
        for each in text
    )


def cut(text: str, columns: int) -> str:
    """The text if it fits into this many columns, else its beginning and an ellipsis."""
    if width(text) <= columns:
        return text
    kept = text[: max(columns - 1, 0)]
    while kept and width(kept) > columns - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…" if columns > 0 else ""


ESCAPE = expression(r"\033\[[\d;]*m|\033\]8;[^\033]*\033\\")
"""Our own escape sequences: colours and links."""


def wrapped(text: str, columns: int | None) -> list[str]:
    """The text in lines of this many columns, broken between words; on one line if `columns` is
    None. Escape sequences take no room.
    """
    if columns is None:
        return [text]
    lines, line, used = list[str](), "", 0
    for word in text.split(" "):
        wide = width(ESCAPE.sub("", word))
        if line and used + 1 + wide > columns:
            lines.append(line)
            line, used = word, wide
        else:
            line, used = (f"{line} {word}", used + 1 + wide) if line else (word, wide)
    return [*lines, line]


def wrapped_lines(text: str, columns: int) -> str:
    """The text with its long lines broken between words and indented below their beginning."""
    return "\n".join(_wrapped_line(line, columns) for line in text.split("\n"))


def _wrapped_line(line: str, columns: int) -> str:
    if width(ESCAPE.sub("", line)) <= columns:
        return line
    words = line.lstrip(" ")
    indent = " " * (len(line) - len(words))
    return indent + f"\n{indent}  ".join(wrapped(words, columns - len(indent) - 2))
