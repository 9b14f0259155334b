"""The interview: one customer's story."""

from collections.abc import Mapping
from posixpath import normpath
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ost.read.transcript import Transcript
from ost.tree.node import FILE, Day, Node, People, References


class Interviewers(Struct, frozen=True, kw_only=True):
    """Who of the trio took part, by initials."""

    pm: str | None = None
    designer: str | None = None
    engineer: str | None = None

    def names(self) -> tuple[str, ...]:
        """The named people, in this order."""
        return tuple(each for each in (self.pm, self.designer, self.engineer) if each)


class Interview(Node, frozen=True, kw_only=True):
    """A snapshot of one customer's story."""

    kind = "interview"
    rank = 7
    plural = "interviews"
    glyph = "❝"
    icon = "microphone"
    colour = "cyan"
    placed = False
    speaks = "story"
    day_field = "date"
    asked = (
        "date",
        "participant",
        "segment",
        "interviewers",
        "recording",
        "recruited",
        "consent",
    )
    today = ("date",)

    date: Annotated[Day | None, Meta(description="The day of the interview.")] = None
    participant: Annotated[
        People | None, Meta(description="A pseudonym, such as P07; a list for several people.")
    ] = None
    segment: Annotated[str | None, Meta(description="The kind of customer.")] = None
    interviewers: Annotated[
        Interviewers | None, Meta(description="Who took part: `{pm, designer, engineer}`.")
    ] = None
    recording: Annotated[
        str | None, Meta(description="The recording: an address or a file.", extra=FILE)
    ] = None
    duration: Annotated[
        str | None,
        Meta(title="Length", description="The recording's length, as `h:mm:ss` or `mm:ss`."),
    ] = None
    transcript: Annotated[
        str | None,
        Meta(description="The transcript's path: `.vtt`, `.srt`, `.txt` or `.md`.", extra=FILE),
    ] = None
    consent: Annotated[
        str | None, Meta(description="What the participant agreed to, such as `research`.")
    ] = None
    recruited: Annotated[
        Literal["in-product", "sales", "support", "panel", "network", "other"] | None,
        Meta(title="Recruited via", description="How the participant was found."),
    ] = None
    guide: Annotated[References, Meta(description="The interview guide used.")] = ()

    def transcript_paths(self) -> tuple[str, ...]:
        """Where its transcript may be, from its own folder and from the top."""
        written = (self.transcript or "").strip()
        if not written:
            return ()
        folders = (self.path.rpartition("/")[0], "")
        return tuple(normpath(f"{folder}/{written}").lstrip("/") for folder in folders)

    def transcript_among(self, transcripts: Mapping[str, Transcript]) -> Transcript | None:
        """Its transcript, from all transcripts by path."""
        for path in self.transcript_paths():
            if (found := transcripts.get(path)) is not None:
                return found
        return None
