"""A project at a commit, read from git's objects with the settings of that commit.

It has the interface of a project's folder. It checks nothing out, and shares readings with the
folder through the cache, by git's ids of contents.
"""

import os
import posixpath
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from functools import partial
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ost.disk import store
from ost.errors import Misuse, OstError
from ost.history.git import FILE as PLAIN
from ost.history.git import LINK, Commit, Repository, RevisionEntry
from ost.limits import LARGEST_FILE
from ost.project import Project
from ost.project.files import transcript_suffix
from ost.project.keys import key, reader
from ost.project.patterns import excluding
from ost.project.results import Progress, Refreshed
from ost.project.revision_links import RevisionLinks
from ost.project.scan import MISNAMED, NEVER, REASONS, SUFFIXES, ScanResult
from ost.project.words import words_of
from ost.read.document import Document, Reading
from ost.read.place import text_of
from ost.settings.config import FILE, Settings, of_text, without_file

if TYPE_CHECKING:
    from ost.project.all_files import Everything, Take

KEPT = 4
"""How many states of revisions are stored."""

VIRTUAL = "pyvenv.cfg"
"""A folder with a file of this name belongs to another program and is not read."""


class Located(NamedTuple):
    """A project in a commit: its folder in the repository, its settings, and the id of its content
    there.
    """

    inside: str
    settings: Settings
    tree_id: str


class Revision(Project):
    """A commit's project. `name` is the user's name for the commit."""

    def __init__(
        self,
        repository: Repository,
        commit: Commit,
        prefix: str,
        today: date | None = None,
        found: Located | None = None,
    ) -> None:
        """The project around the folder `prefix` of the commit, or the one `found` before; as of
        the commit's day by default.
        """
        self.repository, self.commit = repository, commit
        inside, settings, self.tree_id = found or locate(repository, commit, prefix)
        super().__init__(repository.top / inside, settings, today or date.fromisoformat(commit.day))
        self.inside = inside
        """The folder of the project in the repository."""
        self.path = _content(inside, settings)
        """The folder of its content in the repository."""
        self._excluded = excluding(settings.exclude)
        there = self.root if self.root.is_dir() else repository.top
        self._home = store.folder(there)
        # What is read of a commit depends on the submodules in this clone.
        parts = (self.tree_id, repr(settings), self.today.isoformat(), *self._submodules())
        text = "\0".join(parts)
        name = sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:16]
        self.folder = self._home / "at" / name

    def at(self, commit: Commit) -> "Revision":
        """Another commit's content, as of that commit's day, by the settings of this one."""
        there = self.repository.tree(commit, self.path)
        found = Located(self.inside, self.settings, there)
        return Revision(self.repository, commit, self.inside, found=found)

    @property
    def readings(self) -> Path:
        """The cache is that of the folder's own project."""
        return self._home

    def revision(self) -> str:
        """The commit that is read."""
        return self.commit.id

    def refresh(
        self, progress: Progress | None = None, edited: Iterable[str] | None = None
    ) -> Refreshed:
        """Compiles the commit, unless it was compiled before."""
        now = key(self.settings)
        known = self._read().known
        lasting = self._is_ours(known, now) and self._outlasted()
        if lasting and known.holds(self.today.isoformat()):
            return self._unchanged_since(known)
        from ost.project.compilation import compile_project
        from ost.project.revision_changes import copy_state
        from ost.project.state import State

        with self.locked():
            State(self.folder).clear_cache()
            known, found = copy_state(self) or (known, None)
            made = compile_project(self, now, known, found, progress)
            self._forget()
        return made.refreshed(changed=True)

    def everything(
        self, progress: Progress | None = None, take: "Take | None" = None
    ) -> "Everything":
        """Reads all files of the commit; parses only those not in the cache."""
        from ost.project.all_files import Everything
        from ost.project.encoding import decode, no_collector
        from ost.project.readings import read_all

        blobs = self.contents()
        known: dict[str, str] = {}
        read: dict[str, Reading] = {}
        with self.cache() as cache, no_collector():
            words = words_of(self.settings)
            found = read_all(blobs.values(), self.repository, cache, words, progress)
            for name, called, data in found:
                known[name] = called
                if not transcript_suffix(called):
                    read[name] = decode(data)
        documents = [Document(path, read[name]) for path, name in blobs.items() if name in read]
        if take is not None:
            take(documents)
        named = {path: known[name] for path, name in blobs.items()}
        return Everything(self, ScanResult({}, {}), documents, named)

    def entries(self) -> list[RevisionEntry]:
        """Everything in the content folder, whether it is read or not."""
        return self.repository.entries(self.tree_id, self.path)

    def _submodules(self) -> list[str]:
        """The submodules in the content and around it."""
        return [each for each in self.repository.submodules.paths if _related(self.path, each)]

    def contents(self, entries: list[RevisionEntry] | None = None) -> dict[str, str]:
        """The files that are read: paths, and the names of their contents."""
        entries = self.entries() if entries is None else entries
        virtual = {
            f"{each.path.rpartition('/')[0]}/"
            for each in entries
            if each.path.rpartition("/")[2] == VIRTUAL
        }
        found: dict[str, str] = {}
        links = [each.path for each in entries if each.type == LINK]
        leading = RevisionLinks(self.repository, self.commit, self.inside, self.path, entries)
        for type_, name, path in (*entries, *leading.followed(links)):
            if virtual and any(path.startswith(each) for each in virtual):
                continue
            if content := self.content_of(type_, name, path):
                found[content[0]] = content[1]
        return found

    def content_of(self, type_: str, name: str, path: str) -> tuple[str, str] | None:
        """A file's path and the id of its content; None if it is not read."""
        folders = path.split("/")[:-1]
        if any(each[0] == "." or each in NEVER for each in folders if each):
            return None
        shown, why = _shown(path) if type_ == PLAIN else (path, type_)
        if not why and not path.endswith(SUFFIXES):
            return None
        if (why and why not in REASONS) or (self._excluded is not None and self._excluded(shown)):
            return None
        return shown, (f"unreadable:{why}" if why else name) + transcript_suffix(shown)

    def text(self, path: str) -> str | None:
        """A content file's text; None when the commit has no such file."""
        data = self.data(posixpath.join(self.path, path))
        return None if data is None else text_of(data)

    def data(self, path: str) -> bytes | None:
        """A file's bytes, by its path in the repository; None when the commit has none."""
        name = self.repository.blob(self.commit, posixpath.normpath(path))
        return self.repository.data(name, LARGEST_FILE)

    @contextmanager
    def cache(self) -> Iterator[sqlite3.Connection]:
        """The cache of readings; a temporary one if the folder is not writable."""
        from ost.project.state import State

        try:
            store.prepare(self._home)
            self._home = self._own()
            cache = State(self._home).cache(reader(self.settings))
        except (OSError, sqlite3.Error):
            self._home = store.temporary()
            cache = State(self._home).cache(reader(self.settings))
        with closing(cache):
            yield cache

    @contextmanager
    def reading_more(self) -> Iterator[None]:
        """Lets this process add readings to the cache, which is that of the folder's own project;
        the project's saved record stays valid.
        """
        project = Project(self.root, self.settings, self.today)
        project.folder = self._home
        with project.locked(), project.reading_more():
            yield

    def _own(self) -> Path:
        """The folder of the cache: the project's own, unless that was filled with other words."""
        file, ours = self._home / "cache.db", reader(self.settings)
        if not file.is_file():
            return self._home
        with suppress(sqlite3.Error), closing(sqlite3.connect(file, timeout=30)) as cache:
            known = cache.execute("select value from meta where key = 'reader'").fetchone()
            if known is None or known == (ours,):
                return self._home
        other = self._home / f"words-{ours[:12]}"
        store.prepare(other)
        return other

    def _outlasted(self) -> bool:
        return (self.folder / "state.db").is_file() and super()._outlasted()

    def _forget(self) -> None:
        """Deletes all but the states of the last few revisions."""
        import shutil

        with suppress(OSError):
            others = [each for each in self.folder.parent.iterdir() if each != self.folder]
            others.sort(key=lambda each: each.stat().st_mtime_ns, reverse=True)
            for folder in others[KEPT - 1 :]:
                shutil.rmtree(folder, ignore_errors=True)


