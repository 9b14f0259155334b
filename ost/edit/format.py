"""Formats files: the few things a formatter may change without changing meaning.

In front matter of nodes: no trailing spaces, `[[id]]` in quotes (otherwise YAML reads a list), and
names of nodes spelt as their ids. The file ends with one newline. Order, comments, quotes,
indentation, blank lines and all other text stay as written.
"""

from collections.abc import Iterable, Iterator

from ost.edit.content_folder import ContentFolder
from ost.edit.mentions import Query, mentions
from ost.edit.proof import field_values, prove
from ost.edit.rewrite import Rewrite, clean, edit
from ost.errors import Misuse
from ost.read.diagnostic import Edit
from ost.read.document import Entry
from ost.read.extent import extent
from ost.read.letters import fold
from ost.read.place import Lines, Place
from ost.read.value import Mapping as Keys
from ost.read.value import Scalar, Sequence, Value, scalars
from ost.tree.fields import ORDER, referring
from ost.tree.model import kind_of


class FormattedFiles(Rewrite, frozen=True, kw_only=True):
    """A rewrite, and the skipped files, each with the reason."""

    skipped: tuple[str, ...] = ()


def formatted(folder: ContentFolder, paths: Iterable[str]) -> FormattedFiles:
    """The files, formatted. Files that cannot be read for certain are skipped."""
    found: list[Edit] = []
    skipped = []
    for path in sorted(paths):
        try:
            changes = tuple(edits(folder, path))
            clean(folder, Rewrite(edits=changes))
        except Misuse as error:
            skipped.append(str(error).replace("; fix this first", ""))
            continue
        found += changes
    made = FormattedFiles(edits=tuple(found), skipped=tuple(skipped))
    if found:
        after = prove(folder, made).tree
        for node_id, node in folder.tree.by_id.items():
            if field_values(node) != field_values(after.by_id[node_id]):
                raise Misuse(f"{node.path}: formatting would change {node_id!r}")
    return made


def edits(folder: ContentFolder, path: str) -> Iterator[Edit]:
    """The changes of formatting a file; none in a file without nodes."""
    entries = folder.documents[path].reading.entries
    if not entries:
        return
    lines = folder.lines(path)
    if len(entries) == 1 and not entries[0].id:
        yield from _blanks(path, lines, entries[0])
        yield from _links(path, folder, entries[0])
        yield from _spelling(path, folder)
    yield from _end(path, lines)


def _blanks(path: str, lines: Lines, entry: Entry) -> Iterator[Edit]:
    """Removes trailing spaces in front matter, except within values of several lines."""
    found = extent(lines.text)
    if found is None or not found.closed:
        return
    last = lines.place(found.end, found.end).line
    theirs = {
        row
        for field in entry.fields
        for each in scalars(field.value)
        if each.at.line != each.at.end_line
        for row in range(each.at.line, each.at.end_line + 1)
    }
    for row in range(lines.place(found.mark, found.mark).line, last + 1):
        text = lines.line(row)
        kept = len(text.rstrip(" \t"))
        if row not in theirs and 0 < kept < len(text):
            yield edit(path, Place(row, kept, row, len(text)), "")


def _links(path: str, folder: ContentFolder, entry: Entry) -> Iterator[Edit]:
    """Puts `[[id]]` in quotes in the fields that name nodes."""
    naming = ("parent", ORDER, *referring(kind_of(entry)))
    for field in entry.fields:
        for at in _bare(field.value):
            written = folder.cut(path, at)
            sound = written.startswith("[[") and written.endswith("]]") and "\n" not in written
            if sound and not set(written) & set("\"'\\") and field.name in naming:
                yield edit(path, at, f'"{written}"')


def _bare(value: Value) -> Iterator[Place]:
    """The links that YAML reads as lists in lists."""
    match value:
        case Sequence(items=(Sequence(items=(Scalar(),)),)):
            yield value.at
        case Sequence():
            for item in value.items:
                yield from _bare(item)
        case Keys():
            for _, inner in value.pairs:
                yield from _bare(inner)


def _spelling(path: str, folder: ContentFolder) -> Iterator[Edit]:
    """Names in fields as the ids are spelt."""
    for naming in mentions(folder, Query((), (path,)), (path,)):
        node = naming.node
        other = node is not None and naming.target != node and fold(naming.target) == fold(node)
        if naming.form == "field" and naming.exact and other:
            yield edit(path, naming.at, str(node))


def _end(path: str, lines: Lines) -> Iterator[Edit]:
    """Ends the last line with one newline."""
    text = lines.text
    kept = len(text.rstrip("\n"))
    if text[kept:] != "\n":
        yield edit(path, lines.place(kept, len(text)), "\n")
