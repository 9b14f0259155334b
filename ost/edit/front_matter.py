"""Edits a node's fields: sets, adds or removes a value. Nothing else moves."""

import re
from collections.abc import Iterable
from collections.abc import Mapping as Map

from ost.edit.content_folder import ContentFolder
from ost.edit.rewrite import edit
from ost.errors import Misuse
from ost.read.diagnostic import Edit
from ost.read.document import Entry, Field
from ost.read.extent import Extent, extent
from ost.read.place import Place
from ost.read.value import Mapping, Scalar, Sequence, Value

_ID = r"(?<=\s)\^{}(?=\s|$)"


class Fields:
    """The fields of one node as its file writes them."""

    def __init__(self, folder: ContentFolder, path: str, entry: Entry) -> None:
        """Reads the file's text; changes nothing."""
        self.folder, self.path, self.entry = folder, path, entry
        self.lines = folder.lines(path)

    def put(self, values: Map[str, str], behind: str) -> list[Edit]:
        """Sets several fields to values (as YAML); new fields are kept together."""
        missing = {name: each for name, each in values.items() if self._unwritten(name)}
        edits = [
            change
            for name, value in values.items()
            if name not in missing
            for change in self.set(name, value)
        ]
        last = next((name for name in values if name not in missing), behind)
        return [*edits, *(self._new(missing, last) if missing else [])]

    def _unwritten(self, name: str) -> bool:
        """Whether the field has no key; a mark such as `(later)` may still set it."""
        field = self.entry.field(name)
        return field is None or field.key_at == field.value.at

    def set(self, name: str, value: str, *, behind: str = "") -> list[Edit]:
        """Sets a field to this value (as YAML). A new field goes `behind` another or at the end."""
        field = self.entry.field(name)
        if field is None or self._unwritten(name):
            return self._new({name: value}, behind)
        if isinstance(field.value, Scalar):
            empty = field.value.at.column == field.value.at.end_column
            if not empty and field.value.at.line == field.value.at.end_line:
                return [edit(self.path, field.value.at, value)]
            if empty or not field.value.text.strip():
                return [self._behind_key(field, value)]
        return [edit(self.path, self._whole(field), f" {value}")]

    def add(self, name: str, values: Iterable[str]) -> list[Edit]:
        """Adds values (as YAML) to a field that is a list or becomes one."""
        added = list(values)
        field = self.entry.field(name)
        if not added:
            return []
        if field is None:
            return self._new({name: f"[{', '.join(added)}]"})
        value = field.value
        if isinstance(value, Scalar):
            at = value.at
            if value.type == "null" or not value.text.strip():
                return self.set(name, f"[{', '.join(added)}]")
            if at.line != at.end_line:
                raise Misuse(
                    f"{self._where(at)}: {name!r} is not a plain list; write it as one first"
                )
            opened = edit(self.path, Place(at.line, at.column, at.line, at.column), "[")
            return [opened, edit(self.path, _end(at), f", {', '.join(added)}]")]
        if not isinstance(value, Sequence):
            raise Misuse(f"{self._where(value.at)}: {name!r} is not a list; write it as one first")
        if self.folder.cut(self.path, value.at)[:1] == "[":
            return [self._in_flow(value, added)]
        return [self._in_block(value, added)]

    def without(self, name: str, places: Iterable[Place]) -> list[Edit]:
        """Removes the items at some places from a list, or the field with its last item."""
        field = self.entry.field(name)
        value = field.value if field else None
        if field is None or not isinstance(value, Sequence):
            return self.drop(name)
        items = [each.at for each in value.items]
        gone = {number for at in places for number, item in enumerate(items) if _within(at, item)}
        if len(gone) == len(items):
            return self.drop(name)
        if not gone:
            where = self._where(value.at)
            raise Misuse(f"{where}: {name!r} cannot be shortened; remove the item by hand first")
        kept = min(set(range(len(items))) - gone)
        flow = self.folder.cut(self.path, value.at)[:1] == "["
        return [
            edit(self.path, _gap(items, number, kept, flow=flow), "") for number in sorted(gone)
        ]

    def drop(self, name: str) -> list[Edit]:
        """Removes a field with its line."""
        field = self.entry.field(name)
        if field is None:
            return []
        at = field.key_at
        end = self._last(field)
        written = self.lines.line(at.line)[: at.column]
        if not written.strip() and not self.entry.id:
            return [edit(self.path, Place(at.line, 0, end + 1, 0), "")]
        whole = self._whole(field)
        start = at.column
        text, stop = self.lines.line(whole.end_line), whole.end_column
        comma = re.match(r"\s*,\s*", text[stop:])
        if comma:
            stop += comma.end()
        elif before := re.search(r",\s*$", self.lines.line(at.line)[:start]):
            start = before.start()
        return [edit(self.path, Place(at.line, start, whole.end_line, stop), "")]

    def id(self, old: str, new: str) -> list[Edit]:
        """Sets the id of a node of a one-file tree: `^id` after its words."""
        line, tail = self._tail()
        text = self.lines.line(line)
        found = re.compile(_ID.format(re.escape(old))).search(text, tail)
        if found:
            start = found.start() + 1
            return [edit(self.path, Place(line, start, line, found.end()), new)]
        return [edit(self.path, self._behind_words(), f" ^{new}")]

    def end(self) -> Place:
        """The place for new lines of front matter."""
        front = self._extent()
        if self.lines.text[front.start : front.end].lstrip().startswith("{"):
            raise Misuse(f"{self.path}: its front matter is in braces; write it in lines first")
        return self.lines.place(front.end, front.end)

    def _extent(self) -> Extent:
        """Where the front matter begins and ends; a usage error if it does not end."""
        found = extent(self.lines.text)
        if found is None or not found.closed:
            raise Misuse(f"{self.path}: its front matter does not end; fix this first")
        return found

    def _new(self, values: Map[str, str], behind: str = "") -> list[Edit]:
        rows = [f"{name}: {value}" for name, value in values.items()]
        if self.entry.id:
            return [self._inline(", ".join(rows))]
        text, found = self.lines.text, self._extent()
        front = text[found.start : found.end]
        if front.lstrip().startswith("{"):
            inside = text[: found.start + front.rindex("}")].rstrip()
            lead = "" if inside.endswith("{") else " " if inside.endswith(",") else ", "
            at = self.lines.place(len(inside), len(inside))
            return [edit(self.path, at, lead + ", ".join(rows))]
        kind = self.entry.field("kind") or self.entry.field("type")
        indent = " " * (kind.key_at.column if kind else 0)
        lines = "".join(f"{indent}{each}\n" for each in rows)
        field = self.entry.field(behind) if behind else None
        if field is not None and field.key_at.column == len(indent):
            line = self._last(field) + 1
            return [edit(self.path, Place(line, 0, line, 0), lines)]
        at = self.lines.place(found.end, found.end)
        return [edit(self.path, at, lines)]

    def _inline(self, written: str) -> Edit:
        """Sets fields of a node in a one-file tree: within its `{…}`, or in new ones."""
        line, tail = self._tail()
        text = self.lines.line(line)
        opened = re.compile(r"(?<=\s)\{").search(text, tail)
        closed = text.rfind("}")
        if opened and closed > opened.start():
            inside = text[opened.end() : closed].rstrip()
            at = opened.end() + len(inside)
            lead = ", " if inside and not inside.endswith(",") else " " if inside else ""
            return edit(self.path, Place(line, at, line, at), f"{lead}{written}")
        return edit(self.path, self._behind_words(), f" {{{written}}}")

    def _tail(self) -> tuple[int, int]:
        """The line on which a node's words end, and the column after them."""
        at = self.entry.title.at if self.entry.title else self.entry.at
        return at.end_line, at.end_column

    def _behind_words(self) -> Place:
        line, tail = self._tail()
        text = self.lines.line(line)
        end = len(text.rstrip())
        closing = re.search(r"\s+#+\s*$", text)
        if text.lstrip().startswith("#") and closing and closing.start() >= tail:
            end = closing.start()
        return Place(line, end, line, end)

    def _behind_key(self, field: Field, value: str) -> Edit:
        """Writes a value after the colon of a key that has none yet."""
        at = field.key_at
        text = self.lines.line(at.end_line)
        colon = text.index(":", at.end_column) + 1
        written = field.value.at
        if written.line == at.end_line and written.end_column > colon:
            return edit(self.path, written, value)
        gap = "" if text[colon : colon + 1].strip() else text[colon : colon + 1]
        behind = Place(at.end_line, colon, at.end_line, colon + len(gap))
        rest = text[colon + len(gap) :]
        return edit(self.path, behind, f" {value}" + (" " if rest.strip() else ""))

    def _whole(self, field: Field) -> Place:
        """The place from a key's colon to the end of its value."""
        at = field.key_at
        colon = self.lines.line(at.end_line).index(":", at.end_column) + 1
        end = _end(field.value.at)
        return Place(at.end_line, colon, end.line, end.column)

    def _last(self, field: Field) -> int:
        return max(field.key_at.end_line, self._end_line(field.value))

    def _end_line(self, value: Value) -> int:
        """The last line of a value, without comments that follow a block."""
        flow = self.folder.cut(self.path, value.at)[:1] in {"[", "{"}
        inside: list[Value] = []
        if isinstance(value, Sequence):
            inside = list(value.items)
        elif isinstance(value, Mapping):
            inside = [each for _, each in value.pairs]
        return value.at.end_line if flow or not inside else max(map(self._end_line, inside))

    def _in_flow(self, value: Sequence, added: list[str]) -> Edit:
        if not value.items:
            at = value.at
            inside = Place(at.end_line, at.end_column - 1, at.end_line, at.end_column - 1)
            return edit(self.path, inside, ", ".join(added))
        at = _end(value.items[-1].at)
        return edit(self.path, at, "".join(f", {each}" for each in added))

    def _in_block(self, value: Sequence, added: list[str]) -> Edit:
        first = value.items[0].at if value.items else value.at
        row = self.lines.line(value.at.line)
        dash = re.match(r"[ ]*-[ ]*", row[: first.column] if first.line == value.at.line else row)
        lead = dash[0] if dash else "- "
        line = max(map(self._end_line, value.items))
        end = len(self.lines.line(line))
        at = Place(line, end, line, end)
        return edit(self.path, at, "".join(f"\n{lead}{each}" for each in added))

    def _where(self, at: Place) -> str:
        return f"{self.path}:{at.line + 1}"


def _end(at: Place) -> Place:
    return Place(at.end_line, at.end_column, at.end_line, at.end_column)


def _gap(items: list[Place], number: int, kept: int, *, flow: bool) -> Place:
    """The place to remove with an item of a list in which item `kept` is the first to stay."""
    item = items[number]
    if not flow:
        return Place(item.line, 0, item.end_line + 1, 0)
    if number < kept:
        after = items[number + 1]
        return Place(item.line, item.column, after.line, after.column)
    before = items[number - 1]
    return Place(before.end_line, before.end_column, item.end_line, item.end_column)


def _within(inner: Place, outer: Place) -> bool:
    start, end = (inner.line, inner.column), (inner.end_line, inner.end_column)
    return (outer.line, outer.column) <= start and end <= (outer.end_line, outer.end_column)
