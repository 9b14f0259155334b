"""What a file says about itself: its version, its build, its days and its title."""

from typing import TYPE_CHECKING

from ost.publish.rows import Row

if TYPE_CHECKING:
    from ost.project import Project


def meta_rows(project: "Project", build_id: str, since: str, until: str) -> list[Row]:
    """The rows of the table `meta`."""
    from ost import __version__
    from ost.publish.schema import VERSION

    settings = project.settings
    said = {
        "schema": str(VERSION),
        "generator": f"ost {__version__}",
        "build": build_id,
        "as_of": since,
        "until": until,
        "title": settings.title,
        "edit_url": settings.edit_url,
    }
    return list(said.items())
