"""Finds the decisions that became suspect since they were last edited."""

from collections.abc import Iterator, Mapping

from ost.errors import OstError
from ost.history.biography import WrittenVersion
from ost.history.change import Change, Verb
from ost.history.diff import compare
from ost.history.git import Commit, Repository
from ost.history.record import Records, records
from ost.project import Project
from ost.project.past import NodeFile, content_of, last_changed, pasts
from ost.project.revision import Revision
from ost.project.sides import committed
from ost.tree.model import Decision, NodeId
from ost.tree.tree import Tree


def changed_decisions(project: Project, tree: Tree) -> dict[NodeId, tuple[str, ...]]:
    """The changes below each decision since its last edit; empty without history."""
    known = {
        str(node.id): NodeFile(node.path, tuple(map(str, node.aliases)))
        for node in tree.nodes(Decision)
    }
    try:
        found = suspects_since(project, known, records(tree)) if known else {}
    except OstError:
        return {}
    return {NodeId(node): reasons for node, reasons in found.items()}


def suspects_since(
    project: Project, known: Mapping[str, NodeFile], after: Records
) -> dict[str, tuple[str, ...]]:
    """The changes below decisions, each since the commit that last changed it."""
    repository = Repository(project.root)
    newest = repository.commit(project.revision() or "HEAD")
    history = pasts(project, repository, content_of(project, repository), known, newest.id)
    found: dict[str, tuple[str, ...]] = {}
    for commit, nodes in _last_edits(history).items():
        for change in compare(_before(project, repository, commit), after):
            if change.change is Verb.SUSPECT and change.node in nodes:
                found[change.node] = reasons(change)
    return found


def reasons(change: Change) -> tuple[str, ...]:
    """Which reasons to suspect a decision a change contains."""
    return tuple(map(str, change.after)) if isinstance(change.after, list | tuple) else ()


def _last_edits(history: Mapping[str, list[WrittenVersion]]) -> dict[Commit, set[str]]:
    found: dict[Commit, set[str]] = {}
    for node, commit in _edited(history):
        found.setdefault(commit, set()).add(node)
    return found


def _edited(history: Mapping[str, list[WrittenVersion]]) -> Iterator[tuple[str, Commit]]:
    for node, written in history.items():
        commit = last_changed(written)
        if commit is not None:
            yield node, commit


def _before(project: Project, repository: Repository, commit: Commit) -> Records:
    """The records of a commit; none if it has no such folder."""
    try:
        revision = Revision(repository, commit, repository.prefix, project.today)
        return committed(revision, project.settings).records
    except OstError:
        return Records({})
