"""A node's text as HTML, with links to nodes and to its recording. Nothing is parsed: the file has
the places of links and timestamps (`ost.notation`).
"""

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from markupsafe import Markup
from msgspec import Struct

from datasette_ost.file.nodes import NodeRow
from datasette_ost.view.links import Links
from ost.notation import PLAIN, Notation, SectionMark
from ost.recording import at_second
from ost.render import Play, render, render_parts


class ProsePart(Struct):
    """The text below one heading. `first` and `last` are its lines in the file."""

    section: SectionMark
    html: Markup
    first: int
    last: int


def prose(
    links: Links, text: str, notation: Notation = PLAIN, recording: str | None = None
) -> Markup:
    """A node's text as HTML, without its title."""
    play = partial(at_second, recording)
    return Markup(render(text, notation, resolve=links.node, play=play))  # noqa: S704 - `ost.render` is safe


def parts(
    links: Links, own: NodeRow, play: Play, hidden: Collection[int] = ()
) -> Iterator[ProsePart]:
    """A node's text as HTML: the part before the first heading, then one part per heading. `hidden`
    are lines of the file that the page shows elsewhere: their paragraphs, quotes and rows are left
    out.
    """
    headed = {
        own.body.count("\n", 0, each.start): each for each in own.sections if each.start is not None
    }
    before = SectionMark("", "", own.line, 0)
    rows = {_row(each, headed) for each in hidden}
    found = [
        (headed.get(line, before), html)
        for line, html in render_parts(
            own.body, own.notation, resolve=links.node, play=play, hidden=rows
        )
    ]
    ends = [section.line - 1 for section, _ in found[1:]]
    last = own.line + own.body.count("\n")
    for (section, html), end in zip(found, [*ends, last], strict=True):
        yield ProsePart(section, Markup(html), section.line, end)  # noqa: S704 - as above


def _row(line: int, headed: Mapping[int, SectionMark]) -> int:
    """The row of the text for a line of the file, counted from the last heading above it."""
    above = [(row, section.line) for row, section in headed.items() if section.line <= line]
    row, first = max(above, default=(-1, line))
    return row + line - first
