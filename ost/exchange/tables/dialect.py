"""The peculiarities of one tool's tables."""

from collections.abc import Callable, Mapping

from msgspec import Struct


class Dialect(Struct, frozen=True, kw_only=True):
    """How a tool writes tables. `columns` gives the meaning of its columns, `kinds` that of its
    kinds, with "" for what is not a node. `about` is the kind of a table's rows, by words in the
    table's name, and `quoted` the kind of rows with a quote and no other sign. `parts` are folded
    kinds that are not nodes and are named in the text of their parent. `markdown` turns its texts
    into Markdown. `tool` is the source of its signals. `lasting` says that even short keys such as
    `DX-1` mean the same in all exports of the tool. `titled` says that the first column is the
    title of a row, whatever its heading.
    """

    columns: Mapping[str, str] = {}
    kinds: Mapping[str, str] = {}
    about: Mapping[str, str] = {}
    markdown: Callable[[str], str] = str
    tool: str = ""
    quoted: str = ""
    parts: frozenset[str] = frozenset()
    lasting: bool = False
    titled: bool = False
