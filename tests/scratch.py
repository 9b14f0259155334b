"""A small, quick git repository for tests, independent of the machine's settings."""

import os
import subprocess
from pathlib import Path

from tests.conftest import files

SETTINGS = ("-c", "protocol.file.allow=always", "-c", "maintenance.auto=false")
"""Paths are repositories too, and no commit starts a second process that finds nothing to do."""

QUIET = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}


class Scratch:
    """A repository in `folder`, committed to day by day from 1 October 2026."""

    def __init__(self, folder: Path, *options: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.day = folder, 0
        self.git("init", "-q", "-b", "main", *options)

    def git(self, *arguments: str, day: str = "") -> str:
        stamps = dict.fromkeys(_DATES, day if "T" in day else f"{day}T12:00:00Z") if day else {}
        ended = subprocess.run(
            ["git", *SETTINGS, *arguments],
            cwd=self.folder,
            env={**os.environ, **QUIET, **stamps},
            capture_output=True,
            check=True,
        )
        return ended.stdout.decode("utf-8", "replace").strip()

    def write(self, text: str) -> None:
        """Writes the files of a txtar text; one whose body is `gone` is deleted."""
        for path, body in files(text).items():
            file = self.folder / path
            if body == "gone\n":
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(body, "utf-8")

    def commit(self, text: str = "", message: str = "A change", day: str = "") -> str:
        """Commits everything, with the files of a txtar text written before; gives the commit."""
        self.day += 1
        self.write(text)
        self.git("add", "-A")
        at = day or f"2026-10-{self.day:02}"
        self.git("commit", "-q", "--allow-empty", "-m", message, day=at)
        return self._head()

    def _head(self) -> str:
        """The commit that was just made, mostly without a third process: its branch is a file."""
        root = self.folder / ".git"
        if not root.is_dir():  # a submodule's is elsewhere
            return self.git("rev-parse", "HEAD")
        head = (root / "HEAD").read_text("utf-8").strip()
        branch = head.removeprefix("ref: ")
        return head if branch == head else (root / branch).read_text("utf-8").strip()


_DATES = ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")
