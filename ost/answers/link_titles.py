"""For people, links without text show the title of their node."""

from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from ost.notation import FieldMark, Notation, SpokenMark, notation, replace_links, worded

if TYPE_CHECKING:
    from sqlite3 import Connection

TitledMark = TypeVar("TitledMark", FieldMark, SpokenMark)


class LinkTitles:
    """The titles of the nodes that a project links to, each read once. A title is followed by the
    node's id, which other commands take.
    """

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._known: dict[str, Notation] = {}
        self._titles: dict[str, str] = {}

    def in_fields(self, node_id: str, fields: dict[str, Any]) -> None:
        """Puts titles in the place of links in a node's fields."""
        replace_links(fields, map(self._titled, self._marks(node_id).fields))

    def in_words(self, interview: str, table: str, position: int, words: str) -> str:
        """The words of a `moment`, `quote` or `step`, by its position in an interview."""
        marks = self._marks(interview).spoken
        inside = [each for each in marks if (each.table, each.position) == (table, position)]
        return worded(words, map(self._titled, inside))

    def _marks(self, node_id: str) -> Notation:
        if node_id not in self._known:
            asked = "select notation from node where id = ?"
            row = self._connection.execute(asked, (node_id,)).fetchone()
            self._known[node_id] = notation(row[0] if row else None)
        return self._known[node_id]

    def _titled(self, mark: TitledMark) -> TitledMark:
        if mark.words or not mark.node:
            return mark
        title = self._title(mark.node)
        return replace(mark, words=f"“{title}” ({mark.node})") if title else mark

    def _title(self, node_id: str) -> str:
        if node_id not in self._titles:
            asked = "select title from node where id = ?"
            row = self._connection.execute(asked, (node_id,)).fetchone()
            self._titles[node_id] = str(row[0]) if row else ""
        return self._titles[node_id]
