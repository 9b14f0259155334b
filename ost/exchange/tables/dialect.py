"""What is particular to the tables of one tool."""

from collections.abc import Callable, Mapping

from msgspec import Struct


class Dialect(Struct, frozen=True, kw_only=True):
    """How a tool writes tables.

    `columns` says what its columns hold, `kinds` what its kinds are, with "" for what is not a
    node. `about` is the kind of the rows of a table, by words in the table's name, and `quoted`
    that of rows with a quote where nothing says what they are. `parts` are folded kinds that are
    not nodes and are named in the text of what they hang under. `markdown` turns its texts into
    Markdown. `tool` is the source of its signals. `lasting` says that even short keys such as
    `DX-1` mean one thing in all exports of the tool. `titled`
    says that the first column is the title of a row, whatever it is called.
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
