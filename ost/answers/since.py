"""`ost check --since REV`: only new findings, by rule and node."""

from collections.abc import Iterable
from pathlib import Path

from ost.answers.comparison import base_side, parse_range
from ost.errors import Misuse
from ost.history.diff import matched_ids
from ost.history.findings import compare_findings
from ost.history.git import Repository
from ost.project import Project
from ost.project.results import Progress
from ost.project.revision import Revision
from ost.project.rule_selection import RuleSelection
from ost.project.sides import committed, working
from ost.read.diagnostic import Diagnostic


def introduced(
    folder: Path,
    project: Project,
    since: str,
    standing: Iterable[Diagnostic],
    asked: RuleSelection,
    report: Progress | None = None,
) -> tuple[Diagnostic, ...]:
    """The diagnostics that the revision does not have, judged by the same rules on the same day.
    `main...` means since the branches diverged, so other people's changes on main do not count.
    """
    after = (
        committed(project, None, report)
        if isinstance(project, Revision)
        else working(project, report)
    )
    newest = project.commit.id if isinstance(project, Revision) else "HEAD"
    repository = Repository(folder if folder.is_dir() else folder.parent)
    named = parse_range(since)
    if named.after and repository.commit(named.after).id != repository.commit(newest).id:
        raise Misuse(f"--since takes one revision; leave out {named.after!r}")
    before = base_side(repository, project, named, newest, asked, after, report)
    became = matched_ids(before.records, after.records)
    return compare_findings(before.diagnostics, standing, became).new
