"""The built-in templates, and a team's own replacements."""

import os
from pathlib import Path

from ost.disk.fence import fence_around
from ost.errors import Trouble
from ost.limits import LARGEST_FILE
from ost.read.place import text_of

TEMPLATES = Path(__file__).parent.parent / "templates"

TEAM = "templates"
"""The folder, beside `ost.toml`, with a team's own templates."""


def template(name: str, otherwise: str | None = None, root: Path | None = None) -> str:
    """A template's text: the team's own, in the project at `root`; else the built-in one;
    `otherwise` if there is neither.
    """
    if root is not None and (own := _of_team(root, name)) is not None:
        return own
    path = TEMPLATES / name
    return path.read_text("utf-8") if otherwise is None or path.is_file() else otherwise


def _of_team(root: Path, name: str) -> str | None:
    path = root / TEAM / name
    try:
        fence, inside = fence_around(os.fspath(path), os.fspath(root), ".")
        return text_of(fence.read(inside, LARGEST_FILE))
    except FileNotFoundError:
        return None
    except OSError as error:
        why = error.strerror or "it is behind a link"
        raise Trouble(f"{TEAM}/{name} cannot be read: {why}") from None
