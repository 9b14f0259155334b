"""Diagnostics: what is wrong, and where. They know no rule, node or tree."""

from enum import StrEnum

from msgspec import Struct

from ost.read.place import Place, Span


class Severity(StrEnum):
    """The severity of a diagnostic. Only an error fails a check."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Edit(Struct, frozen=True, order=True):
    """Put `text` where `span` is."""

    span: Span
    text: str


class Fix(Struct, frozen=True):
    """A safe fix; `title` is an imperative."""

    title: str
    edits: tuple[Edit, ...]


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One remark. `node` is the id of the node it is about, or empty when it is about a file.

    `related` holds other places worth a look, each with a few words.
    """

    path: str
    at: Place
    code: str
    message: str
    severity: Severity = Severity.ERROR
    node: str = ""
    related: tuple[tuple[Span, str], ...] = ()
    fix: Fix | None = None

    @property
    def order(self) -> tuple[str, Place, str, str]:
        """The reading order: by file, then place, then code."""
        return (self.path, self.at, self.code, self.message)
