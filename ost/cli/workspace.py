"""Opens the project that a command is about and shows progress."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ost.cli.terminal import output
from ost.disk.fence import Fence
from ost.errors import Differs, Misuse, OstError
from ost.limits import LARGEST_FILE
from ost.project.results import Progress, Refreshed
from ost.project.root import part, project_of, within
from ost.read.place import lines_of
from ost.settings.config import FILE, load

if TYPE_CHECKING:
    from ost.read.diagnostic import Diagnostic

QUIET = 0.5
"""Seconds before progress is shown."""


class CommandProject:
    """A project as a command sees it: up to date, with the requested part."""

    def __init__(
        self, path: Path, day: date | None = None, after: "CommandProject | None" = None
    ) -> None:
        """The project that `path` belongs to (`ost.project.root`), as of today. `after` is the same
        project, opened before: what it compiled stays in memory.
        """
        self.path = path
        self.today = day or today()
        self.project = project_of(path, self.today)
        self.root, self.settings = self.project.root, self.project.settings
        self.content = Path(self.project.content)
        if after is not None:
            self.project.compiled = after.project.compiled

    def refresh(
        self,
        *,
        edited: Iterable[str] | None = None,
        paranoid: bool = False,
        history: bool = False,
    ) -> Refreshed:
        """Brings it up to date, with progress at a terminal. `edited` limits the look at the files
        to these paths and what is around them. `paranoid` raises Differs if a clean build gives
        something else, with `history` also in what commits changed.
        """
        for path in self.project.recover():
            output.complain(
                f"ost: {path} changed after a command was stopped; it was left unchanged"
            )
        with progress() as report:
            refreshed = self.project.refresh(report, edited)
        if paranoid:
            from ost.project.paranoid import differences

            if found := differences(self.project, history=history):
                raise Differs(found)
        return refreshed

    def inner(self, typed: str) -> str:
        """A typed path from the content folder ("" for the folder itself). It need not exist."""
        whole = Path(os.path.abspath(typed))  # noqa: PTH100 - links stay as they were given
        if not whole.is_relative_to(self.content):
            whole = Path(os.path.realpath(typed))
        if not whole.is_relative_to(self.content):
            raise Misuse(f"{typed} is outside the content folder; nothing was written")
        inside = whole.relative_to(self.content).as_posix()
        return "" if inside == "." else inside

    def shown(self, path: str) -> str:
        """A content path, from here."""
        return display_path(self.content / path)

    def link(self, path: str, shown: str) -> str:
        """Text for a content path, as a link if the terminal supports links."""
        return output.link(Path(os.path.abspath(self.content / path)), shown)  # noqa: PTH100

    def within(self) -> str:
        """The requested path from the content folder; "" for all of it."""
        return within(self.project, self.path, display_path)

    def shows(self) -> "Callable[[Diagnostic], bool]":
        """Whether a diagnostic is about the requested part. Settings concern every part."""
        return part(self.within())

    def committed(self, name: str) -> bytes | None:
        """A file that the settings name, at the revision; None for a project on disk."""
        return None

    def lines(self, path: str) -> list[str]:
        """A content file's lines; none if it is too large or cannot be read."""
        return _lines(self.project.fence, path)

    def line(self) -> Callable[[str, int], str]:
        """A function that reads lines of content files and keeps the last file."""
        path, kept = "", list[str]()

        def line(wanted: str, number: int) -> str:
            nonlocal path, kept
            if wanted != path:
                path, kept = wanted, self.lines(wanted)
            return kept[number - 1] if 0 < number <= len(kept) else ""

        return line


def today() -> date:
    """Today's date on this computer."""
    return datetime.now().astimezone().date()


def display_path(path: Path) -> str:
    """A path as typed here: relative if it is below this folder."""
    here = Path.cwd()
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as they were given
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)


def find_project(path: Path) -> tuple[Path, str]:
    """The project or repository around a file, and its content folder. Without one, the current
    folder if the file is below it, or the file's own folder.
    """
    folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 - links stay as they were given
    above = (folder, *folder.parents)
    root = next((each for each in above if any((each / name).exists() for name in _TOPS)), None)
    if root is None:
        here = Path.cwd()
        return (here if folder.is_relative_to(here) else folder), ""
    try:
        return root, load(root)[1].content
    except OstError:
        return root, ""


_TOPS = (FILE, ".git")


@contextmanager
def progress() -> Iterator[Progress | None]:
    """Reports progress on standard error, if that is a terminal and it takes a while."""
    if not sys.stderr.isatty():
        yield None
        return
    began = time.monotonic()
    shown = 0.0

    def report(what: str, done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - began > QUIET and now - shown > 0.1:
            shown = now
            of = f" {done:,} of {total:,}" if total else ""
            sys.stderr.write(f"\r\033[K{what}{of}")
            sys.stderr.flush()

    try:
        yield report
    finally:
        # A full build reports from its own process, so this one does not know what was drawn.
        if time.monotonic() - began > QUIET:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def _lines(fence: Fence, path: str) -> list[str]:
    """A file's lines, as the reader counts them; none if it is too large, unreadable or outside the
    project.
    """
    found = fence.resolve(os.path.join(fence.content, path), settings=True)  # noqa: PTH118
    try:
        data = b"" if found.why else fence.read(found.path, LARGEST_FILE + 1)
    except OSError:
        return []
    if found.why or len(data) > LARGEST_FILE:
        return []
    return lines_of(data)
