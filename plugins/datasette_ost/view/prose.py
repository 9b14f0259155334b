"""A node's text as HTML: its links lead to nodes, its timestamps to its recording.

The file says what is in the text, and where (`ost.notation`); nothing is looked for here.
"""

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup
from msgspec import Struct

from datasette_ost.file.nodes import NodeRow
from datasette_ost.view.links import Links
from ost.notation import PLAIN, Notation, SectionMark
from ost.recording import at_second
from ost.render import Play, render, render_parts


class ProsePart(Struct):
    """The text under one heading; `first` and `last` are its lines in the file."""

    section: SectionMark
    html: Markup
    first: int
    last: int


def prose(
    links: Links, text: str, notation: Notation = PLAIN, recording: str | None = None
) -> Markup:
    """A text as HTML, without its title."""
    play = partial(at_second, recording)
    return Markup(render(text, notation, resolve=links.node, play=play))  # noqa: S704 - `ost.render` is safe


def parts(links: Links, own: NodeRow, play: Play) -> Iterator[ProsePart]:
    """A node's text as HTML: before the first heading, and under every heading."""
    headed = {
        own.body.count("\n", 0, each.start): each for each in own.sections if each.start is not None
    }
    before = SectionMark("", "", own.line, 0)
    found = [
        (headed.get(line, before), html)
        for line, html in render_parts(own.body, own.notation, resolve=links.node, play=play)
    ]
    ends = [section.line - 1 for section, _ in found[1:]]
    last = own.line + own.body.count("\n")
    for (section, html), end in zip(found, [*ends, last], strict=True):
        yield ProsePart(section, Markup(html), section.line, end)  # noqa: S704 - as above
