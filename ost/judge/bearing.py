"""What settings say of a rule besides its options: how much it weighs, and where it is silent."""

import re
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from ost.read.diagnostic import Diagnostic, Severity


class Bearing(Struct, frozen=True):
    """How a rule bears on what it finds. Paths are regular expressions.

    `severity` is for everything, `weights` are for some files; the last that matches counts.
    In the files of `silent` nothing is said.
    """

    severity: Severity | None = None
    weights: tuple[tuple[str, Severity], ...] = ()
    silent: tuple[str, ...] = ()

    def on(self, found: Diagnostic) -> Diagnostic | None:
        """What becomes of a diagnostic."""
        if self.is_silent(found.path):
            return None
        severity = self.severity
        for path, weight in self.weights:
            if _expression(path).fullmatch(found.path):
                severity = weight
        return found if severity in {None, found.severity} else replace(found, severity=severity)

    def is_silent(self, path: str) -> bool:
        """Whether nothing is said of a file."""
        return any(_expression(each).fullmatch(path) for each in self.silent)


PLAIN = Bearing()
"""That of a rule of which the settings say nothing."""


@cache
def _expression(path: str) -> re.Pattern[str]:
    return re.compile(path, re.DOTALL)
