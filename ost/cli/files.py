"""Writes files for people: whole or not at all, and never through a link.

A path typed at the terminal is trusted. Anything in a project's folder, or in the folder where the
command started, may have come with a repository, so no link is followed there.
"""

import os
from pathlib import Path

from ost.cli.workspace import display_path
from ost.disk.fence import fence_around
from ost.errors import Misuse, Trouble


def create(path: Path, text: str, root: Path = Path()) -> None:
    """Creates a file with this text, whole or not at all; refuses to replace one.

    `root` is the project's folder.
    """
    try:
        fence, inside = fence_around(os.fspath(path), os.fspath(root), ".")
        fence.create(inside, text.encode("utf-8", "surrogateescape"))
    except FileExistsError:
        raise Misuse(f"{display_path(path)} already exists; choose another name") from None
    except OSError as error:
        raise Trouble(f"{display_path(path)} cannot be written: {error.strerror}") from None


def rewrite(path: Path, data: bytes, root: Path = Path()) -> None:
    """Replaces a file's bytes, all or none; a link in its place is replaced, too. `root` is the
    project's folder.
    """
    try:
        fence, inside = fence_around(os.fspath(path), os.fspath(root), ".")
        fence.write(inside, data)
    except OSError as error:
        raise Trouble(f"{display_path(path)} cannot be written: {error.strerror}") from None
