"""A rule's settings besides its options: its severity by file, and the files in which it is off."""

import re
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from ost.read.diagnostic import Diagnostic, Severity


class Severities(Struct, frozen=True):
    """The severities of a rule's diagnostics. Paths are regular expressions.

    `severity` applies to all files, `by_path` to some; the last match counts. In the files of
    `silent` the rule reports nothing.
    """

    severity: Severity | None = None
    by_path: tuple[tuple[str, Severity], ...] = ()
    silent: tuple[str, ...] = ()

    def on(self, found: Diagnostic) -> Diagnostic | None:
        """A diagnostic with its severity; None where the rule is silent."""
        if self.is_silent(found.path):
            return None
        severity = self.severity
        for path, there in self.by_path:
            if _expression(path).fullmatch(found.path):
                severity = there
        return found if severity in {None, found.severity} else replace(found, severity=severity)

    def is_silent(self, path: str) -> bool:
        """Whether the rule reports nothing about a file."""
        return any(_expression(each).fullmatch(path) for each in self.silent)


USUAL = Severities()
"""The severities of a rule without settings."""


@cache
def _expression(path: str) -> re.Pattern[str]:
    return re.compile(path, re.DOTALL)
