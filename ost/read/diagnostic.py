"""Diagnostics: a problem and its place. They know no rule, node or tree."""

from enum import StrEnum

from msgspec import Struct

from ost.read.place import Place, Span


class Severity(StrEnum):
    """How serious a diagnostic is. Only an error fails a check."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Edit(Struct, frozen=True, order=True):
    """Replaces what `span` covers with `text`."""

    span: Span
    text: str


class Fix(Struct, frozen=True):
    """A safe fix. `title` is an imperative."""

    title: str
    edits: tuple[Edit, ...]


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One problem. `node` is the id of the node it is about, or empty if it is about a file.

    `related` lists other relevant places, each with a short explanation.
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
