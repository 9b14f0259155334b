"""Opens the project that a command is about, and says how far it is."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ost.config import MISTAKEN, defaults, load
from ost.errors import Misuse, Trouble
from ost.limits import LARGEST_FILE, whole
from ost.project import Progress, Project, Refreshed
from ost.read.place import unified

if TYPE_CHECKING:
    from ost.read.diagnostic import Diagnostic

QUIET = 0.5
"""Seconds after which a person begins to wonder."""


class Opened:
    """A project that is up to date, with the folders it was asked for."""

    def __init__(self, path: Path, today: date | None = None) -> None:
        """The project that `path` belongs to, as of today.

        A folder that was named, and has nothing to do with the content of the project around it, is
        a project of its own: an example, somebody's notes.
        """
        self.path = path
        self.root, self.settings = load(path)
        self.content = (self.root / self.settings.content).resolve()
        if path != Path() and path.is_dir() and not _related(path.resolve(), self.content):
            self.root = path.resolve()
            self.settings = defaults(self.root)
            self.content = (self.root / self.settings.content).resolve()
        self.today = today or datetime.now().astimezone().date()
        self.project = Project(self.root, self.settings, self.today)

    def refresh(self, output: Path | None = None) -> Refreshed:
        """Bring it up to date, with progress when there is somebody who waits. `output` is where
        it will be published.
        """
        with progress() as report:
            return self.project.refresh(report, output)

    def shown(self, path: str) -> str:
        """A content path as one can open it from here."""
        return near(self.content / path)

    def within(self) -> str:
        """What the path asked for is called inside the content folder; "" for all of it."""
        asked = self.path.resolve()
        if self.content.is_relative_to(asked) or self.path == Path():
            return ""
        if not asked.is_relative_to(self.content):
            raise Misuse(
                f"{near(self.path)} is outside of the content folder, {near(self.content)}"
            )
        return asked.relative_to(self.content).as_posix()

    def shows(self) -> "Callable[[Diagnostic], bool]":
        """Tells whether a diagnostic is about the part asked for. Settings are about every part."""
        within = self.within()
        return lambda each: (
            not within
            or each.path == within
            or each.path.startswith(f"{within}/")
            or each.code == MISTAKEN
        )

    def beside(self, name: str) -> bytes | None:
        """A file that the settings name, beside them; None when there is none."""
        file = self.root / name
        if file.is_dir():
            raise Misuse(f"{near(file)} is a folder")
        try:
            return whole(file)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Trouble(f"{near(file)}: cannot be read: {error}") from None

    def line(self) -> Callable[[str, int], str]:
        """Reads lines of content files; the last file read is kept."""
        path, kept = "", list[str]()

        def lines(wanted: str, number: int) -> str:
            nonlocal path, kept
            if wanted != path:
                path, kept = wanted, _lines(self.content / wanted)
            return kept[number - 1] if 0 < number <= len(kept) else ""

        return lines


def opened_at(path: Path, revision: str | None, today: date | None = None) -> Opened:
    """The project of `path`: as the revision holds it, or as it is without one."""
    if revision is None:
        return Opened(path, today)
    from ost.cli.revisions import OpenedAt

    return OpenedAt(path, revision, today)


def _related(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def near(path: Path) -> str:
    """A path as one would type it here: relative when it is below this folder."""
    here = Path.cwd()
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as they were given
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)


@contextmanager
def progress() -> Iterator[Progress | None]:
    """Reports on standard error, if that is a terminal, once it takes long enough to wonder."""
    if not sys.stderr.isatty():
        yield None
        return
    began = shown = time.monotonic()
    drawn = False

    def report(what: str, done: int, total: int) -> None:
        nonlocal shown, drawn
        now = time.monotonic()
        if now - began > QUIET and (not drawn or now - shown > 0.1):
            shown, drawn = now, True
            of = f" {done:,} of {total:,}" if total else ""
            sys.stderr.write(f"\r\033[K{what}{of}")
            sys.stderr.flush()

    try:
        yield report
    finally:
        if drawn:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def _lines(file: Path) -> list[str]:
    """A file's lines, as the reader counts them; none of what is too large or cannot be read."""
    try:
        if not file.is_file() or file.stat().st_size > LARGEST_FILE:
            return []
        text = file.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return []
    return unified(text).split("\n")
