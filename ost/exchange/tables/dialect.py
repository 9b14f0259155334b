"""What is special about the tables of one tool."""

from collections.abc import Callable, Mapping

from msgspec import Struct


class Dialect(Struct, frozen=True, kw_only=True):
    """How a tool writes tables.

    `columns` says what its columns mean, and `kinds` what its kinds mean ("" for things that are
    not nodes). `about` gives the kind of rows by words in the table's name; `quoted` is the kind of
    rows that have a quote and nothing else to go by. `parts` are folded kinds that are not nodes:
    the text of their parent names them. `markdown` turns texts into Markdown. `tool` is the source
    of its signals. `lasting` says that even short keys such as `DX-1` mean the same in all exports.
    `titled` says that the first column is the title, whatever its heading.
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
