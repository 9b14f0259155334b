"""Both sides of a comparison: records of trees and their findings, stored so that the same side is
never compiled twice.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from copy import copy
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from ost.disk import store
from ost.history.record import Encoded, Records
from ost.project import Project
from ost.project.keys import compiler, key, times
from ost.project.results import Progress, WorkingRecords
from ost.project.revision import Revision
from ost.project.rule_selection import RuleSelection
from ost.project.rules import package_rules, package_sources
from ost.read.diagnostic import Diagnostic
from ost.settings.config import Settings

if TYPE_CHECKING:
    from ost.judge.rule import Rule
    from ost.tree.tree import Tree

Diagnostics = tuple[Diagnostic, ...]
K = TypeVar("K")

SIDES_STORED = 8
"""How many sides are stored."""


class Side(NamedTuple):
    """A tree at a point in time. `revision` is the commit, or None for the current files."""

    revision: str | None
    day: str
    records: Records
    diagnostics: Diagnostics


class _StoredSide(msgspec.Struct, array_like=True):
    """The stored part of a commit's side."""

    records: Encoded
    diagnostics: Diagnostics


def working(project: Project, progress: Progress | None = None) -> Side:
    """The side of the current files. Their findings are in the state."""
    refreshed = project.refresh(progress)
    diagnostics = project.diagnostics()
    day = project.today.isoformat()
    kept = _working_records(project, refreshed.build)
    encoded = _records(_tree(project, progress)) if kept is None else kept.records
    return Side(None, day, Records(encoded), diagnostics)


def committed(
    revision: Revision,
    settings: Settings | None = None,
    progress: Progress | None = None,
    rules: RuleSelection | None = None,
) -> Side:
    """A commit's tree, judged by the rules of `settings`, by default its own."""
    settings, rules = settings or revision.settings, rules or RuleSelection()
    if rules.select:
        settings = msgspec.structs.replace(settings, select=rules.select, ignore=())
    file = _file(revision, f"{revision.folder.name}\0{settings!r}\0{rules!r}")
    kept = _read(file, _StoredSide)
    if kept is None:
        applied, further = _rules(revision, settings, rules)
        kept = None if any(rules) else _derived(revision, settings, applied, further)
        kept = kept or _whole(revision, applied, further, progress)
        _write(file, kept)
    return Side(revision.commit.id, revision.commit.at, Records(kept.records), kept.diagnostics)


def _working_records(project: Project, build: str) -> WorkingRecords | None:
    """The records of the state's build, stored or based on those stored before; None if the state
    holds another build by now.
    """
    file = _file(project, "working")
    kept = _read(file, WorkingRecords)
    if kept is None or kept.build != build:
        from ost.project.working_tree import updated

        kept = updated(project, build, kept)
        if kept is not None:
            _write(file, kept)
    return kept


def _derived(
    revision: Revision, settings: Settings, rules: "tuple[Rule, ...]", further: Diagnostics
) -> _StoredSide | None:
    """A commit's side as an update of the current files' state; None if that cannot be."""
    from ost.project.revision_changes import current_files

    current = current_files(revision, settings)
    if current is None:
        return None
    known = _working_records(current, current.build())
    if known is None:
        return None
    from ost.project.working_tree import derived

    found = derived(current, known, revision, rules)
    return None if found is None else _StoredSide(found[0], (*found[1], *further))


def _whole(
    revision: Revision,
    rules: "tuple[Rule, ...]",
    further: Diagnostics,
    progress: Progress | None,
) -> _StoredSide:
    """A commit's side from all of its files."""
    from ost.judge.check import judge

    tree = _tree(revision, progress)
    return _StoredSide(_records(tree), judge(tree, rules, further).diagnostics)


def _tree(project: Project, progress: Progress | None) -> "Tree":
    from ost.project.encoding import no_collector

    with no_collector():
        found = project.everything(progress)
        return found.tree(found.documents)


def _records(tree: "Tree") -> Encoded:
    from ost.history.record import records

    return records(tree).encoded


def _rules(
    revision: Revision, settings: Settings, rules: RuleSelection
) -> "tuple[tuple[Rule, ...], Diagnostics]":
    """The rules of these settings, and their findings about the commit's own settings."""
    from ost.judge.check import Ruleset
    from ost.project.rule_settings import configured_rules, remarks

    copied = copy(revision)
    copied.settings = settings
    applied, _ = configured_rules(
        copied,
        package_rules(),
        select=rules.select,
        ignore=rules.ignore,
        calendar=rules.calendar,
    )
    return applied, tuple(Ruleset(applied).in_force(remarks(revision)))


def _file(project: Project, path: str) -> Path:
    """The file of a side, named by everything that the side depends on."""
    packages = times(package_sources())
    basis = "\0".join((key(project.settings), packages, compiler("history"), path))
    name = sha1(basis.encode("utf-8", "replace"), usedforsecurity=False)
    return project.readings / "sides" / f"{name.hexdigest()[:20]}.side"


def _read(file: Path, type: type[K]) -> K | None:
    kept = store.load(file, type)
    if kept is not None:
        with suppress(OSError):
            os.utime(file)
    return kept


def _write(file: Path, kept: object) -> None:
    """Stores a side if the folder is writable; deletes the ones unused for longest."""
    with suppress(OSError):
        store.prepare(file.parent.parent)
        store.prepare(file.parent)
        store.save(file, kept)
        for unused in list(_unused(file.parent))[SIDES_STORED:]:
            unused.unlink(missing_ok=True)


def _unused(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("*.side"), key=lambda each: each.stat().st_mtime_ns, reverse=True)
