"""Reads any revision from git's object store with the git program. Nothing is checked out, fetched
or written, and nothing that a repository's settings name is ever executed.

This is the only module of `ost.history` that starts a process. It moves bytes and does not
interpret them.
"""

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, NamedTuple

from ost.days import read_day
from ost.errors import Misuse, Trouble
from ost.expression import expression
from ost.history.process import MISSING, Running, run, trouble, unnamed_file
from ost.history.stream import exactly, fields, parts, skip
from ost.history.submodules import Submodules

FILE, LINK, FOLDER, SUBMODULE = "file", "link", "folder", "submodule"
_TYPES = {"120000": LINK, "040000": FOLDER, "160000": SUBMODULE}

_LISTED = 64
"""How many answers about folders of a commit are kept; each costs a process."""

_DAY = expression(r"\d{4}-\d\d-\d\d")

_HEADER = len(("id", "type", "size"))
"""The number of words before a file's bytes in git's output. A missing file has fewer."""


class Commit(NamedTuple):
    """A commit. `day` and `at` are the committer's: when it became part of the history. `authored`
    is the author's time, which a rebase does not change.
    """

    id: str
    tree: str
    parents: tuple[str, ...]
    at: str
    author: str
    subject: str
    body: str
    authored: str

    @property
    def day(self) -> str:
        """The day, as `2026-11-03`."""
        return self.at[:10]

    @property
    def written(self) -> str:
        """The day on which its author wrote it, or the day of the commit if a clock was wrong."""
        return min(self.authored[:10], self.day)


class RevisionEntry(NamedTuple):
    """An entry in a folder of a revision: a file, a link or a submodule, with its path."""

    type: str
    blob: str
    path: str


class Touch(NamedTuple):
    """A file that a commit changed: its blob before and after, "" where there is none. `plain`
    means that neither is a link or a submodule.
    """

    path: str
    before: str
    after: str
    plain: bool = True


def user(folder: Path) -> str:
    """The `user.name` in git's settings, or ""."""
    ended = run(folder, "config", "--get", "user.name")
    return " ".join(ended.stdout.decode("utf-8", "replace").split())


