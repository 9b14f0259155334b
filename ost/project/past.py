"""What the commits of a repository say of single nodes; no whole tree is built for it."""

import posixpath
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ost.history.biography import Written, entry_of, written_in
from ost.history.git import Commit, Repository
from ost.history.versions import Version, versions
from ost.limits import LARGEST_FILE
from ost.project.sources import reading
from ost.read.document import Reading


class Known(NamedTuple):
    """A node as it is now: its file below the content folder, and its former ids."""

    path: str
    aliases: tuple[str, ...] = ()


def pasts(
    repository: Repository, content: str, nodes: Mapping[str, Known], until: str = "HEAD"
) -> dict[str, list[Written]]:
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
            Written(commits[each.commit], _said(each, read, (node, *aliases[node])))
            for each in reversed(history)
            if each.commit in commits
        ]
        for node, history in found.items()
    }


def last_changed(history: Iterable[Written]) -> Commit | None:
    """The commit that last changed what a node says."""
    before: object = None
    last = None
    for commit, fields in history:
        if fields != before:
            last = commit
        before = fields
    return last


def _said(
    version: Version, read: Mapping[str, Reading], names: Iterable[str]
) -> "dict[str, object] | None":
    stem = version.path.rpartition("/")[2].rpartition(".")[0]
    if not version.blob or version.blob not in read:
        return None
    return written_in(entry_of(read[version.blob], (*names, stem), stem))


def _readings(repository: Repository, found: Iterable[Version]) -> dict[str, Reading]:
    wanted = {each.blob: each.path for each in found if each.blob}
    return {
        blob: reading("", data, size) for blob, size, data in repository.blobs(wanted, LARGEST_FILE)
    }
