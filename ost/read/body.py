"""What the body of a file says, and what reading it needs to know of its front matter."""

from collections.abc import Container

from msgspec import Struct

from ost.read.document import Link, Quote, Section
from ost.read.place import Place
from ost.read.value import Scalar


class Body(Struct, frozen=True):
    """The contents of a body: the first `#` heading, the sections, and impossible timestamps."""

    title: Scalar | None
    sections: tuple[Section, ...]
    wrong: tuple[tuple[str, Place], ...]
    title_links: tuple[Link, ...]
    interviewer_quotes: tuple[Quote, ...] = ()
    """Quotes with an interviewer's label, which are excluded from the sections."""
    silent: tuple[Place, ...] = ()
    """The places of markup that is not shown."""
    unseen: tuple[Place, ...] = ()
    """The places of addresses and titles in Markdown links."""


class SpeakerNames(Struct, frozen=True):
    """The names of speakers in an interview's front matter, as `decoration.person_key` returns
    them.
    """

    interviewers: Container[str] = frozenset()
    participants: Container[str] = frozenset()


NO_NAMES = SpeakerNames()
