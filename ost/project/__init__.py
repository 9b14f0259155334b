"""A project's folder, brought up to date: its files, settings, cache and day. It does not interpret
them; it moves bytes between the stages. Every command opens a `Project`.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ost.disk import store
from ost.disk.fence import Fence, FenceInOrder
from ost.disk.store import CACHE, STATE
from ost.errors import Trouble
from ost.project.exclusion import Exclusions
from ost.project.files import contents
from ost.project.journal import JOURNAL, recover
from ost.project.keys import boot, key, times
from ost.project.remote import editable
from ost.project.results import (
    FORMAT,
    NOTHING,
    BuildRecord,
    FileChanges,
    Look,
    Progress,
    Published,
    Refreshed,
    Update,
)
from ost.project.scan import look
from ost.settings.config import Settings

if TYPE_CHECKING:
    import sqlite3

    from ost.compile.compiled import Compiled
    from ost.project.all_files import Everything, Take
    from ost.read.diagnostic import Diagnostic

LOOK = "look"
PUBLISHED = "published"
MOST = 500
"""With more changed files, a full build with its two processes is as fast as an update."""

MANY = 1000
"""From this many touched files on, the look is saved again even if nothing changed."""


class Project:
    """One project's state: open it, `refresh` it, then ask."""

    def __init__(self, root: Path, settings: Settings, today: date) -> None:
        """A project at `root`; nothing is read yet."""
        self.root, self.settings, self.today = root, editable(root, settings), today
        self.fence = Fence(root, settings.content)
        self.content = self.fence.content
        self.folder = store.folder(root)
        self.compiled: tuple[str, Compiled] | None = None
        self.update: Update | None = None

    def refresh(
        self, progress: Progress | None = None, edited: Iterable[str] | None = None
    ) -> Refreshed:
        """Brings the state up to date with the files. If nothing changed, imports nothing heavy.

        If only the `edited` content paths can have changed, it looks at their folders alone.
        """
        self.recover()
        now, today = key(self.settings), self.today.isoformat()
        known, found = self._look(now, edited)
        if found is not None and not found.contents and known.holds(today):
            if len(found.looked.changed) > MANY or known.boot != boot():
                with suppress(OSError):
                    self.remember(known, found.looked.folders, self._read())
            return self._unchanged_since(known)
        from ost.project.compilation import compile_project

        with self.locked():
            if self._read().known != known:
                known, found = self._look(now, edited)
            made = compile_project(self, now, known, found, progress)
        return made.refreshed(changed=made.build != known.build)

    @staticmethod
    def _unchanged_since(known: BuildRecord) -> Refreshed:
        """The saved record; loads the kinds of other packages, which nodes may have."""
        if known.further:
            from ost.project.kinds import load_kinds

            load_kinds()
        return known.refreshed(changed=False)

    def recover(self) -> tuple[str, ...]:
        """Undoes the unfinished writing of a stopped process (`ost.project.journal`); returns the
        files that changed since and stay.
        """
        return recover(self) if os.path.lexists(self.folder / JOURNAL) else ()

    def diagnostics(self) -> "tuple[Diagnostic, ...]":
        """The findings of `ost check`, in reading order, without fixes and related places."""
        from sqlite3 import DatabaseError

        from ost.project.queries import diagnostics

        try:
            with closing(self.connect()) as connection:
                return diagnostics(connection)
        except (DatabaseError, ValueError, TypeError):  # damaged, although nothing showed it
            store.delete(self.folder / LOOK)
        self.refresh()
        with closing(self.connect()) as connection:
            return diagnostics(connection)

    @property
    def readings(self) -> Path:
        """The folder of the cache in which readings are kept."""
        return self.folder

    def everything(
        self, progress: Progress | None = None, take: "Take | None" = None
    ) -> "Everything":
        """Reads all files; parses only those not in the cache."""
        from ost.project.all_files import everything

        return everything(self, progress, take)

    def revision(self) -> str:
        """The commit that is read; "" for the current files."""
        return ""

    def connect(self) -> "sqlite3.Connection":
        """The state as tables (`ost.publish.schema`), read-only, rows by name."""
        from ost.project.queries import connect

        return connect(self.folder / STATE)

    def publish(self, output: Path, *, lasting: bool = True) -> Published:
        """Publishes the state: to a folder (versioned files and `current.json`) or to one `.db`
        file. Without `lasting`, it does not wait for the disk, and a power failure may lose the
        file.

        Writes nothing if this build is already published there.
        """
        for _ in range(3):
            with self._unchanged():
                known = self.known
                if known.build:
                    return self.released(self.folder / STATE, known.build, output, lasting=lasting)
            self.refresh()  # someone changed or damaged the state meanwhile
        raise Trouble(f"{self.folder}: the state cannot be read")

    def released(self, file: Path, build: str, output: Path, *, lasting: bool = True) -> Published:
        """Publishes a file as this build, or the part that the settings make public."""
        from ost.publish.release import release

        if link := store.link_in_path(output, self.root):
            raise Trouble(f"{output}: {link} is a link in the repository; nothing is written there")
        if self.settings.publish.profile == "public":
            from ost.project.public import public_file

            file, build = public_file(self.folder, file, build)
        try:
            record = self.folder / PUBLISHED
            path, written = release(file, build, output, record, boot(), lasting=lasting)
        except OSError as error:
            raise Trouble(f"{output}: cannot be written: {error.strerror or error}") from None
        return Published(path, written, build)

    def remember(
        self, known: BuildRecord, folders: dict[str, bytes], before: Look | None = None
    ) -> None:
        """Saves the result of this look for the next one. `before` is the last saved look, if the
        state is unchanged.
        """
        held = [(os.fsencode(path), each) for path, each in folders.items()]
        marks = (before.state, before.cache) if before else self._marks()
        store.save(self.folder / LOOK, Look(known._replace(boot=boot()), held, *marks))

    def _look(
        self, now: str, edited: Iterable[str] | None = None
    ) -> "tuple[BuildRecord, FileChanges | None]":
        """The saved record and the changes since; None if the record cannot be trusted."""
        read = self._read()
        known, folders = read.known, _folders(read)
        if not self._is_ours(known, now):
            return known, None
        looked = look(
            self.content,
            folders,
            known.files,
            Exclusions(self.content, self.settings.exclude),
            self.fence,
            edited,
        )
        if not looked.changed:
            return known, FileChanges(looked, {})
        if read.cache != self._marks()[1]:
            return known, None
        from ost.project.queries import blobs

        before = blobs(self.folder / STATE, known.build, looked.changed)
        if before is None:  # changed by a process that was killed before it saved that
            return known, None
        # Many files that were touched may be the same: after a clone, the first look finds them all
        # too young to be trusted.
        differing: dict[str, tuple[str, bytes] | None] = {}
        with closing(FenceInOrder(self.fence)) as opened:
            for path, entry in looked.changed.items():
                there = None if entry is None else contents(self.content, path, entry[1], opened)
                if before.get(path) != (there[0] if there else None):
                    differing[path] = there
                if len(differing) > MOST:
                    return known, None
        return known, FileChanges(looked, differing)

    def build(self) -> str:
        """The id of the state's build; "" if there is none by this compiler and these settings."""
        known = self.known
        return known.build if self._is_ours(known, key(self.settings)) else ""

    def _is_ours(self, known: BuildRecord, now: str) -> bool:
        """Whether the state is intact and was built by this compiler and these settings."""
        if known.key != now or times(known.sources) != known.times:
            return False
        return known.boot == boot() or self._outlasted()

    def _outlasted(self) -> bool:
        """Whether the state is still intact after the machine was restarted."""
        from ost.project.queries import is_intact

        return is_intact(self.folder / STATE)

    def _read(self) -> Look:
        """The saved look; None if it is damaged or about another state, or if a process is changing
        the state or was killed while doing so.
        """
        found = store.load(self.folder / LOOK, Look)
        if found is None or found.known.format != FORMAT:
            return NOTHING
        same = found.state is not None and found.state == self._marks()[0]
        return found if same and not (self.folder / f"{STATE}-journal").exists() else NOTHING

    def _marks(self) -> tuple[store.FileMark | None, store.FileMark | None]:
        return store.mark(self.folder / STATE), store.mark(self.folder / CACHE)

    @property
    def known(self) -> BuildRecord:
        """The record of the current state."""
        return self._read().known

    @property
    def folders(self) -> dict[str, bytes]:
        """The signatures of the content's folders at the last update of the state; empty if
        unknown.
        """
        return _folders(self._read())

    @contextmanager
    def reading_more(self) -> Iterator[None]:
        """Lets this process, which holds the lock, add readings to the cache; the saved record
        stays valid.
        """
        before = self._read()
        trusted = before.cache is not None and before.cache == self._marks()[1]
        yield
        if trusted and before.known.build and before.cache != self._marks()[1]:
            before.cache = self._marks()[1]
            store.save(self.folder / LOOK, before)

    @contextmanager
    def _unchanged(self) -> Iterator[None]:
        """Keeps other processes from changing the state meanwhile."""
        with store.locked(self.folder, exclusively=False):
            yield

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time changes the state. If the folder is not writable, the state is in a
        temporary one while this process runs.
        """
        with ExitStack() as held:
            try:
                store.prepare(self.folder)
                held.enter_context(store.locked(self.folder, exclusively=True))
            except OSError:
                self.folder = store.temporary()
                held.enter_context(store.locked(self.folder, exclusively=True))
            yield


def _folders(look: Look) -> dict[str, bytes]:
    return {os.fsdecode(path): each for path, each in look.folders}
