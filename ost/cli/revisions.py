"""Opens the project that a command is about as a revision holds it (`--at`), or as it is."""

import os
import posixpath
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ost.cli.opening import Opened, progress
from ost.history.git import Repository
from ost.project import Refreshed
from ost.project.revision import Revision
from ost.read.place import unified


class OpenedAt(Opened):
    """A project as a revision holds it. Nothing is checked out."""

    def __init__(self, path: Path, revision: str, today: date | None = None) -> None:
        """The project of `path` in the revision; as of the revision's own day by default."""
        folder = path if path.is_dir() else path.parent
        repository = Repository(folder)
        self.path, self.revision = path, revision
        self.project = self.held = Revision(
            repository, repository.commit(revision), repository.prefix, today
        )
        self.root, self.settings, self.today = (
            self.held.root,
            self.held.settings,
            self.held.today,
        )
        self.content = Path(os.path.normpath(self.root / self.settings.content))

    def refresh(self, *, paranoid: bool = False) -> Refreshed:
        """Compile it, with progress when there is somebody who waits. A revision is always built
        whole, so there is nothing to compare that with.
        """
        with progress() as report:
            return self.held.refresh(report)

    def shown(self, path: str) -> str:
        """A content file as git calls it: `main~3:content/a.md`."""
        return f"{self.revision}:{posixpath.normpath(posixpath.join(self.held.path, path))}"

    def beside(self, name: str) -> bytes | None:
        """A file that the settings name, beside them in the revision."""
        return self.held.data(posixpath.join(self.held.inside, name))

    def line(self) -> Callable[[str, int], str]:
        """Reads lines of content files; the last file read is kept."""
        path, kept = "", list[str]()

        def lines(wanted: str, number: int) -> str:
            nonlocal path, kept
            if wanted != path:
                text = self.held.text(wanted) or ""
                path, kept = wanted, unified(text).split("\n")
            return kept[number - 1] if 0 < number <= len(kept) else ""

        return lines
