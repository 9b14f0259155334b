"""What the commits of a repository say of single nodes; no whole tree is built for it."""

import os
import posixpath
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ost.errors import OstError
from ost.history.biography import WrittenVersion, entry_of, written_in
from ost.history.git import Commit, Repository
from ost.history.versions import FileVersion, versions
from ost.limits import LARGEST_FILE
from ost.project.sources import reading
from ost.read.document import Reading
from ost.tree.model import NodeId, Test
from ost.tree.past import Version
from ost.tree.tree import Tree

if TYPE_CHECKING:
    from ost.project import Project


class NodeFile(NamedTuple):
    """A node as it is now: its file below the content folder, and its former ids."""

    path: str
    aliases: tuple[str, ...] = ()


def pasts(
    repository: Repository, content: str, nodes: Mapping[str, NodeFile], until: str = "HEAD"
) -> dict[str, list[WrittenVersion]]:
    """What each commit left of each node, oldest first. `content` is the content folder's path in
    the repository.
    """
    paths = {
        node: posixpath.normpath(posixpath.join(content, known.path))
        for node, known in nodes.items()
    }
    aliases = {node: known.aliases for node, known in nodes.items()}
    found = versions(repository.touched(until), paths, aliases)
    commits = {each.id: each for each in repository.commits(until, first_parent=True)}
    read = _readings(repository, (one for each in found.values() for one in each))
    return {
        node: [
            WrittenVersion(commits[each.commit], _said(each, read, (node, *aliases[node])))
            for each in reversed(history)
            if each.commit in commits
        ]
        for node, history in found.items()
    }


def past_of(project: "Project", tree: Tree) -> dict[NodeId, tuple[Version, ...]]:
    """What commits left of the tree's tests; nothing where there is no history."""
    tests = {
        str(node.id): NodeFile(node.path, tuple(map(str, node.aliases)))
        for node in tree.nodes(Test)
    }
    if not tests:
        return {}
    try:
        repository = Repository(project.root)
        until = repository.commit(project.revision() or "HEAD").id
        found = pasts(repository, content_of(project, repository), tests, until)
    except OstError:
        return {}
    return {
        NodeId(node): tuple(
            Version(each.commit.day, each.commit.id, each.fields) for each in history
        )
        for node, history in found.items()
    }


def content_of(project: "Project", repository: Repository) -> str:
    """The content folder's path in the repository."""
    inside = os.path.relpath(project.content, os.path.realpath(repository.top))
    return inside.replace(os.sep, "/")


def last_changed(history: Iterable[WrittenVersion]) -> Commit | None:
    """The commit that last changed what a node says."""
    before: object = None
    last = None
    for commit, fields in history:
        if fields != before:
            last = commit
        before = fields
    return last


def _said(
    version: FileVersion, read: Mapping[str, Reading], names: Iterable[str]
) -> "dict[str, object] | None":
    stem = version.path.rpartition("/")[2].rpartition(".")[0]
    if not version.blob or version.blob not in read:
        return None
    return written_in(entry_of(read[version.blob], (*names, stem), stem))


def _readings(repository: Repository, found: Iterable[FileVersion]) -> dict[str, Reading]:
    wanted = {each.blob: each.path for each in found if each.blob}
    return {
        blob: reading("", data, None, size)
        for blob, size, data in repository.blobs(wanted, LARGEST_FILE)
    }
