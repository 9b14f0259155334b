"""The places of keys and values in a TOML text, which `tomllib` does not report. It expects valid
TOML and is not a second parser: it returns places, never values.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ost.expression import expression

Keys = tuple[str | int, ...]
"""The path to a value: keys of tables, and numbers of items from 0."""

_SPACE = expression(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = expression(r"""[\w-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_TEXT = expression(
    r"""
    "{3} (?:\\.|[^\\])*? "{3,5} | '{3} .*? '{3,5} | " (?:\\.|[^"\\])* " | ' [^']* '
    """,
    re.DOTALL | re.VERBOSE,
)
_OTHER = expression(r"[^,\]}#\r\n]*")


class Spot(NamedTuple):
    """A stretch of a text: lines and columns, from zero, the end not included."""

    line: int
    column: int
    end_line: int
    end_column: int


class Wrong(NamedTuple):
    """What is wrong with a value, or with its key."""

    keys: Keys
    message: str
    of_key: bool = False

    def said(self) -> str:
        """The message, preceded by the setting's name if the message lacks it."""
        name = ".".join(each for each in self.keys if isinstance(each, str))
        return self.message if self.of_key else f"{name}: {self.message}"


class Spots:
    """The places of the keys and values of one text."""

    def __init__(self, text: str) -> None:
        """Goes through the text once."""
        self.text = text
        self.at = 0
        self.keys: dict[Keys, tuple[int, int]] = {}
        self.values: dict[Keys, tuple[int, int]] = {}
        self._counts: dict[Keys, int] = {}
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._document()

    def key(self, keys: Keys) -> Spot:
        """A key's place; otherwise the nearest key above it, or the start."""
        return self._nearest(keys, self.keys)

    def value(self, keys: Keys) -> Spot:
        """A value's place; otherwise its key's, or that of the nearest key above it."""
        return self._nearest(keys, self.values) if keys in self.values else self.key(keys)

    def of(self, wrong: Wrong) -> Spot:
        """The place of a mistake."""
        return self.key(wrong.keys) if wrong.of_key else self.value(wrong.keys)

    def _nearest(self, keys: Keys, known: dict[Keys, tuple[int, int]]) -> Spot:
        while keys and keys not in known:
            keys = keys[:-1]
        start, end = known.get(keys, (0, 0))
        return Spot(*self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset) - 1
        return line, offset - self._starts[line]

    def _document(self) -> None:
        table: Keys = ()
        while self._skip() < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Keys:
        """`[a.b]`, or `[[a]]`, which begins a further item."""
        several = self.text.startswith("[[", self.at)
        self.at += 1 + several
        table = self._dotted(())
        if several:
            self._counts[table] = self._counts.get(table, -1) + 1
            table = (*table, self._counts[table])
        self.at = self.text.find("]", self.at) + 1 + several
        return table

    def _pair(self, table: Keys) -> None:
        keys = self._dotted(table)
        self.at = self.text.index("=", self.at) + 1
        self._value(keys)

    def _dotted(self, table: Keys) -> Keys:
        """The keys of `a."b".c` below a table; a table that is a list is its last item."""
        keys = table
        for word, start, end in self._words():
            if keys in self._counts and not isinstance(keys[-1], int):
                keys = (*keys, self._counts[keys])
            keys = (*keys, word)
            self.keys.setdefault(keys, (start, end))
        return keys

    def _words(self) -> Iterator[tuple[str, int, int]]:
        while found := _KEY.match(self.text, self._skip()):
            self.at = found.end()
            word = found[0]
            if word[0] in "\"'":
                word = tomllib.loads(f"key = {word}")["key"]
            yield word, found.start(), found.end()
            if not self.text.startswith(".", self._skip()):
                return
            self.at += 1

    def _value(self, keys: Keys) -> None:
        start = self._skip()
        first = self.text[start : start + 1]
        if first == "[":
            self._inside("]", keys)
        elif first == "{":
            self._inside("}", keys)
        else:
            found = (_TEXT if first in {'"', "'"} else _OTHER).match(self.text, start)
            self.at = start + len(found[0].rstrip()) if found else start
        self.values[keys] = (start, self.at)

    def _inside(self, end: str, keys: Keys) -> None:
        """The items of a list, or the pairs of a table in one line."""
        self.at += 1
        number = 0
        while not self.text.startswith(end, self._skip()) and self.at < len(self.text):
            if end == "]":
                self._value((*keys, number))
                number += 1
            else:
                self._pair(keys)
            if self.text.startswith(",", self._skip()):
                self.at += 1
        self.at += 1

    def _skip(self) -> int:
        """Skips spaces, newlines and comments."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at
