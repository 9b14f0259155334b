"""Other packages that extend ours, and the files of their rules, on which judgements depend."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.machinery import ModuleSpec, all_suffixes
from importlib.util import find_spec
from pathlib import Path

from ost.judge.catalog import Unloadable

_SUFFIXES = tuple(all_suffixes())
"""The ends of the names of files that Python imports."""


def may_add(group: str) -> bool:
    """Whether an installed package may have entry points of a group.

    `importlib.metadata` takes as long as most updates; searching the files that it reads is fast.
    """
    return any(_may_hold(place or os.curdir, group.encode()) for place in sys.path)


def _may_hold(place: str, group: bytes) -> bool:
    try:
        names = os.listdir(place)
    except FileNotFoundError:
        return False
    except OSError:  # an archive or something else that only Python's own finders can read
        return True
    for name in names:
        if name.casefold().endswith((".dist-info", "egg-info")):
            with suppress(FileNotFoundError, NotADirectoryError):
                if group in Path(place, name, "entry_points.txt").read_bytes():
                    return True
        elif name.endswith(".egg"):
            return True
    return False


def sources_of(further: Iterable[object]) -> tuple[str, ...]:
    """The files of other packages' rules and kinds, and the packages' folders. They do not depend
    on what this process has imported.
    """
    found: set[str] = set()
    for module in {_module(each) for each in further}:
        with suppress(ImportError, ValueError, OSError):
            found.update(_files(_spec(module)))
    return tuple(sorted(found))


def _module(thing: object) -> str:
    if isinstance(thing, Unloadable):
        return thing.name.partition(":")[0]
    return str(getattr(thing, "__module__", None) or getattr(thing, "__name__", ""))


def _spec(module: str) -> ModuleSpec | None:
    """The topmost package that contains a module, or the module itself. Namespaces do not count,
    because other distributions share them.
    """
    name, _, rest = module.partition(".")
    spec = find_spec(name)
    while spec and not spec.origin and rest:
        part, _, rest = rest.partition(".")
        name = f"{name}.{part}"
        spec = find_spec(name)
    return spec


def _files(spec: ModuleSpec | None) -> Iterator[str]:
    """The files that a package or module may run, and the folders in which new ones may appear."""
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for folder, below, names in os.walk(place):
            below[:] = [each for each in below if each != "__pycache__"]
            yield folder
            yield from (os.path.join(folder, each) for each in names if each.endswith(_SUFFIXES))
    if spec and spec.origin:
        yield spec.origin
        folder = os.path.dirname(spec.origin)
        # A module in a folder of the team's own may import those beside it.
        if not spec.submodule_search_locations and not folder.endswith("-packages"):
            names = os.listdir(folder)
            yield from (os.path.join(folder, each) for each in names if each.endswith(_SUFFIXES))
