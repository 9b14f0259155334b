"""The past of single nodes in a repository's commits, found without building whole trees."""

import os
import posixpath
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ost.history.biography import WrittenVersion, entry_of, written_in
from ost.history.git import Commit, Repository, Touch
from ost.history.versions import FileVersion, versions
from ost.limits import LARGEST_FILE
from ost.project.sources import reading
from ost.project.touches import complete, touches
from ost.read.document import Reading

if TYPE_CHECKING:
    from ost.project import Project


class NodeFile(NamedTuple):
    """Where a current node is written: its file, relative to the content folder, and its former
    ids.
    """

    path: str
    aliases: tuple[str, ...] = ()


def pasts(
    project: "Project",
    repository: Repository,
    content: str,
    nodes: Mapping[str, NodeFile],
    until: str,
) -> dict[str, list[WrittenVersion]]:
    """Each node after each of the commits up to `until`, oldest first. `content` is the content
    folder's path in the repository.
    """
    kept = touches(project, repository, until)
    found = file_versions(kept.touched, content, nodes)
    if not kept.whole and found != file_versions(complete(kept, repository, found), content, nodes):
        found = file_versions(repository.touched(until), content, nodes)
    wanted = dict.fromkeys(one.commit for each in found.values() for one in each)
    commits = repository.commits(*wanted, walk=False) if wanted else ()
    return version_contents(repository, {each.id: each for each in commits}, nodes, found)


def file_versions(
    touched: Iterable[tuple[str, tuple[Touch, ...]]], content: str, nodes: Mapping[str, NodeFile]
) -> dict[str, list[FileVersion]]:
    """The versions of each node's file, newest first, from the files that commits touched."""
    paths = {
        node: posixpath.normpath(posixpath.join(content, known.path))
        for node, known in nodes.items()
    }
    return versions(touched, paths, {node: known.aliases for node, known in nodes.items()})


def version_contents(
    repository: Repository,
    commits: Mapping[str, Commit],
    nodes: Mapping[str, NodeFile],
    found: Mapping[str, list[FileVersion]],
) -> dict[str, list[WrittenVersion]]:
    """The contents of versions, oldest first."""
    read = _readings(repository, (one for each in found.values() for one in each))
    return {
        node: [
            WrittenVersion(commits[each.commit], _fields(each, read, (node, *nodes[node].aliases)))
            for each in reversed(history)
            if each.commit in commits
        ]
        for node, history in found.items()
    }


def content_of(project: "Project", repository: Repository) -> str:
    """The content folder's path in the repository."""
    inside = os.path.relpath(project.content, os.path.realpath(repository.top))
    return inside.replace(os.sep, "/")


def last_changed(history: Iterable[WrittenVersion]) -> Commit | None:
    """The commit that last changed a node."""
    before: object = None
    last = None
    for commit, fields in history:
        if fields != before:
            last = commit
        before = fields
    return last


def _fields(
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
