"""Compiles both sides of a comparison (`A..B`, `A...B`, or `A` and the current files) and says what
changed.
"""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ost.answers.scope import select_scope
from ost.errors import Misuse
from ost.exchange.differences.difference import ComparedSide, Difference, NamedDifference, rules
from ost.history.diff import compare, matched_ids
from ost.history.findings import Findings, compare_findings
from ost.history.git import Repository
from ost.history.sentences import Both
from ost.project import Project
from ost.project.older_side import find_older_folder, older_side, strangers
from ost.project.results import Progress
from ost.project.revision import Revision, revision_at
from ost.project.root import project_of
from ost.project.rule_selection import RuleSelection
from ost.project.sides import Side, committed, working
from ost.read.diagnostic import Diagnostic
from ost.settings.config import Settings


class Range(NamedTuple):
    """The compared revisions. `after` is None for the current files; `fork` compares from the
    newest common commit.
    """

    before: str
    after: str | None
    fork: bool = False

    def __str__(self) -> str:
        if self.after is None:
            return self.before
        return f"{self.before}{'...' if self.fork else '..'}{self.after}"


class Sides(NamedTuple):
    """Both sides, compiled and judged by the rules of the newer one."""

    before: Side
    after: Side
    content: str
    """The content folder in the repository."""


def parse_range(written: str) -> Range:
    """Parses `A..B`, `A...B` or `A`; a side left out beside dots is HEAD."""
    if not written.strip():
        raise Misuse("the revision is empty; name one, as in `HEAD` or `main...`")
    for dots in ("...", ".."):
        one, found, other = written.partition(dots)
        if found:
            return Range(one or "HEAD", other or "HEAD", fork=dots == "...")
    return Range(written, None)


def is_revision(folder: Path, written: str) -> bool:
    """Whether a word means revisions, rather than a path or a node."""
    if ".." in written and not written.startswith("..") and "/.." not in written:
        return True
    if written.startswith("../"):
        return False
    try:
        Repository(folder).commit(parse_range(written).before)
    except Misuse:
        return False
    return True


def compile_sides(folder: Path, asked: Range, today: date, report: Progress | None = None) -> Sides:
    """Compiles both sides. `today` is the day of the current files."""
    repository = Repository(folder if folder.is_dir() else folder.parent)
    if asked.after is not None:
        return compile_revisions(repository, asked, asked.after, report)
    project = project_of(folder, today)
    after = working(project, report)
    judging = Judging(project.settings, project.today)
    before = _before(repository, asked, "HEAD", judging, after, report)
    return Sides(before, after, inside(repository, Path(project.content)))


def compile_revisions(
    repository: Repository, asked: Range, newest: str, report: Progress | None = None
) -> Sides:
    """Compiles two revisions, of which `newest` is the newer one."""
    revision = revision_at(repository, repository.commit(newest), None)
    if revision is None:
        revision = _older_folder(repository, asked, newest)
    sides = _sides_of(repository, asked, newest, revision, report)
    if strangers(sides.before, sides.after):
        commit = repository.commit(newest)
        moved = find_older_folder(repository, commit, None, sides.before)
        other = sides if moved is None else _sides_of(repository, asked, newest, moved, report)
        return sides if strangers(other.before, other.after) else other
    return sides


def _older_folder(repository: Repository, asked: Range, newest: str) -> Revision:
    """The project of a revision that lacks the requested folder, if the older one has it."""
    older = revision_at(repository, repository.commit(asked.before), None)
    if older is not None:
        side = committed(older, older.settings)
        found = find_older_folder(repository, repository.commit(newest), None, side)
        if found is not None:
            return found
    raise Misuse(f"no folder {repository.prefix.strip('/')!r} in {newest}")


def _sides_of(
    repository: Repository, asked: Range, newest: str, revision: Revision, report: Progress | None
) -> Sides:
    after = committed(revision, revision.settings, report)
    judging = Judging(revision.settings, revision.today)
    before = _before(repository, asked, newest, judging, after, report)
    return Sides(before, after, revision.path)


class Judging(NamedTuple):
    """The rules and the day by which a side is judged."""

    settings: Settings
    day: date
    rules: RuleSelection = RuleSelection()


def base_side(
    repository: Repository,
    project: Project,
    asked: Range,
    newest: str,
    rules: RuleSelection,
    after: Side,
    report: Progress | None,
) -> Side:
    """The older side for a project, judged as the project is."""
    judging = Judging(project.settings, project.today, rules)
    return _before(repository, asked, newest, judging, after, report)


def _before(
    repository: Repository,
    asked: Range,
    newest: str,
    judging: Judging,
    after: Side,
    report: Progress | None,
) -> Side:
    """The older side; an empty tree if the commit does not have the project yet."""
    begin = repository.merge_base(asked.before, newest) if asked.fork else asked.before
    commit = repository.commit(begin)
    return older_side(
        repository, commit, judging.day, judging.settings, after, report, judging.rules
    )


def inside(repository: Repository, content: Path) -> str:
    """The content folder's path in the repository."""
    top = repository.top.resolve()
    return content.relative_to(top).as_posix() if content.is_relative_to(top) else ""


def findings_between(sides: Sides) -> Findings:
    """Findings on the newer side alone, and on the older side alone."""
    became = matched_ids(sides.before.records, sides.after.records)
    return compare_findings(sides.before.diagnostics, sides.after.diagnostics, became)


def named_difference(
    sides: Sides,
    called: str,
    narrow: Iterable[str] = (),
    folder: Path = Path(),
    chosen: Container[str] | None = None,
) -> NamedDifference:
    """What changed, limited to some paths or nodes, and to the `chosen` ones."""
    both = Both(sides.before.records, sides.after.records)
    changes = compare(*both)
    found = findings_between(sides)
    if chosen is not None:
        changes = tuple(each for each in changes if each.node in chosen)
        found = Findings(*(tuple(each for each in one if each.node in chosen) for one in found))
    wanted = select_scope(tuple(narrow), both, sides.content, folder)
    if wanted is not None:
        nodes, paths = wanted
        changes = tuple(each for each in changes if each.node in nodes or each.path in paths)
        found = Findings(
            *(
                tuple(each for each in one if each.node in nodes or each.path in paths)
                for one in found
            )
        )
    difference = Difference(
        before=ComparedSide(revision=sides.before.revision, date=sides.before.day),
        after=ComparedSide(revision=sides.after.revision, date=sides.after.day),
        changes=changes,
        diagnostics=rules(found, _names((*found.new, *found.gone))),
    )
    return NamedDifference(difference=difference, both=both, called=called, content=sides.content)


def _names(found: Sequence[Diagnostic]) -> dict[str, str]:
    if not found:
        return {}
    from ost.project.rules import available_rules

    return {each.code: each.name() for each in available_rules()}
