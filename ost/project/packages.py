"""Where the rules of other packages come from: files that a judgement depends on."""

import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from ost.judge.catalog import Unloadable


def sources_of(further: Iterable[object]) -> tuple[str, ...]:
    """The files of other packages' rules: of each package as much as was imported, and of what
    cannot be loaded the folder's.
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
