"""Other packages that extend ours, and the files of their rules, on which judgements depend."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from ost.judge.catalog import Unloadable


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
    """The files of other packages' rules: each package's imported files, and all files in the
    folder of one that cannot be loaded.
    """
    packages: set[str] = set()
    found: set[str] = set()
    for rule in further:
        module = rule.name.partition(":")[0] if isinstance(rule, Unloadable) else _module(rule)
        packages.add(module.partition(".")[0])
        if isinstance(rule, Unloadable):
            with suppress(ImportError, ValueError):
                spec = find_spec(module.partition(".")[0])
                folders = (spec.submodule_search_locations or ()) if spec else ()
                found |= {spec.origin} if spec and spec.origin else set()
                found |= {str(file) for folder in folders for file in Path(folder).rglob("*.py")}
    for name, loaded in tuple(sys.modules.items()):
        file = getattr(loaded, "__file__", None)
        if file and name.partition(".")[0] in packages:
            found.add(file)
    return tuple(sorted(found))


def _module(thing: object) -> str:
    return str(getattr(thing, "__module__", None) or getattr(thing, "__name__", ""))
