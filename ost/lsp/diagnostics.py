"""Turns a diagnostic into the protocol's form, with the message of `ost check`."""

from lsprotocol import types

from ost.lsp.positions import Positions
from ost.lsp.projects import OpenProject
from ost.read.diagnostic import Diagnostic, Severity

_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


def diagnostic(said: Diagnostic, folder: OpenProject, positions: Positions) -> types.Diagnostic:
    """The diagnostic with its related places."""
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(folder.uri(span.path), folder.positions(span.path).range(span.place)),
            words,
        )
        for span, words in said.related
    ]
    return types.Diagnostic(
        range=positions.range(said.at),
        message=said.message,
        severity=_SEVERITY[said.severity],
        code=said.code,
        source="ost",
        related_information=related or None,
    )
