"""Loads the plugin for `datasette --plugins-dir plugins/`; an installed copy wins.

Datasette runs each file of that folder by itself, outside any package, so this is the only file
there.
"""

import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

from datasette.plugins import pm


def load(name: str, folder: Path) -> None:
    """Imports a package from its folder without adding the folder to the import path, because
    nothing else in it should be importable.
    """
    spec = spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"there is no package in {folder}")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


if find_spec("datasette_ost") is None:
    here = Path(__file__).resolve().parent
    if find_spec("ost") is None:
        load("ost", here.parent / "ost")
    load("datasette_ost", here / "datasette_ost")
import datasette_ost  # noqa: E402 - there is no other way to find it where nothing is installed

if not pm.is_registered(datasette_ost):
    pm.register(datasette_ost, name="datasette_ost")
