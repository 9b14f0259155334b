"""Markdown blocks as a flat series of events, and the parts of a text that may hold nodes."""

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct


class BlockEvent(Struct, frozen=True, gc=False):
    """The start or end of a block. `line` counts from 0 at the body's first line.

    `text` is a paragraph and `heading` a heading of `level` 1 to 6; `content` is their text without
    indentation and markers. `item` starts a list item inside `level` other lists, and `/item` ends
    it. `quote` starts a block quote; `/quote` ends it and gives its last line that has words. An
    item or quote of exactly one line of text has that line as `content`, and no end event.
    """

    type: str
    line: int
    level: int = 0
    content: str = ""
    ordered: bool = False


def end(events: list[BlockEvent], kind: str, line: int) -> None:
    """Adds the end of an item or quote. If it is a single line of text, merges start and text
    instead.
    """
    begin, text = events[-2:] if len(events) > 1 else (events[-1], events[-1])
    short = begin.type == kind and text.type == "text" and begin.line == text.line
    if short and line <= begin.line and text.content and "\n" not in text.content:
        events[-2:] = [BlockEvent(kind, begin.line, begin.level, text.content, begin.ordered)]
    else:
        events.append(BlockEvent(f"/{kind}", line))


LinkDefinitions = Mapping[str, Mapping[str, object]]
"""Link definitions by normalized name, as markdown-it-py returns them."""


class Part(NamedTuple):
    """A heading (`depth` is its level), a list item (`depth` counts the lists around it), a
    paragraph or code.

    `type` is `heading`, `item`, `text` or `code`. The words span lines `first` to `last`, the whole
    part lines `first` to `end`; both ends are exclusive.
    """

    type: str
    depth: int
    first: int
    last: int
    end: int
    content: str
    kind: str = ""
    """The kind of the node, if it is known from a table's header."""
