"""Which nodes mean something else than at a revision: what selectors ask with `changed:`."""

from contextlib import suppress
from datetime import date
from pathlib import Path

from ost.errors import OstError
from ost.history.diff import compare
from ost.history.git import Commit, Repository
from ost.history.record import Records
from ost.project import Project
from ost.project.revision import Revision
from ost.project.sides import Side, committed, working
from ost.selection.evaluation import RevisionError


def changed_nodes(project: Project, folder: Path, revision: str) -> frozenset[str]:
    """The nodes that `ost diff REVISION` names, as they are called now.

    `main...` means since the project parted from main.
    """
    try:
        repository = Repository(folder if folder.is_dir() else folder.parent)
        before = _before(project, repository, revision)
    except OstError as error:
        raise RevisionError(str(error)) from None
    after = committed(project) if isinstance(project, Revision) else working(project)
    return frozenset(str(each.node) for each in compare(before.records, after.records))


def _before(project: Project, repository: Repository, written: str) -> Side:
    commit = repository.commit(written.removesuffix("...") or "HEAD")
    if written.endswith("..."):
        newest = project.commit.id if isinstance(project, Revision) else "HEAD"
        base = repository.merge_base(commit.id, repository.commit(newest).id)
        commit = repository.commit(base)
    held = held_in(repository, commit, project.today)
    if held is None:
        return Side(commit.id, commit.at, Records({}), ())
    return committed(held, project.settings)


def walked(repository: Repository, commit: Commit) -> Revision | None:
    """The project as history has it at a commit: by the settings of before, where its own cannot be
    read; None where there is no such folder.
    """
    found = held_until(repository, commit, repository.prefix.strip("/"))
    return found if found is None or found.commit == commit else found.at(commit)


def held_in(repository: Repository, commit: Commit, day: date | None) -> Revision | None:
    """The project as a commit holds it; None where it has no such folder yet."""
    folder = repository.prefix.strip("/")
    if folder and not repository.tree(commit, folder):
        return None
    return Revision(repository, commit, repository.prefix, day)


def held_until(repository: Repository, commit: Commit, prefix: str) -> Revision | None:
    """The project as the newest commit up to one holds it whose settings can be read; None where
    there is none, or no such folder on the way.
    """
    for earlier in repository.commits(commit.id, first_parent=True):
        if prefix and not repository.tree(earlier, prefix):
            return None
        with suppress(OstError):
            return Revision(repository, earlier, prefix)
    return None
