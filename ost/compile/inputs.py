"""The inputs of an update besides the changed texts: readings, rules and the day."""

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from ost.judge.rule import Rule
from ost.read.document import Document
from ost.read.transcript import Transcript


class Inputs(Struct, frozen=True, kw_only=True):
    """The inputs of an update besides the changes. `document` returns a file's current reading;
    `transcripts` are the project's, by path.
    """

    document: Callable[[str], Document]
    transcripts: Mapping[str, Transcript]
    synonyms: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    as_of: date
    suggests: bool = True
    """Whether an unknown name gets a similar id suggested; any new id may change the suggestion."""