class Repository:
    """A git repository around a folder. `prefix` is the folder's path in it, with `/` at the end,
    or "".
    """

    def __init__(self, folder: Path) -> None:
        """Finds the repository; raises Trouble if there is none that can be read."""
        self.folder = folder
        self._listed = lru_cache(_LISTED)(self._list)
        asked = ("--is-bare-repository", "--show-object-format", "--is-shallow-repository")
        printed = _printed(folder, "rev-parse", *asked, "--show-cdup", "--show-prefix")
        lines = printed.decode("utf-8", "surrogateescape").split("\n", 4)
        bare, self.format, shallow, up, prefix = [*lines, *[""] * 5][:5]
        self.bare, self.shallow = bare == "true", shallow == "true"
        self.prefix = prefix.removesuffix("\n")
        self.top = Path(os.path.normpath(folder.resolve() / up))
        self.submodules = Submodules(self.top, self.format)

    def commit(self, revision: str) -> Commit:
        """The commit that a revision names. A day, unless a branch or tag has that name, means the
        last commit of that day on the way to HEAD.
        """
        if revision == "HEAD" or _ID.fullmatch(revision):
            # No commit has that name, so look for anything else of that name.
            with suppress(Trouble, StopIteration):
                return next(self.commits(revision, most=1))
        found = self._resolve(f"{_checked(revision)}^{{commit}}") or self._peeled(revision)
        if not found and _DAY.fullmatch(revision) and self._resolve("HEAD^{commit}"):
            return self._last_of(revision)
        if not found:
            raise Misuse(self._unknown(revision))
        return next(self.commits(found, most=1))

    def _peeled(self, revision: str) -> str:
        """The commit that an object leads to, as for `:/text`; "" if no such object exists."""
        named = self._resolve(revision)
        object_ = self._resolve(f"{named}^{{}}") if named else ""
        if object_:
            type_ = run(self.folder, "cat-file", "-t", object_).stdout.decode("ascii").strip()
            if type_ in _OBJECTS:
                raise Misuse(f"{revision!r} is a {_OBJECTS[type_]}, not a commit")
        return object_

    def _last_of(self, day: str) -> Commit:
        """The last commit of a day by the committer's clock, whatever the local time zone."""
        if read_day(day) is None:
            raise Misuse(f"{day} is not a day")
        # The day ends last at twelve hours behind Greenwich.
        known = self.commits("HEAD", first_parent=True, until=f"{day}T23:59:59-12:00")
        found = next((each for each in known if each.day <= day), None)
        if found is None:
            raise Misuse(f"no commit on or before {day}{self._deeper()}")
        return found

    def commits(
        self,
        *revisions: str,
        most: int = 0,
        first_parent: bool = False,
        path: str = "",
        until: str = "",
        walk: bool = True,
        follow: bool = False,
    ) -> Iterator[Commit]:
        """The commits that lead to the revisions, newest first; `^REV` leaves out those that lead
        to REV.

        With a `path`, only commits that touched it, also under the names that a file to `follow`
        had before; with `until`, a time, only those before it; without `walk`, only the revisions
        themselves.
        """
        where = [f":(top,literal){path}"] if path else []
        form = "--format=%H%x00%T%x00%P%x00%cI%x00%an%x00%s%x00%b%x00%aI%x00"
        limits = [f"--max-count={most}"] if most else []
        limits += ["--first-parent"] if first_parent else []
        limits += ["--follow"] if follow else []
        limits += [f"--before={until}"] if until else []
        limits += [] if walk else ["--no-walk=unsorted"]
        with Running(
            self.folder,
            "log",
            "-z",
            "--no-show-signature",
            form,
            *limits,
            "--end-of-options",
            *revisions,
            "--",
            *where,
        ) as stream:
            for part in parts(stream, 9):
                commit_id, tree, parents, *rest = map(_plain, part[:8])
                commit_id = commit_id.lstrip("\n")
                yield Commit(commit_id, tree, tuple(parents.split()), *rest)

    def merge_base(self, one: str, other: str) -> str:
        """The newest commit that leads to both revisions."""
        commits = (self.commit(one).id, self.commit(other).id)
        ended = run(self.folder, "merge-base", "--end-of-options", *commits)
        found = ended.stdout.decode("ascii", "replace").strip()
        if ended.returncode > 1:
            raise trouble(self.folder, ended.stderr)
        if not found:
            names = " and ".join(
                each[:12] if _ID.fullmatch(each) else each for each in (one, other)
            )
            further = self._deeper() or "; use two dots to compare them as they are"
            raise Trouble(f"{names} have no commit in common here{further}")
        return found

    def is_edge(self, commit: Commit) -> bool:
        """Whether a shallow clone begins with this commit; its files are then older than it."""
        return self.shallow and not commit.parents

    def edge(self, commit: Commit) -> str:
        """The message about a commit with which a shallow clone begins."""
        return f"history begins at {commit.id[:8]} here{self._deeper()}"

    def tree(self, commit: Commit, folder: str = "") -> str:
        """The id of a folder in a commit, or "" if there is none at that path."""
        path = folder.strip("/")
        return self.id_of(commit, path, FOLDER) if path else commit.tree

    def blob(self, commit: Commit, path: str) -> str:
        """The id of a file in a commit, or "" if there is none at that path."""
        return self.id_of(commit, path, FILE)

    def id_of(self, commit: Commit, path: str, type_: str) -> str:
        """The id at a path in a commit, or "" if nothing of that type is there."""
        tree, rest = commit.tree, path
        for submodule in self.submodules.above(path):
            inside = path[: len(path) - len(rest)]
            for entry in self._listed(tree, submodule.removeprefix(inside)):
                if entry.type == SUBMODULE:
                    self.submodules.enter(submodule)
                    tree, rest = entry.blob, path[len(submodule) + 1 :]
        if not rest:
            return tree if type_ == FOLDER else ""
        for entry in self._listed(tree, rest):
            if entry.type == type_ and entry.path == rest:
                return entry.blob
        return ""

    def _list(self, tree: str, path: str) -> tuple[RevisionEntry, ...]:
        output = self._out("ls-tree", "-z", "--full-tree", tree, "--", path)
        return tuple(map(_entry, output.split(b"\0")[:-1]))

    def entries(self, tree: str, folder: str = "") -> list[RevisionEntry]:
        """Everything below a folder, by path, and in submodules that are checked out. Names that
        are not UTF-8 are kept as they are.
        """
        if not tree:
            return []
        output = self._out("ls-tree", "-r", "-z", "--full-tree", tree)
        found = []
        for entry in map(_entry, output.split(b"\0")[:-1]):
            submodule = entry.type == SUBMODULE and posixpath.join(folder, entry.path)
            if submodule and submodule in self.submodules.paths:
                inside = self._inside(entry.blob, submodule)
                found += [each._replace(path=f"{entry.path}/{each.path}") for each in inside]
            else:
                found.append(entry)
        return found

    def _inside(self, commit: str, submodule: str) -> list[RevisionEntry]:
        self.submodules.enter(submodule)
        try:
            return self.entries(commit, submodule)
        except Trouble:
            raise Trouble(
                f"commit {commit[:12]} of submodule {submodule} is missing here, and ost fetches"
                f" nothing; `git -C {submodule} fetch` may get it"
            ) from None

    def blobs(self, ids: Iterable[str], most: int) -> Iterator[tuple[str, int, bytes]]:
        """Files by their ids: id, size and bytes. Of files larger than `most`, only the beginning
        is read. Raises Trouble if some are missing, because nothing is ever fetched.
        """
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return
        missing = []
        environment = self.submodules.environment()
        with (
            _asking(wanted) as asked,
            Running(
                self.folder,
                "cat-file",
                "--batch",
                "--buffer",
                stdin=asked,
                environment=environment,
            ) as stream,
        ):
            for blob in wanted:
                header = stream.readline().split()
                if not header:
                    break
                if len(header) != _HEADER:
                    missing.append(blob)
                    continue
                size = int(header[2])
                data = exactly(stream, min(size, most + 1))
                skip(stream, size - len(data) + 1)
                yield blob, size, data
        if missing:
            raise Trouble(self._missing(missing))

    def data(self, name: str, most: int) -> bytes | None:
        """One file's bytes, at most one more than `most`; None for the id ""."""
        return next((data for _, _, data in [*self.blobs([name], most)]), None) if name else None

    def touched(
        self, *revisions: str, folder: str = "", paths: Sequence[str] = (), walk: bool = True
    ) -> Iterator[tuple[str, tuple[Touch, ...]]]:
        """What each commit along the first parents changed below a folder, or in `paths` (git's
        patterns), newest first. Without `walk`, what these revisions themselves changed.
        """
        where = [f":(top,literal){folder}"] if folder.strip("/") else list(paths)
        with Running(
            self.folder,
            *("log", "--raw", "-z", "-m", "--first-parent", "--no-renames", "--no-abbrev"),
            *("--no-show-signature", "--no-ext-diff", "--no-textconv", "--root"),
            *(() if walk else ("--no-walk=unsorted",)),
            *("--format=%x01%H", "--end-of-options", *revisions, "--", *where),
        ) as stream:
            commit, touches = "", list[Touch]()
            printed = fields(stream)
            for part in printed:
                text = part.lstrip(b"\n")
                if text.startswith(b"\x01"):
                    if commit:
                        yield commit, tuple(touches)
                    commit, touches = text[1:].decode("ascii").strip(), []
                elif text.startswith(b":"):
                    was, now, before, after, _ = text[1:].decode("ascii").split(" ")
                    path = os.fsdecode(next(printed, b""))
                    plain = was not in _TYPES and now not in _TYPES
                    touches.append(Touch(path, _present(before), _present(after), plain))
            if commit:
                yield commit, tuple(touches)

    def _resolve(self, name: str) -> str:
        """The id that a name leads to; "" for none."""
        ended = run(self.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
        found = ended.stdout.decode("ascii", "replace").strip()
        if ended.returncode and b"fatal" in ended.stderr and self._is_broken(ended.stderr):
            raise trouble(self.folder, ended.stderr)
        return found if not ended.returncode and _ID.fullmatch(found) else ""

    def _unknown(self, revision: str) -> str:
        if not self._resolve("HEAD^{commit}") and revision in {"HEAD", "@"}:
            return f"{self.top} has no commit yet"
        return f"no revision {revision!r}{self._deeper()}"

    def _deeper(self) -> str:
        """Advice for a clone that lacks objects."""
        if not self.shallow:
            return ""
        return "; this clone is shallow: `git fetch --unshallow` brings the rest"

    def _missing(self, ids: Sequence[str]) -> str:
        many = f"{len(ids):,} objects are" if len(ids) > 1 else f"object {ids[0][:12]} is"
        return f"{many} {MISSING}"

    @staticmethod
    def _is_broken(output: bytes) -> bool:
        return any(each in output for each in (b"dubious", b"not a git", b"bad config", b"corrupt"))

    def _out(self, *arguments: str) -> bytes:
        return _printed(self.folder, *arguments, environment=self.submodules.environment())


def _printed(folder: Path, *arguments: str, environment: Mapping[str, str] = {}) -> bytes:
    ended = run(folder, *arguments, environment=environment)
    if ended.returncode:
        raise trouble(folder, ended.stderr)
    return ended.stdout


_OBJECTS = {"blob": FILE, "tree": FOLDER}
_ID = expression(r"[0-9a-f]{40}|[0-9a-f]{64}")


def _checked(revision: str) -> str:
    if not revision.strip() or "\0" in revision or "\n" in revision:
        raise Misuse(f"{revision!r} is not the name of a revision")
    return revision


def _entry(line: bytes) -> RevisionEntry:
    about, _, path = line.partition(b"\t")
    mode, _, blob = about.decode("ascii").split(" ", 2)
    return RevisionEntry(_TYPES.get(mode, FILE), blob, os.fsdecode(path))


def _present(blob: str) -> str:
    return "" if not blob.strip("0") else blob


def _plain(part: bytes) -> str:
    return part.decode("utf-8", "replace")


def _asking(ids: Iterable[str]) -> IO[bytes]:
    """A file with these ids, as input for git."""
    asked = unnamed_file()
    asked.write("".join(f"{each}\n" for each in ids).encode("ascii"))
    asked.seek(0)
    return asked
