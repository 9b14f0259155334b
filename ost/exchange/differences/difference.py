"""The result of `ost diff` as one value, which `--format json` prints."""

import posixpath
from collections.abc import Callable, Mapping
from typing import Annotated

from msgspec import Meta, Struct

from ost.exchange.reports.finding import Finding, findings
from ost.history.change import LOOK, Change
from ost.history.findings import Findings
from ost.history.sentences import Both
from ost.read.diagnostic import Severity


class ComparedSide(Struct, frozen=True, kw_only=True):
    """A side of the comparison."""

    revision: Annotated[str | None, Meta(description="The commit; null for the files as they are.")]
    date: Annotated[str, Meta(description="When it was committed, or today.")]


def place_of(finding: Finding, shown: Callable[[str], str]) -> str:
    """The place of a finding; "" if its message names the node, which is easier to find. `shown`
    turns a content path into a path that the reader knows.
    """
    if finding.node and finding.node in finding.message:
        return ""
    return f"{shown(finding.path)}:{finding.line}"


class Rules(Struct, frozen=True, kw_only=True):
    """The findings of the rules on both sides."""

    new: Annotated[tuple[Finding, ...], Meta(description="Findings on the newer side alone.")] = ()
    gone: Annotated[tuple[Finding, ...], Meta(description="Findings on the older side alone.")] = ()


class Difference(Struct, frozen=True, kw_only=True):
    """What changed between two trees (`ost diff`)."""

    before: Annotated[ComparedSide, Meta(description="The older side.")]
    after: Annotated[ComparedSide, Meta(description="The newer side.")]
    changes: Annotated[
        tuple[Change, ...], Meta(description="Changes of meaning, weightiest first.")
    ]
    diagnostics: Annotated[
        Rules, Meta(description="Findings that are new, and findings that are gone.")
    ]

    def __bool__(self) -> bool:
        """Whether anything in the tree changed."""
        return bool(self.changes or self.diagnostics.new or self.diagnostics.gone)

    def errors(self) -> tuple[Finding, ...]:
        """New errors."""
        return tuple(each for each in self.diagnostics.new if each.severity is Severity.ERROR)

    def look(self) -> tuple[Change, ...]:
        """The changes that a reviewer must look at."""
        return tuple(each for each in self.changes if each.weight >= LOOK)


class NamedDifference(Struct, frozen=True, kw_only=True):
    """A difference and what a report needs besides it: both sides, and its name."""

    difference: Difference
    both: Both
    called: str
    content: str = ""
    """The tree's folder in the repository, which may contain other trees."""

    @property
    def place(self) -> str:
        """The tree's folder, or "" for the usual one."""
        return "" if self.content in {"", ".", "content"} else self.content

    def in_repository(self, path: str) -> str:
        """The path in the repository for a path in the tree's folder."""
        return posixpath.normpath(posixpath.join(self.content, path))


def rules(found: Findings, names: Mapping[str, str]) -> Rules:
    """The findings on both sides; `names` are the rules' names by code."""
    return Rules(new=findings(found.new, names), gone=findings(found.gone, names))