def revision_at(repository: Repository, commit: Commit, day: date | None) -> Revision | None:
    """The project at a commit; None if the commit has no such folder."""
    folder = repository.prefix.strip("/")
    if folder and not repository.tree(commit, folder):
        return None
    return Revision(repository, commit, repository.prefix, day)


def project_in_history(repository: Repository, commit: Commit) -> Revision | None:
    """The project at a commit for history: with earlier settings if its own cannot be read; None if
    there is no such folder.
    """
    found = latest_readable(repository, commit, repository.prefix.strip("/"))
    return found if found is None or found.commit == commit else found.at(commit)


def latest_readable(repository: Repository, commit: Commit, prefix: str) -> Revision | None:
    """The project at the newest commit up to this one whose settings can be read; None if there is
    none, or if the folder is missing on the way.
    """
    for earlier in repository.commits(commit.id, first_parent=True):
        if prefix and not repository.tree(earlier, prefix):
            return None
        with suppress(OstError):
            return Revision(repository, earlier, prefix)
    return None


def locate(repository: Repository, commit: Commit, prefix: str) -> Located:
    """The project that a folder of a commit belongs to: its folder and its settings.

    As on disk: the nearest folder upwards that has an `ost.toml`, unless the folder asked for has
    nothing to do with that project's content; else the folder itself.
    """
    asked = prefix.strip("/")
    if asked and not repository.tree(commit, asked):
        raise Misuse(f"no folder {asked!r} in {commit.id[:12]}")
    above = [asked]
    while above[-1]:
        above.append(posixpath.dirname(above[-1]))

    def has(folder: str, name: str) -> bool:
        path = posixpath.normpath(posixpath.join(folder, name))
        return path == "." or bool(repository.tree(commit, path))

    for folder in above:
        name = posixpath.join(folder, FILE)
        data = repository.data(repository.blob(commit, name), LARGEST_FILE)
        if data is None:
            continue
        called = f"{commit.id[:12]}:{name}"
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Misuse(f"{called}: cannot be read: {error}") from None
        settings = of_text(text, called, partial(has, folder))
        if _related(asked, _content(folder, settings)):
            break
    else:
        folder, settings = asked, without_file(partial(has, asked))
    return Located(folder, settings, repository.tree(commit, _content(folder, settings)))


def _content(inside: str, settings: Settings) -> str:
    """The folder of the content in the repository; "" for all of it."""
    found = posixpath.normpath(posixpath.join(inside, settings.content))
    return "" if found == "." else found


def _related(one: str, other: str) -> bool:
    ones, others = f"{one}/".lstrip("/"), f"{other}/".lstrip("/")
    return ones.startswith(others) or others.startswith(ones)


def _shown(path: str) -> tuple[str, str]:
    """A path for display, and why it is not read: its first part that is not UTF-8."""
    if path.isascii():
        return path, ""
    parts = path.split("/")
    for at, part in enumerate(parts):
        if any("\ud800" <= each <= "\udfff" for each in part):
            shown = os.fsencode(part).decode("utf-8", "backslashreplace")
            return "/".join((*parts[:at], shown)), MISNAMED
    return path, ""
