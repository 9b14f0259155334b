"""The findings of `ost check`: in the terminal for people, in files and pipes for programs."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ost.answers import queries
from ost.cli import reports
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject
from ost.exchange.reports import concise, text
from ost.exchange.reports.finding import Finding
from ost.exchange.reports.order import in_order
from ost.project.results import Refreshed
from ost.read.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from ost.cli.stdin import StandardInput

READ = frozenset({"text", "concise"})
"""The formats for people; the others are for programs."""


class CheckReport:
    """The findings to show: those at least as severe as `least`."""

    def __init__(
        self,
        opened: CommandProject,
        piped: "StandardInput | None",
        standing: Sequence[Diagnostic],
        judged: Sequence[Finding],
        least: Severity,
    ) -> None:
        """`judged` holds the findings of the diagnostics `standing`, in the same order."""
        self.opened, self.piped = opened, piped
        weights = list(Severity)
        heavy = weights[: weights.index(least) + 1]
        self.found = tuple(finding for finding in judged if finding.severity in heavy)
        self.fixes = {
            finding: diagnostic.fix
            for finding, diagnostic in zip(judged, standing, strict=True)
            if diagnostic.fix
        }
        self.failed = any(finding.severity is Severity.ERROR for finding in judged)

    def save(self, targets: Iterable[tuple[str, str]]) -> None:
        """Writes the reports that have a file."""
        for kind, target in targets:
            if target != "-":
                reports.save(target, self._rendered(kind), self.opened.root)

    def show(self, form: str, refreshed: Refreshed) -> None:
        """Prints the findings for people, and what to do next."""
        _printed(form, self.found, self.opened, self.piped)
        output.write(text.summary(self.found, refreshed.nodes, refreshed.files, output.paint()))
        output.write("".join(f"{line}\n" for line in _seen(self.opened, self.piped)))

    def print(self, kinds: Iterable[str]) -> None:
        """Prints the reports for programs."""
        for kind in kinds:
            if kind not in READ:
                output.write(self._rendered(kind), raw=True)

    def _rendered(self, kind: str) -> str:
        return reports.rendered(kind, self.found, self.opened, self.fixes)


def _printed(
    form: str, found: Iterable[Finding], opened: CommandProject, piped: "StandardInput | None"
) -> None:
    """Prints findings for people, the most important first."""
    ordered = in_order(found, queries.target_nodes(opened.project.connect()))
    line, place = (piped.line, piped.shown) if piped else (opened.line(), opened.shown)
    paint = output.paint()
    if form == "concise":
        output.write(concise.render(ordered, place, paint))
    else:
        output.write(
            text.render(
                ordered,
                line,
                place,
                paint,
                output.columns(),
                opened.link,
                wraps=sys.stdout.isatty(),
            )
        )


def _seen(opened: CommandProject, piped: "StandardInput | None") -> Iterable[str]:
    """Material that is not read yet, with the next command; empty for a part of a project."""
    from ost.cli import material

    if piped is not None or opened.within():
        return ()
    return material.unread_material(opened.project.connect(), opened.shown)
