"""The inputs of an update besides the changed texts: readings, rules and the day."""

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from ost.judge.rule import Rule
from ost.read.document import Document
from ost.read.transcript import Transcript


class Given(Struct, frozen=True, kw_only=True):
    """What an update needs besides the changes. `document` gives the reading of a file as it is
    now; `transcripts` are the project's, by path.
    """

    document: Callable[[str], Document]
    transcripts: Mapping[str, Transcript]
    synonyms: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    as_of: date
    suggests: bool = True
    """Whether a name that leads nowhere is told which id is like it: any new id may change that."""
