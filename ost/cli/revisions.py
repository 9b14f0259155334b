"""Opens the project that a command is about at a revision (`--at`)."""

import os
import posixpath
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ost.cli.workspace import CommandProject, progress
from ost.errors import Misuse
from ost.history.git import Repository
from ost.limits import LARGEST_FILE, size
from ost.project.results import Refreshed
from ost.project.revision import Revision, locate
from ost.read.suffixes import MARKDOWN, TRANSCRIPTS


class OpenedAt(CommandProject):
    """A project at a revision. Nothing is checked out."""

    def __init__(self, path: Path, revision: str, today: date | None = None) -> None:
        """The project of `path` in the revision; as of the revision's own day by default."""
        folder = path if path.is_dir() else path.parent
        repository = Repository(folder)
        self.path, self.revision = path, revision
        self.project = self.opened = Revision(
            repository, repository.commit(revision), repository.prefix, today
        )
        self.root, self.settings, self.today = (
            self.opened.root,
            self.opened.settings,
            self.opened.today,
        )
        self.content = Path(os.path.normpath(self.root / self.settings.content))

    def refresh(
        self,
        *,
        edited: Iterable[str] | None = None,
        paranoid: bool = False,
        history: bool = False,
    ) -> Refreshed:
        """Compiles it, with progress at a terminal. `paranoid` compares only the current files."""
        with progress() as report:
            return self.opened.refresh(report)

    def shown(self, path: str) -> str:
        """A content file as git calls it: `main~3:content/a.md`."""
        return f"{self.revision}:{posixpath.normpath(posixpath.join(self.opened.path, path))}"

    def committed(self, name: str) -> bytes | None:
        """A file that the settings name, as the revision holds it."""
        return self.opened.data(posixpath.join(self.opened.inside, name)) or b""

    def lines(self, path: str) -> list[str]:
        """A content file's lines, as the revision holds it."""
        return (self.opened.text(path) or "").split("\n")


class FilesAt:
    """Single files at a revision, by paths typed here."""

    def __init__(self, revision: str) -> None:
        """Finds the revision in the repository around this folder."""
        self.revision = revision
        self.repository = Repository(Path())
        self.commit = self.repository.commit(revision)

    def data(self, file: str) -> bytes:
        """A file's bytes."""
        name = self.repository.blob(self.commit, self._inside(file))
        data = self.repository.data(name, LARGEST_FILE)
        if data is None:
            raise Misuse(f"no file {file!r} in {self.revision}")
        if len(data) > LARGEST_FILE:
            raise Misuse(f"{file} is too large; files up to {size(LARGEST_FILE)} are read")
        return data

    def resolve_named_file(self, path: Path, written: str) -> Path:
        """A file that another file names: beside it, in the content folder, or at the top."""
        if not written.casefold().endswith((*TRANSCRIPTS, *MARKDOWN)):
            raise Misuse(f"{path}: {written!r} is not a transcript; use .vtt, .srt, .txt or .md")
        inside, settings, _ = locate(self.repository, self.commit, self.repository.prefix)
        beside = posixpath.dirname(self._inside(str(path)))
        for folder in (beside, posixpath.join(inside, settings.content), inside):
            found = posixpath.normpath(posixpath.join(folder, written))
            outside = (
                found.startswith(("..", "/")) or posixpath.relpath(found, inside or ".")[:2] == ".."
            )
            if not outside and self.repository.blob(self.commit, found):
                return Path(posixpath.relpath(found, self.repository.prefix or "."))
        raise Misuse(f"{path}: no transcript {written!r} in {self.revision}")

    def _inside(self, file: str) -> str:
        """A path typed here, from the repository's top."""
        whole = Path(os.path.abspath(file))  # noqa: PTH100 - links stay as they were given
        top = self.repository.top
        if not whole.is_relative_to(top):
            raise Misuse(f"{file} is outside {top}")
        return whole.relative_to(top).as_posix()
