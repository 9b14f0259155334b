"""The screen that nodes are drawn on."""

from typing import NamedTuple

from ost.cli.terminal.kinds import Kinds
from ost.exchange.reports.paint import Paint, cut


class Screen(NamedTuple):
    """How kinds look, the colours, and the number of columns; None means no limit."""

    kinds: Kinds
    paint: Paint
    columns: int | None = None

    def room(self, taken: int, fewest: int) -> int | None:
        """The columns left, at least `fewest`; None means no limit."""
        return None if self.columns is None else max(self.columns - taken, fewest)

    def cut(self, text: str, columns: int | None) -> str:
        """A text cut to this many columns; None cuts nothing."""
        return text if columns is None else cut(text, columns)

    def name(self, kind: str, status: str | None, title: str) -> str:
        """A node's glyph and title."""
        known, standing = self.kinds[kind], self.kinds.standing(kind, status)
        if standing.stage == "aside":
            return self.paint("dim", f"{known.glyph} {title}")
        strong = known.top or standing.tone == "focus"
        style = f"bold {known.style}" if known.top else known.style
        shown = self.paint("bold", title) if strong else title
        return f"{self.paint(style, known.glyph)} {shown}"
