"""A diagnostic in the output of `ost check --format json`."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from msgspec import Meta, Struct

from ost.read.diagnostic import Diagnostic, Severity


class Finding(Struct, frozen=True, kw_only=True):
    """One finding of `ost check`. Lines and columns count from 1."""

    path: Annotated[str, Meta(description="The file, relative to the content folder.")]
    line: Annotated[int, Meta(description="The first line.", ge=1)]
    column: Annotated[int, Meta(description="The first column, in characters.", ge=1)]
    end_line: Annotated[int, Meta(description="The last line.", ge=1)]
    end_column: Annotated[int, Meta(description="The first column after the end.", ge=1)]
    code: Annotated[str, Meta(description="The rule's stable code, such as `OST301`.")]
    name: Annotated[str, Meta(description="The rule's name, such as `single-solution`.")]
    severity: Annotated[
        Severity, Meta(description="`error`, `warning` or `note`; only errors fail a check.")
    ]
    message: Annotated[str, Meta(description="What is wrong, and what to do.")]
    node: Annotated[str, Meta(description="The id of the node, or empty for a file.")]


def findings(diagnostics: Iterable[Diagnostic], names: Mapping[str, str]) -> tuple[Finding, ...]:
    """Each diagnostic as a finding, in the same order. `names` are the rules' names by code."""
    return tuple(_finding(each, names.get(each.code, "")) for each in diagnostics)


def _finding(diagnostic: Diagnostic, name: str) -> Finding:
    line, column, end_line, end_column = diagnostic.at.shown()
    return Finding(
        path=diagnostic.path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        code=diagnostic.code,
        name=name,
        severity=diagnostic.severity,
        message=diagnostic.message,
        node=diagnostic.node,
    )
