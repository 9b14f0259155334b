"""The scope of a check: which project, which diagnostics, and which of them to show."""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ost.answers import queries
from ost.cli.projects import open_project
from ost.cli.workspace import CommandProject, progress
from ost.errors import Misuse
from ost.project.rule_selection import RuleSelection
from ost.read.diagnostic import Diagnostic
from ost.settings.config import MISTAKEN

if TYPE_CHECKING:
    from ost.cli.stdin import StandardInput


class CheckOptions(NamedTuple):
    """The options of `ost check` that may exclude each other."""

    at: str | None
    since: str | None
    given: Mapping[str, bool]

    def refuse(self, *, piped: bool) -> None:
        """Raises a usage error for options that exclude each other."""
        writes = [name for name, given in self.given.items() if given]
        if self.at is not None and (writes or piped):
            raise Misuse(f"--at reads a commit; leave out {' and '.join(writes) or '-'}")
        if self.since is not None and piped:
            raise Misuse("--since compares files; it cannot be used with standard input")
        if self.since is not None and "--write-baseline" in writes:
            raise Misuse("--write-baseline needs all findings; leave out --since")


def open_for_check(
    path: Path,
    at: str | None,
    as_of: date | None,
    piped: "StandardInput | None",
    options: CheckOptions,
) -> CommandProject:
    """The project, or a usage error for options that exclude each other."""
    options.refuse(piped=piped is not None)
    return open_project(path, at, as_of) if piped is None else piped.opened


def standard_input(name: str, as_of: date | None, *, fixes: bool, part: str) -> "StandardInput":
    """The file on standard input."""
    if fixes:
        raise Misuse("--fix and --diff cannot be used with standard input; name a file")
    if part:
        raise Misuse(f"{part} chooses among files; it cannot be used with standard input")
    from ost.cli.stdin import StandardInput, existing

    return StandardInput(name, CommandProject(existing(name), as_of))


def part_filter(opened: CommandProject, *, mine: bool) -> Callable[[Diagnostic], bool]:
    """Whether a diagnostic is about the requested part. Settings concern every part."""
    shown = opened.shows()
    if not mine:
        return shown
    from ost.project.changed_files import changed_files

    files = changed_files(opened.root)
    return lambda each: (
        shown(each)
        and (each.code == MISTAKEN or os.path.realpath(opened.content / each.path) in files)
    )


def selection_filter(
    opened: CommandProject, shown: Callable[[Diagnostic], bool], only: str | None
) -> Callable[[Diagnostic], bool]:
    """Whether a shown diagnostic is also about a node that `--only` selects."""
    if only is None:
        return shown
    from ost.cli.selectors import select_nodes

    nodes = select_nodes(opened, only)
    return lambda each: shown(each) and (each.code == MISTAKEN or each.node in nodes)


def all_diagnostics(
    opened: CommandProject, piped: "StandardInput | None", asked: RuleSelection, *, with_fixes: bool
) -> tuple[Diagnostic, ...]:
    """All diagnostics: from the cache, unless the user asks for other rules or for fixes."""
    if piped is not None:
        return piped.judged(asked.select, asked.ignore, calendar=asked.calendar)
    if not (any(asked) or with_fixes):
        return opened.project.diagnostics()
    from ost.project.in_memory import FilesInMemory

    in_memory = FilesInMemory(
        opened.project, select=asked.select, ignore=asked.ignore, calendar=asked.calendar
    )
    return in_memory.judged()


def rule_names(opened: CommandProject, diagnostics: Iterable[Diagnostic]) -> Mapping[str, str]:
    """The names of the applied or requested rules, by code."""
    names = queries.names(opened.project.connect())
    if all(each.code in names for each in diagnostics):
        return names
    from ost.project.rules import rule_names

    return rule_names(diagnostics, names)


def since_revision(
    opened: CommandProject,
    since: str | None,
    standing: tuple[Diagnostic, ...],
    asked: RuleSelection,
) -> tuple[Diagnostic, ...]:
    """The diagnostics that are new since a revision; without one, all."""
    if since is None:
        return standing
    from ost.answers.since import introduced

    with progress() as report:
        return introduced(opened.path, opened.project, since, standing, asked, report)
