"""What a published file says about itself: its version, build, days, title and transcripts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ost.publish.rows import Row
from ost.read.transcript import Transcript
from ost.settings.config import Settings

if TYPE_CHECKING:
    from ost.project import Project


def meta_rows(project: "Project", build_id: str, since: str, until: str) -> list[Row]:
    """The rows of the table `meta`."""
    from ost import __version__
    from ost.publish.columns import VERSION

    settings = project.settings
    values = {
        "schema": str(VERSION),
        "generator": f"ost {__version__}",
        "build": build_id,
        "as_of": since,
        "until": until,
        "title": settings.title,
        "edit_url": settings.edit_url,
    }
    return list(values.items())


def published(
    settings: Settings, transcripts: Mapping[str, Transcript]
) -> Mapping[str, Transcript]:
    """The transcripts to publish."""
    return transcripts if settings.publish.transcripts else {}
