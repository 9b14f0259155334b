"""Reads selectors, the words that choose nodes: `target+ -kind:assumption`.

A selector is a union of items between blanks; an item is an intersection of parts between commas. A
minus before an item excludes its nodes. A minus before a further part of an item excludes that
part's nodes from the item. `+` before a part adds the nodes above, `+` after it those below; a
number with the `+` limits the levels.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from ost.words import listed, nearest, suggestion

FIELDS = ("id", "kind", "status", "segment", "people", "rule", "tag", "path", "changed")
"""The fields that a part may test."""

TARGET = "target"
"""Alone, this word means the nodes with this status. The node of this name is `id:target`."""

LONGEST = 2000
"""Characters of a selector: more than a person writes, and few enough to evaluate in a request."""

EVERY_LEVEL = 1_000_000_000
"""Deeper than any tree."""


class SelectorError(Exception):
    """An invalid selector: what is wrong, and which part of the text it is about."""

    def __init__(self, message: str, text: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message, self.text, self.start, self.end = message, text, start, end

    def lines(self, width: Callable[[str], int] = len) -> list[str]:
        """The message, the selector on one line, and carets below the part that is wrong.

        `width` says how many columns a text needs where this is shown.
        """
        flat = "".join(each if each.isprintable() else " " for each in self.text)
        before, wrong = flat[: self.start], flat[self.start : self.end]
        return [self.message, f"  {flat}", f"  {' ' * width(before)}{'^' * max(width(wrong), 1)}"]


class SelectorPart(Struct, frozen=True):
    """`+field:value+`. `above` and `below` are levels, 0 without a `+`. Offsets are in the text."""

    field: str
    value: str
    literal: bool
    """Whether the value was quoted: a `*` in it is a plain character."""
    without: bool
    above: int
    below: int
    start: int
    end: int


class SelectorItem(Struct, frozen=True):
    """Parts that must all be satisfied. `without` excludes their nodes."""

    parts: tuple[SelectorPart, ...]
    without: bool


class Selector(Struct, frozen=True):
    """A selector as read; without items it selects everything."""

    text: str
    items: tuple[SelectorItem, ...]

    @property
    def name(self) -> str:
        """The text of the selector if it is the plain name of one node, otherwise ""."""
        if len(self.items) != 1 or len(self.items[0].parts) != 1 or self.items[0].without:
            return ""
        (part,) = self.items[0].parts
        plain = part.field == "id" and not (part.above or part.below)
        return part.value if plain and (part.literal or "*" not in part.value) else ""


_PART = re.compile(
    r"""(?P<minus>-)?
    (?:(?P<above>[0-9]*)\+)?
    (?:(?P<field>[^\s,:"+]+):)?
    (?P<value>"(?:[^"\\]|\\.)*"|[^\s,"]*?)
    (?:\+(?P<below>[0-9]*))?
    (?=[\s,]|$)""",
    re.VERBOSE,
)
_BLANK = re.compile(r"\s*")
_WORD = re.compile(r"[^\s,]*")


def parse(text: str) -> Selector:
    """Reads a selector. Raises `SelectorError`."""
    if len(text) > LONGEST:
        raise SelectorError(
            f"a selector has at most {LONGEST:,} characters", text[:80], 0, min(len(text), 80)
        )
    items: list[SelectorItem] = []
    at = _skip(text, 0)
    while at < len(text):
        item, at = _item(text, at)
        items.append(item)
        at = _skip(text, at)
    return Selector(text, tuple(items))


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _item(text: str, at: int) -> tuple[SelectorItem, int]:
    first, at = _part(text, at)
    parts = [first]
    while text[at : at + 1] == ",":
        part, at = _part(text, at + 1)
        parts.append(part)
    without = first.without
    parts[0] = SelectorPart(
        first.field,
        first.value,
        first.literal,
        False,  # noqa: FBT003 - the minus of the first part is the item's
        first.above,
        first.below,
        first.start,
        first.end,
    )
    return SelectorItem(tuple(parts), without), at


def _part(text: str, at: int) -> tuple[SelectorPart, int]:
    found = _PART.match(text, at)
    if found is None:
        raise _unread(text, at)
    written, field = found["value"], found["field"]
    if not written.strip('"'):
        raise _empty(text, found)
    literal = written.startswith('"')
    value = re.sub(r"\\(.)", r"\1", written[1:-1]) if literal else written
    if field is None:
        field, value = ("status", value) if written == TARGET else ("id", value)
    elif field not in FIELDS:
        message = f"no field {field!r}{suggestion(nearest(field, FIELDS))}"
        if "did you mean" not in message:
            message += f"; the fields are {listed(FIELDS)}"
        raise SelectorError(message, text, *found.span("field"))
    return SelectorPart(
        field,
        value,
        literal,
        found["minus"] is not None,
        _levels(found["above"]),
        _levels(found["below"]),
        *found.span("value"),
    ), found.end()


def _levels(written: str | None) -> int:
    if written is None:
        return 0
    return int(written) if 0 < len(written) < 10 else EVERY_LEVEL


def _unread(text: str, at: int) -> SelectorError:
    """The error for text that is not a part: only quotation marks can be wrong."""
    mark = text.index('"', at)
    if re.compile(r'"(?:[^"\\]|\\.)*"').match(text, mark) is None:
        return SelectorError("this quotation mark is not closed", text, mark, mark + 1)
    word = _WORD.match(text, at)
    end = max(word.end() if word else at, mark + 1)
    return SelectorError('quotation marks surround a whole value, as in tag:"to do"', text, at, end)


def _empty(text: str, found: re.Match[str]) -> SelectorError:
    """The error where a part has no value."""
    if found["field"] is not None:
        message = f"{found['field']}: needs a value after the colon"
    elif found[0].strip("-+0123456789"):
        message = "a value is missing"
    else:
        message = "a node or a field is missing"
    start, end = found.span()
    if start == end:
        start = max(start - 1, 0)
    return SelectorError(message, text, start, max(end, start + 1))
