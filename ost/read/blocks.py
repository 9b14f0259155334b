"""What Markdown blocks are: a plain series of events, and the parts that may hold nodes."""

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct


class BlockEvent(Struct, frozen=True, gc=False):
    """A block begins or ends. `line` counts from the body's first, from 0.

    `text` is a paragraph and `heading` a heading (`level` 1 to 6): `content` are their lines
    without indentation and marks. `item` begins a list item of a list in `level` others (`ordered`,
    if so). `quote` begins a block quote; its end, `/quote`, tells its last line with words.
    """

    type: str
    line: int
    level: int = 0
    content: str = ""
    ordered: bool = False


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
