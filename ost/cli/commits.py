"""The commits that a command is about, and what they changed in the tree by day."""

from collections.abc import Container
from datetime import date

from ost.cli.terminal import output
from ost.cli.workspace import CommandProject, progress
from ost.errors import OstError
from ost.history.git import Commit, Repository
from ost.project.log import ChangeFilter, shown_commits
from ost.project.revision import Revision

_LOGGED = 50
"""How many of the newest commits are listed by day."""


def requested_commits(
    repository: Repository, revisions: str, author: str, first: date | None, last: date | None
) -> list[tuple[Commit, bool]]:
    """The commits, newest first, and a test for those that the options ask for."""
    begin, dots, end = revisions.partition("..")
    ends = [repository.commit(end if dots and end else begin if not dots else "HEAD").id]
    if dots:
        ends.append(f"^{repository.commit(begin or 'HEAD').id}")
    found = repository.commits(*ends, first_parent=True)
    return [
        (
            each,
            author.casefold() in each.author.casefold()
            and (first is None or each.day >= first.isoformat())
            and (last is None or each.day <= last.isoformat()),
        )
        for each in found
    ]


def changes_by_day(opened: CommandProject, nodes: Container[str]) -> list[tuple[str, list[str]]]:
    """What the last fifty commits changed in some nodes, by day, newest first; nothing outside of
    a git repository.
    """
    path = opened.path if opened.path.is_dir() else opened.path.parent
    try:
        repository = Repository(path)
        project = opened.project
        newest = project.commit.id if isinstance(project, Revision) else "HEAD"
        commits = requested_commits(repository, newest, "", None, None)
    except OstError:
        return []
    found: dict[str, list[str]] = {}
    with progress() as report:
        anything = ChangeFilter(None, frozenset(), frozenset())
        for step in shown_commits(
            path, repository, commits, _LOGGED, anything, report, output.complain
        ):
            sentences = [sentence for change, sentence in step.changes if change.node in nodes]
            if sentences:
                found.setdefault(step.commit.day, []).extend(sentences)
    return list(found.items())
