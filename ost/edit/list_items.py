"""Turns items of an opportunity's lists into opportunities below it; the list links them."""

from collections.abc import Collection

from ost.edit.content_folder import ContentFolder
from ost.edit.move import only
from ost.edit.proof import Meant, prove
from ost.edit.rewrite import Rewrite, edit
from ost.edit.split import SplitPart, split, title_of_words
from ost.errors import Misuse
from ost.read.document import Item
from ost.read.place import Lines, Place


def item_words(lines: Lines, item: Item) -> Place | None:
    """The place of an item's words, if it has nothing else, on one line, and they make a title."""
    at = item.at
    plain = not (item.links or item.stamps or item.quotes) and at.line == at.end_line
    written = lines.cut(at)
    if not plain or not written.endswith(item.text) or not title_of_words(item.text):
        return None
    return Place(at.line, at.end_column - len(item.text), at.line, at.end_column)


def split_items(folder: ContentFolder, node_id: str, chosen: Collection[int]) -> Rewrite:
    """Turns the items that begin at some lines of an opportunity's file into opportunities."""
    path, entry = only(folder, node_id)
    lines = folder.lines(path)
    items = [
        (each, at)
        for section in entry.sections
        for each in section.items
        if each.at.line in chosen and (at := item_words(lines, each)) is not None
    ]
    if not items:
        raise Misuse(f"{node_id!r} has no list items there that can be split off")
    parts = [SplitPart(title=title_of_words(each.text), takes=()) for each, _ in items]
    rewrite = split(folder, node_id, parts, keep=True).with_edits(
        edit(path, at, f"[[{part.id}]]") for part, (_, at) in zip(parts, items, strict=True)
    )

    def expected(meant: Meant) -> None:
        for concerned in (node_id, *(each.id for each in parts)):
            meant.pop(concerned, None)

    prove(folder, rewrite, expected=expected)
    return rewrite
