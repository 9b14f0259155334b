"""Loads the plugin for `datasette --plugins-dir plugins/`; an installed copy wins.

Datasette runs each file of that folder by itself, outside of any package, so this is the only one.
"""

import sys
from pathlib import Path

from datasette.plugins import pm

try:
    import datasette_ost
except ImportError:
    here = Path(__file__).resolve().parent
    sys.path[:0] = [str(here), str(here.parent)]
    import datasette_ost

if not pm.is_registered(datasette_ost):
    pm.register(datasette_ost, name="datasette_ost")
