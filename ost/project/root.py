"""Finds the project that a path belongs to, and the part of the project that it names."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ost.errors import Misuse
from ost.project import Project
from ost.settings.config import FILE, MISTAKEN, defaults, load

if TYPE_CHECKING:
    from ost.read.diagnostic import Diagnostic


def project_of(path: Path, today: date) -> Project:
    """The project around a path, as of a day.

    A named folder outside the content of the project around it is a project of its own: an
    example, someone's notes.
    """
    if _is_bare(path):
        raise Misuse(
            f"{path} is a bare git repository and holds no files; "
            "name a revision (--at HEAD, or A..B)"
        )
    root, settings = load(path)
    content = (root / settings.content).resolve()
    if path != Path() and path.is_dir() and not _related(path.resolve(), content):
        root = path.resolve()
        settings = defaults(root)
    return Project(root, settings, today)


def existing(path: Path, what: str) -> Path:
    """The path, if it exists; `what` names the expected thing in the message."""
    try:
        found = path.exists()
    except (OSError, ValueError):
        found = False
    if not found:
        raise Misuse(f"no {what} {str(path)!r}")
    return path


def within(project: Project, path: Path, shown: Callable[[Path], object] = str) -> str:
    """A path relative to the content folder; "" for all of it."""
    asked, content = path.resolve(), Path(project.content)
    if path == Path() or content.is_relative_to(asked):
        return ""
    if not asked.is_relative_to(content):
        raise Misuse(f"{shown(path)} is outside the content folder, {shown(content)}")
    return asked.relative_to(content).as_posix()


def part(name: str) -> "Callable[[Diagnostic], bool]":
    """A function that tells whether a diagnostic is about the part of this name. Settings are about
    every part.
    """
    return lambda each: (
        not name or each.path == name or each.path.startswith(f"{name}/") or each.code == MISTAKEN
    )


def _is_bare(folder: Path) -> bool:
    """Whether a folder is a git repository itself, with nothing checked out."""
    return (
        all((folder / name).exists() for name in ("HEAD", "objects", "refs"))
        and not (folder / FILE).exists()
    )


def _related(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
