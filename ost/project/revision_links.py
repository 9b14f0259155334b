"""Where a revision's symbolic links lead, as they would on disk. Nothing is checked out."""

import posixpath
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cached_property

from ost.disk.fence import LOOP, MISSING, OUTSIDE, PRIVATE
from ost.history.git import FILE, FOLDER, LINK, SUBMODULE, Commit, Repository, RevisionEntry
from ost.project.scan import SUFFIXES

MOST = 40
"""The maximum of links on one path, as on Linux; more are a circle."""
LONGEST = 4096
"""The maximum length of a link's target, in bytes."""


class RevisionLinks:
    """The links of a commit. Content is in the folder `content`, of a project in `inside`; all
    paths are the repository's.
    """

    def __init__(
        self,
        repository: Repository,
        commit: Commit,
        inside: str,
        content: str,
        entries: Iterable[RevisionEntry],
    ) -> None:
        """`entries` are everything in the content folder. In the rest of the repository, which may
        be large, it reads only the targets of links.
        """
        self._repository, self._commit = repository, commit
        self._inside, self._content = inside, content
        self._held = {posixpath.join(content, each.path): each for each in entries}

    def followed(self, links: Iterable[str]) -> Iterator[RevisionEntry]:
        """The files that links in the content folder lead to, by the path through the link; if it
        cannot be followed, the type says why.
        """
        for path in links:
            yield from self._follow(path, posixpath.join(self._content, path), ())

    def _follow(self, shown: str, path: str, taken: tuple[str, ...]) -> Iterator[RevisionEntry]:
        target, why = self._target(path)
        wanted = shown.endswith(SUFFIXES)
        taken = (*taken, posixpath.dirname(path))
        if why:
            if wanted or why == LOOP:
                yield RevisionEntry(why, "", shown)
        elif blob := self._id(target, FILE):
            yield RevisionEntry(FILE, blob, shown)
        elif any(_below(each, target) for each in taken):
            yield RevisionEntry(LOOP, "", shown)
        elif not _below(target, self._content):
            tree = self._repository.tree(self._commit, target)
            for entry in self._repository.entries(tree, target):
                inner = f"{shown}/{entry.path}"
                if entry.type == LINK:
                    yield from self._follow(inner, f"{target}/{entry.path}", taken)
                elif entry.type != SUBMODULE:
                    yield RevisionEntry(FILE, entry.blob, inner)

    def _id(self, path: str, type_: str) -> str:
        """The id of a path if it has that type; "" if not."""
        if _below(path, self._content):
            entry = self._held.get(path)
            return entry.blob if entry is not None and entry.type == type_ else ""
        return self._repository.id_of(self._commit, path, type_)

    def _is_folder(self, path: str) -> bool:
        if _below(path, self._content):
            return path == self._content or path in self._folders
        return not path or bool(self._id(path, FOLDER))

    @cached_property
    def _folders(self) -> set[str]:
        """The folders in the content folder."""
        found = {self._content}
        for path in self._held:
            while (path := posixpath.dirname(path)) not in found:
                found.add(path)
        return found

    @cached_property
    def _written(self) -> dict[str, str]:
        """The texts of links in the content folder, by their ids."""
        return self._read(each.blob for each in self._held.values() if each.type == LINK)

    def _read(self, links: Iterable[str]) -> dict[str, str]:
        return {
            name: data.decode("utf-8", "surrogateescape") if len(data) <= LONGEST else ""
            for name, _, data in self._repository.blobs(links, LONGEST)
        }

    def _target(self, path: str) -> tuple[str, str]:
        """The target of a path after all links, and why it is not read, if so."""
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
                if blob := self._id("/".join(done), LINK):
                    passed += 1
                    if blob not in self._written:
                        self._written.update(self._read([blob]))
                    written = self._written[blob]
                    if passed > MOST or written.startswith("/"):
                        return "", LOOP if passed > MOST else OUTSIDE
                    done.pop()
                    ahead.extendleft(reversed(written.split("/")))
        target = "/".join(done)
        if not _below(target, self._inside) or PRIVATE.intersection(map(str.casefold, done)):
            return "", OUTSIDE
        if not self._id(target, FILE) and not self._is_folder(target):
            return "", MISSING
        return target, OUTSIDE if self._is_hidden(target) else ""

    def _is_hidden(self, target: str) -> bool:
        """Whether a target is hidden: in the content, hidden files are read, hidden folders not."""
        within = _below(target, self._content)
        parts = posixpath.relpath(target or ".", (self._content if within else self._inside) or ".")
        folders = parts.split("/")[: -1 if within else None]
        return any(each.startswith(".") and each != "." for each in folders)


def _below(path: str, folder: str) -> bool:
    """Whether a path is a folder, or in it."""
    return not folder or f"{path}/".startswith(f"{folder}/")
