"""Writes many files at once: all or none, even if the process is killed.

Before it writes anything, it saves every file's old content in the state's folder. If the process
is stopped half-way, the next one that opens the project restores everything.
"""

import os
import stat
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from ost.disk import store
from ost.disk.fence import Fence, LinkError
from ost.errors import Misuse, OstError, Trouble

JOURNAL = "journal"


class Journaled(Protocol):
    """What the journal needs of a project: its folder, its lock, and the boundary of its files."""

    folder: Path
    fence: Fence

    def locked(self) -> AbstractContextManager[None]:
        """Lets one process in at a time."""


class FileStep(Struct, frozen=True, array_like=True):
    """One file, relative to the project's folder: its content before and after; None if it does not
    exist.
    """

    path: str
    before: bytes | None
    after: bytes | None


def write(project: Journaled, steps: Iterable[FileStep]) -> None:
    """Makes every step, or none. Raises Misuse if a file differs from its step, may not be written
    or is behind a link; nothing is ever overwritten.
    """
    plan = tuple(sorted(steps, key=lambda step: (step.before is not None, step.after is None)))
    with project.locked():
        _recover(project)
        for step in plan:
            _ready(project.fence, step)
        journal = project.folder / JOURNAL
        store.save(journal, plan, synced=True)
        try:
            for step in plan:
                _make(project.fence, step)
        except BaseException as error:
            undo(project.fence, plan)
            store.delete(journal)
            if isinstance(error, OstError) or not isinstance(error, OSError):
                raise
            reason = error.strerror or str(error)
            raise Trouble(f"the files could not be written and are unchanged: {reason}") from None
        store.delete(journal)


def recover(project: Journaled) -> tuple[str, ...]:
    """Undoes the unfinished steps of a stopped process; returns the files that changed since and
    stay.
    """
    with project.locked():
        return _recover(project)


def _recover(project: Journaled) -> tuple[str, ...]:
    journal = project.folder / JOURNAL
    plan = store.load(journal, tuple[FileStep, ...])
    left = undo(project.fence, plan) if plan else ()
    store.delete(journal)
    return left


def undo(fence: Fence, plan: Iterable[FileStep]) -> tuple[str, ...]:
    """Restores every file that is as written or as before, and returns the others."""
    left = []
    for step in reversed(tuple(plan)):
        now = _held(fence, step.path)
        if now == step.before:
            continue
        if now != step.after:
            left.append(step.path)
        elif step.before is None:
            fence.remove(step.path)
        else:
            fence.write(step.path, step.before)
    return tuple(left)


def _ready(fence: Fence, step: FileStep) -> None:
    """Raises Misuse unless the step can be made."""
    if step.before is None and os.path.lexists(os.path.join(fence.root, step.path)):
        raise Misuse(f"{step.path} already exists; nothing was written")
    try:
        now = fence.read(step.path)
    except FileNotFoundError:
        now = None
    except LinkError:
        raise Misuse(f"{step.path} is behind a link; nothing was written") from None
    except OSError as error:
        raise Misuse(f"{step.path} cannot be read: {error.strerror}") from None
    if now != step.before:
        raise Misuse(f"{step.path} changed while the command ran; run it again")
    if now is not None and not os.stat(os.path.join(fence.root, step.path)).st_mode & stat.S_IWUSR:
        raise Misuse(f"{step.path} is read-only; nothing was written")


def _make(fence: Fence, step: FileStep) -> None:
    if step.after is None:
        fence.remove(step.path)
    elif step.before is None:
        try:
            fence.create(step.path, step.after)
        except FileExistsError:
            raise Misuse(f"{step.path} already exists; nothing was written") from None
    else:
        fence.write(step.path, step.after)


def _held(fence: Fence, path: str) -> bytes | None:
    with suppress(OSError):
        return fence.read(path)
    return None
