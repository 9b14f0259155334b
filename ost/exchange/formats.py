"""The export formats: one module each in `ost.exchange.exporters`, found by looking into the
package.

A module's docstring is the format's help. Its function `export` returns one text, or one for each
file of a folder.
"""

import inspect
from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import iter_modules

from ost.exchange import exporters
from ost.exchange.forest import Forest

Exported = str | Mapping[str, str]


def formats() -> dict[str, str]:
    """The names of the formats, each with its module."""
    found = (each.name for each in iter_modules(exporters.__path__))
    return {name.replace("_", "-"): name for name in found}


class Format:
    """One format."""

    def __init__(self, name: str) -> None:
        module = import_module(f"{exporters.__name__}.{formats()[name]}")
        self.help = inspect.getdoc(module) or ""
        self.export: Callable[[Forest], Exported] = module.export

    @property
    def folder(self) -> bool:
        """Whether it writes a folder of files rather than one text."""
        return self.export.__annotations__["return"] is not str
