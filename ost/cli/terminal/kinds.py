"""Kinds and statuses from the published file, for lists and drawings."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from sqlite3 import Connection

STYLES = {
    "chosen": "cyan",
    "focus": "bold yellow",
    "busy": "bold yellow",
    "good": "bold green",
    "bad": "bold red",
    "mixed": "yellow",
}
"""A status's tone in a terminal; other tones are dim."""

NEAREST = {"indigo": "magenta", "slate": "magenta", "olive": "cyan", "grey": "cyan"}
"""The nearest terminal colour for a kind's colour."""

OWN = frozenset({"red", "green", "yellow", "blue", "magenta", "cyan"})
"""The terminal's own colours."""


class KindRow(Struct, frozen=True):
    """A kind of node: a row of the table `kind`."""

    name: str
    plural: str = "nodes"
    glyph: str = "?"
    colour: str = "red"
    top: bool = False
    rivals: bool = False
    needs_evidence: bool = False

    @property
    def style(self) -> str:
        """The style of its glyph."""
        return self.colour if self.colour in OWN else NEAREST.get(self.colour, "cyan")


class StatusRow(Struct, frozen=True):
    """A status: a row of the table `status`."""

    kind: str
    name: str
    stage: str = "live"
    tone: str = "plain"
    usual: bool = False


class Kinds:
    """All kinds and statuses of a file."""

    def __init__(self, kinds: Iterable[KindRow], statuses: Iterable[StatusRow]) -> None:
        """`kinds` come in listing order."""
        self._kinds = {kind.name: kind for kind in kinds}
        self._statuses = {(status.kind, status.name): status for status in statuses}

    def __getitem__(self, kind: str) -> KindRow:
        """A kind's row."""
        return self._kinds.get(kind) or KindRow(kind)

    def standing(self, kind: str, status: str | None) -> StatusRow:
        """A status's row."""
        return self._statuses.get((kind, status or "")) or StatusRow(kind, status or "")

    def style(self, kind: str, status: str) -> str:
        """The style of a status."""
        return STYLES.get(self.standing(kind, status).tone, "dim")


_KIND_COLUMNS = ("name", "plural", "glyph", "colour", "top", "rivals", "needs_evidence")


def kinds(connection: "Connection") -> Kinds:
    """The kinds and statuses of the file."""
    columns = ", ".join(_KIND_COLUMNS)
    known = connection.execute(f"select {columns} from kind order by position")
    statuses = connection.execute("select kind, name, stage, tone, usual from status")
    return Kinds(
        [KindRow(*row[:4], *map(bool, row[4:])) for row in known],
        [
            StatusRow(kind, name, stage, tone, usual=bool(usual))
            for kind, name, stage, tone, usual in statuses
        ],
    )
