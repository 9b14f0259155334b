"""The rules that a project's settings choose, and the mistakes in the settings."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ost.judge.catalog import Unloadable, Within, all_rules, choose, configure
from ost.judge.rule import Rule
from ost.project.patterns import expression
from ost.read.diagnostic import Diagnostic
from ost.read.place import START, Place
from ost.settings.config import FILE, MISTAKEN, mistakes
from ost.settings.toml import Wrong
from ost.tree.model import KINDS
from ost.tree.sections import SECTIONS

if TYPE_CHECKING:
    from ost.project import Project


def configured_rules(
    project: "Project",
    further: Iterable[object] = (),
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    calendar: bool = False,
) -> tuple[tuple[Rule, ...], tuple[Diagnostic, ...]]:
    """The rules that apply, and diagnostics for mistakes in the settings.

    `select` and `ignore` narrow the settings' choice; a word in them that names no rule is a
    usage error.
    """
    further = tuple(further)
    settings, known = project.settings, all_rules(further)
    rules, wrong = choose(
        known,
        settings.rules,
        select=settings.select,
        ignore=settings.ignore,
        paths=[
            Within(
                name=pattern,
                path=expression(pattern),
                select=each.select,
                ignore=each.ignore,
                severity=each.severity,
            )
            for pattern, each in settings.paths.items()
        ],
        shared={"glossary": settings.glossary},
        calendar=calendar,
    )
    lost = [each for each in further if isinstance(each, Unloadable)]
    return requested_rules(rules, known, select, ignore), (
        *load_diagnostics(project, lost),
        *remarks(project, wrong),
    )


def requested_rules(
    rules: tuple[Rule, ...],
    known: Iterable[type[Rule]],
    select: Iterable[str],
    ignore: Iterable[str],
) -> tuple[Rule, ...]:
    """The rules that a command asks for."""
    asked = {type(each) for each in configure(known, select=select, ignore=ignore, calendar=True)}
    return tuple(each for each in rules if type(each) in asked)


def load_diagnostics(project: "Project", lost: Iterable[Unloadable]) -> tuple[Diagnostic, ...]:
    """Diagnostics, at the settings, for other packages' rules and kinds that cannot be loaded."""
    return tuple(_mistake(project, START, each.said()) for each in lost)


def remarks(project: "Project", wrong: Iterable[Wrong] = ()) -> tuple[Diagnostic, ...]:
    """Diagnostics for mistakes in the settings; `wrong` are the judge's."""
    found = mistakes(project.settings, KINDS, SECTIONS, wrong)
    return tuple(_mistake(project, Place(*each.at), each.message) for each in found)


def _mistake(project: "Project", at: Place, message: str) -> Diagnostic:
    path = os.path.relpath(os.path.realpath(project.root / FILE), project.content)
    return Diagnostic(path=path.replace(os.sep, "/"), at=at, code=MISTAKEN, message=message)
