"""The nodes whose meaning differs from a revision, for the selector `changed:`."""

from pathlib import Path

from ost.errors import OstError
from ost.history.diff import compare
from ost.history.git import Repository
from ost.project import Project
from ost.project.older_side import older_side
from ost.project.revision import Revision
from ost.project.sides import Side, committed, working
from ost.selection.evaluation import RevisionError


def changed_nodes(project: Project, folder: Path, revision: str) -> frozenset[str]:
    """The nodes that `ost diff REVISION` names, by their present ids.

    `main...` means since the branch left main.
    """
    after = committed(project) if isinstance(project, Revision) else working(project)
    try:
        repository = Repository(folder if folder.is_dir() else folder.parent)
        before = _before(project, repository, revision, after)
    except OstError as error:
        raise RevisionError(str(error)) from None
    return frozenset(str(each.node) for each in compare(before.records, after.records))


def _before(project: Project, repository: Repository, written: str, after: Side) -> Side:
    begin = written.removesuffix("...") or "HEAD"
    if written.endswith("..."):
        newest = project.commit.id if isinstance(project, Revision) else "HEAD"
        begin = repository.merge_base(begin, newest)
    commit = repository.commit(begin)
    return older_side(repository, commit, project.today, project.settings, after)
