"""Reads a baseline's file and hides the findings in it."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ost.disk.fence import typed
from ost.errors import Misuse, Trouble
from ost.exchange import baseline
from ost.limits import read_limited
from ost.read.diagnostic import Diagnostic

if TYPE_CHECKING:
    from ost.project import Project


def apply_baseline(
    project: "Project",
    diagnostics: Iterable[Diagnostic],
    names: Mapping[str, str],
    file: Path | None,
    shown: str,
) -> baseline.BaselineResult:
    """The diagnostics after a baseline is applied; unchanged without one. `shown` is the file's
    name in messages.
    """
    if file is None:
        return baseline.BaselineResult(tuple(diagnostics))
    path = os.path.relpath(file, project.content).replace(os.sep, "/")
    return baseline.apply_baseline(diagnostics, lines(file, project.root, shown), names, path)


def lines(file: Path, root: Path, shown: str) -> tuple[baseline.BaselineLine, ...]:
    """The entries of a baseline of the project at `root`."""
    if file.is_dir():
        raise Misuse(f"{shown} is a folder, not a baseline; name a file")
    try:
        handle = typed(os.fspath(file), os.fspath(root), ".")
        data = read_limited(file, handle=handle)
    except FileNotFoundError:
        raise Misuse(f"baseline {shown} does not exist; create it with --write-baseline") from None
    except OSError as error:
        raise Trouble(f"{shown} cannot be read: {error.strerror or error}") from None
    return entries_of(data, shown)


def entries_of(data: bytes, shown: str) -> tuple[baseline.BaselineLine, ...]:
    """The entries in a baseline's bytes."""
    try:
        return baseline.read(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Trouble(f"{shown} cannot be read: {error}") from None
    except Misuse as error:
        raise Misuse(f"{shown}:{error}") from None
