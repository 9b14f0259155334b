"""What Markdown blocks are: a plain series of events, and the parts that may hold nodes."""

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct


class BlockEvent(Struct, frozen=True, gc=False):
    """A block begins or ends. `line` counts from the body's first, from 0.

    `text` is a paragraph and `heading` a heading (`level` 1 to 6): `content` are their lines
    without indentation and marks. `item` begins a list item of a list in `level` others (`ordered`,
    if so), `/item` ends it. `quote` begins a block quote; its end, `/quote`, tells its last line
    with words. An item or a quote that is one line of text and nothing else has it as `content`,
    and nothing ends it.
    """

    type: str
    line: int
    level: int = 0
    content: str = ""
    ordered: bool = False


def end(events: list[BlockEvent], kind: str, line: int) -> None:
    """Adds the end of an item or quote, or its text to its beginning if it is one line of text."""
    begin, text = events[-2:] if len(events) > 1 else (events[-1], events[-1])
    short = begin.type == kind and text.type == "text" and begin.line == text.line
    if short and line <= begin.line and text.content and "\n" not in text.content:
        events[-2:] = [BlockEvent(kind, begin.line, begin.level, text.content, begin.ordered)]
    else:
        events.append(BlockEvent(f"/{kind}", line))


LinkDefinitions = Mapping[str, Mapping[str, object]]
"""Link definitions by their normalized names, as markdown-it-py gives them."""


class Part(NamedTuple):
    """A heading (`depth` is its level), a list item (of a list in `depth` others), a text or code.

    `type` is `heading`, `item`, `text` or `code`. The words are from line `first` to before line
    `last`; all of the part ends before line `end`.
    """

    type: str
    depth: int
    first: int
    last: int
    end: int
    content: str
    kind: str = ""
    """The kind of the node that it is, where that is known already: the cell of a table."""
