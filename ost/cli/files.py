"""Writes files for people: whole or not at all, and never through a link.

A path typed at the terminal is trusted. Anything in a project's folder, or in the folder where the
command started, may have come with a repository, so no link is followed there.
"""

import os
from pathlib import Path

from ost.cli.workspace import near
from ost.errors import Misuse, Trouble
from ost.fence import around
from ost.limits import LARGEST_FILE
from ost.read.place import text_of

TEMPLATES = Path(__file__).parent.parent / "templates"


def create(path: Path, text: str, root: Path = Path()) -> None:
    """A new file with this text. A reader sees all of it or nothing; what exists is left alone.

    `root` is the project's folder.
    """
    try:
        fence, inside = around(os.fspath(path), os.fspath(root), ".")
        fence.create(inside, text.encode("utf-8", "surrogateescape"))
    except FileExistsError:
        raise Misuse(f"{near(path)} already exists; choose another name") from None
    except OSError as error:
        raise Trouble(f"{near(path)} cannot be written: {error.strerror}") from None


def rewrite(path: Path, data: bytes, root: Path = Path()) -> None:
    """Give a file these bytes. A reader sees all of the old or all of the new; a link in its place
    is replaced. `root` is the project's folder.
    """
    try:
        fence, inside = around(os.fspath(path), os.fspath(root), ".")
        fence.write(inside, data)
    except OSError as error:
        raise Trouble(f"{near(path)} cannot be written: {error.strerror}") from None


TEAM = "templates"
"""The folder, beside `ost.toml`, with templates that a team wrote in place of ours."""


def template(name: str, otherwise: str = "", root: Path | None = None) -> str:
    """A template's text: the team's own, in the project at `root`; else ours; `otherwise` where
    there is neither.
    """
    if root is not None and (own := _of_team(root, name)) is not None:
        return own
    path = TEMPLATES / name
    return path.read_text("utf-8") if not otherwise or path.is_file() else otherwise


def _of_team(root: Path, name: str) -> str | None:
    try:
        fence, inside = around(os.fspath(root / TEAM / name), os.fspath(root), ".")
        return text_of(fence.read(inside, LARGEST_FILE))
    except FileNotFoundError:
        return None
    except OSError as error:
        path = near(root / TEAM / name)
        raise Trouble(f"{path} cannot be read: {error.strerror or 'it is behind a link'}") from None
