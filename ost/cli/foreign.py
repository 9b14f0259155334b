"""Files and folders of other tools, named on the command line, as materials to import."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ost.cli.encodings import decoded
from ost.disk.fence import LinkError, SpecialError, typed
from ost.errors import Misuse
from ost.exchange.foreign.imports import SUFFIXES, Material
from ost.limits import read_limited
from ost.read.place import normalize_newlines
from ost.words import counted

_SOME = 3
"""How many file names a message lists."""


class NotRead(NamedTuple):
    """A file that is not imported, and why."""

    path: str
    why: str


class NamedMaterial(NamedTuple):
    """The contents of a FILE on the command line."""

    material: Material
    not_read: tuple[NotRead, ...] = ()


def material(file: Path, root: Path, own: Collection[str]) -> NamedMaterial:
    """The text of a file, or those in a folder. `own` are files that hold nodes of the project at
    `root` already. Raises Misuse for a single file that cannot be read.
    """
    if file.is_dir():
        return _folder(file, root, own)
    if os.path.realpath(file) in own:
        found = NotRead(str(file), "its nodes are here already")
        return NamedMaterial(Material(file.name, {}), (found,))
    text, encoding, why = _text(file, root)
    if why:
        raise Misuse(f"{file!s}: {why}")
    encodings = {str(file): encoding} if encoding else {}
    return NamedMaterial(Material(file.name, {str(file): text}, encodings=encodings))


def _folder(folder: Path, root: Path, own: Collection[str]) -> NamedMaterial:
    files: dict[str, str] = {}
    encodings: dict[str, str] = {}
    not_read: list[NotRead] = []
    others: list[str] = []
    for path in _below(folder):
        shown = path.relative_to(folder).as_posix()
        if os.path.realpath(path) in own:
            not_read.append(NotRead(shown, "its nodes are here already"))
        elif path.is_symlink():
            not_read.append(NotRead(shown, "a link; links are not followed"))
        elif path.suffix.casefold() not in SUFFIXES:
            others.append(shown)
        else:
            text, encoding, why = _text(path, root)
            if why:
                not_read.append(NotRead(shown, why))
            else:
                files[shown] = text
                encodings |= {shown: encoding} if encoding else {}
    if others:
        some = ", ".join(others[:_SOME]) + ", …" * (len(others) > _SOME)
        not_read.append(NotRead(some, f"{counted(len(others), 'file')} of other types"))
    name = PurePosixPath(os.path.abspath(folder)).name  # noqa: PTH100 - links stay as they were given
    found = Material(name, files, folder=True, encodings=encodings)
    return NamedMaterial(found, tuple(not_read))


def _below(folder: Path) -> Iterator[Path]:
    """The files below a folder, by name, without hidden files and links."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(
            each
            for each in folders
            if not each.startswith(".") and not Path(here, each).is_symlink()
        )
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(here, name)


def _text(file: Path, root: Path) -> tuple[str, str, str]:
    """A file's text, its encoding if that is not UTF-8, and the reason if it cannot be read."""
    try:
        handle = typed(os.fspath(file), os.fspath(root), ".")
        data = read_limited(file, handle=handle)
    except LinkError:
        return "", "", "a link to another place"
    except SpecialError:
        return "", "", "not a file"
    except Misuse as error:
        return "", "", str(error).partition(": ")[2]
    except OSError as error:
        return "", "", f"cannot be read: {error.strerror}"
    text, encoding = decoded(data)
    if "\0" in text:
        return "", "", "contains NUL bytes, so it is not text"
    return normalize_newlines(text), encoding, ""
