"""Finds submodules that are checked out, and where their objects are, so that a revision's tree
continues in them. Nothing is cloned, fetched or updated.
"""

import os
from functools import cached_property
from pathlib import Path

from ost.history.process import run

_FILE = ".gitmodules"
_ALTERNATES = "GIT_ALTERNATE_OBJECT_DIRECTORIES"


class Submodules:
    """The submodules in the folder of a repository whose objects have the ids of a format."""

    def __init__(self, top: Path, format: str) -> None:
        """Stores the folder; looks for nothing yet."""
        self.top, self.format = top, format
        self._objects: dict[str, str] = {}

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The submodules that are checked out, including nested ones."""
        return _checked_out(self.top)

    def above(self, path: str) -> list[str]:
        """The submodules around a path, outermost first. For most paths there are none, and it
        looks for nothing.
        """
        if "/" not in path and path not in self.paths:
            return []
        return [each for each in self.paths if f"{path}/".startswith(f"{each}/")]

    def enter(self, path: str) -> None:
        """Makes a submodule's objects available, too."""
        if path not in self._objects:
            self._objects[path] = _objects_of(self.top / path, self.format)

    def environment(self) -> dict[str, str]:
        """The environment in which git finds the objects of entered submodules."""
        found = [each for each in self._objects.values() if each]
        quoted = ['"{}"'.format(each.replace("\\", "\\\\").replace('"', '\\"')) for each in found]
        given = os.environ.get(_ALTERNATES, "")
        others = (given,) if given else ()
        return {_ALTERNATES: os.pathsep.join((*quoted, *others))} if quoted else {}


def _checked_out(top: Path) -> tuple[str, ...]:
    if not (top / _FILE).is_file():
        return ()
    asked = ("--file", _FILE, "-z", "--get-regexp", r"^submodule\..*\.path$")
    output = run(top, "config", *asked).stdout.decode("utf-8", "surrogateescape")
    named = (each.partition("\n")[2] for each in output.split("\0")[:-1])
    found = []
    for path in sorted(each for each in named if each and os.path.normpath(each) == each):
        folder = Path(os.path.realpath(top)) / path
        # A link, or a way out of the repository, never holds a submodule.
        inside = os.path.realpath(folder) == str(folder) and not path.startswith(("..", "/"))
        if inside and os.path.lexists(folder / ".git"):
            found += [path, *(f"{path}/{inner}" for inner in _checked_out(folder))]
    return tuple(found)


def _objects_of(folder: Path, format: str) -> str:
    """The folder of a submodule's objects; "" if it has another format, or cannot be read."""
    asked = ("--show-object-format", "--show-toplevel", "--git-path", "objects")
    ended = run(folder, "rev-parse", *asked)
    output = ended.stdout.decode("utf-8", "surrogateescape").split("\n")
    if ended.returncode or output[:2] != [format, os.path.realpath(folder)]:
        return ""
    return os.path.normpath(folder / output[2])
