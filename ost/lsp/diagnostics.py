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


def diagnostic(found: Diagnostic, folder: OpenProject, positions: Positions) -> types.Diagnostic:
    """The diagnostic with its related places."""
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(folder.uri(span.path), folder.positions(span.path).range(span.place)),
            words,
        )
        for span, words in found.related
    ]
    return types.Diagnostic(
        range=positions.range(found.at),
        message=found.message,
        severity=_SEVERITY[found.severity],
        code=found.code,
        source="ost",
        related_information=related or None,
    )
