"""What the symbolic links of a revision lead to, as they would on disk; nothing is checked out."""

import posixpath
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cached_property

from ost.disk.fence import LOOP, MISSING, OUTSIDE, PRIVATE
from ost.history.git import FILE, LINK, SUBMODULE, Commit, Repository, RevisionEntry
from ost.project.scan import SUFFIXES

MOST = 40
"""A path that leads through more links than this leads in a circle, as on Linux."""
LONGEST = 4096
"""The longest path in a link, in bytes."""


class RevisionLinks:
    """The links of a commit. Content is in the folder `content`, of a project in `inside`; all
    paths are the repository's.
    """

    def __init__(self, repository: Repository, commit: Commit, inside: str, content: str) -> None:
        """Reads nothing yet."""
        self._repository, self._commit = repository, commit
        self._inside, self._content = inside, content

    def followed(self, links: Iterable[str]) -> Iterator[RevisionEntry]:
        """For links in the content folder, the files that they lead to, each by the path that
        leads there; where one cannot be followed, the type says why.
        """
        for path in links:
            yield from self._follow(path, posixpath.join(self._content, path), ())

    def _follow(self, shown: str, path: str, taken: tuple[str, ...]) -> Iterator[RevisionEntry]:
        target, why = self._target(path)
        wanted = shown.endswith(SUFFIXES)
        found = self._entries.get(target)
        taken = (*taken, posixpath.dirname(path))
        if why:
            if wanted or why == LOOP:
                yield RevisionEntry(why, "", shown)
        elif found is not None:
            yield RevisionEntry(FILE, found.blob, shown)
        elif any(_below(each, target) for each in taken):
            yield RevisionEntry(LOOP, "", shown)
        elif not _below(target, self._content):
            for entry in self._under(target):
                inner = f"{shown}/{entry.path[len(target) + 1 :]}"
                if entry.type == LINK:
                    yield from self._follow(inner, entry.path, taken)
                elif entry.type != SUBMODULE:
                    yield RevisionEntry(FILE, entry.blob, inner)

    @cached_property
    def _entries(self) -> dict[str, RevisionEntry]:
        """Everything in the commit by its path."""
        return {each.path: each for each in self._repository.entries(self._commit.tree)}

    @cached_property
    def _written(self) -> dict[str, str]:
        """What is written in links, by their ids."""
        links = (each.blob for each in self._entries.values() if each.type == LINK)
        return {
            name: data.decode("utf-8", "surrogateescape") if len(data) <= LONGEST else ""
            for name, _, data in self._repository.blobs(links, LONGEST)
        }

    @cached_property
    def _folders(self) -> set[str]:
        found = {""}
        for path in self._entries:
            while (path := posixpath.dirname(path)) not in found:
                found.add(path)
        return found

    def _under(self, folder: str) -> list[RevisionEntry]:
        return [each for path, each in self._entries.items() if path.startswith(f"{folder}/")]

    def _target(self, path: str) -> tuple[str, str]:
        """Where a path leads, through all links; and why it leads nowhere that is read."""
        ahead, done = deque(path.split("/")), list[str]()
        passed = 0
        while ahead:
            part = ahead.popleft()
            if part == "..":
                if not done:
                    return "", OUTSIDE
                done.pop()
            elif part not in {"", "."}:
                done.append(part)
                entry = self._entries.get("/".join(done))
                if entry is not None and entry.type == LINK:
                    passed += 1
                    written = self._written[entry.blob]
                    if passed > MOST or written.startswith("/"):
                        return "", LOOP if passed > MOST else OUTSIDE
                    done.pop()
                    ahead.extendleft(reversed(written.split("/")))
        target = "/".join(done)
        if not _below(target, self._inside) or PRIVATE.intersection(map(str.casefold, done)):
            return "", OUTSIDE
        if target not in self._entries and target not in self._folders:
            return "", MISSING
        return target, OUTSIDE if self._is_hidden(target) else ""

    def _is_hidden(self, target: str) -> bool:
        """In the content, a file may have a hidden name, but be in no hidden folder."""
        within = _below(target, self._content)
        parts = posixpath.relpath(target or ".", (self._content if within else self._inside) or ".")
        folders = parts.split("/")[: -1 if within else None]
        return any(each.startswith(".") and each != "." for each in folders)


def _below(path: str, folder: str) -> bool:
    """Whether a path is a folder, or in it."""
    return not folder or f"{path}/".startswith(f"{folder}/")
