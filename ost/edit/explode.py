"""Turns a tree in one file into one file per node, with the same ids, meaning and words."""

import re
from collections.abc import Mapping

from ost.edit.content_folder import ContentFolder
from ost.edit.move import LONGEST
from ost.edit.proof import Meant, field_values, prove
from ost.edit.rewrite import Rewrite, edit
from ost.edit.targets import scalar
from ost.errors import Misuse
from ost.read.comments import hide_comments
from ost.read.document import Entry, stem_of
from ost.read.extent import extent
from ost.read.letters import composed, fold
from ost.read.place import Place
from ost.read.scalar import to_yaml
from ost.read.value import Scalar, Sequence, Value
from ost.tree.model import NodeId
from ost.tree.siblings import Order, SiblingPlace, sibling_of

_OPPORTUNITIES = "## Opportunities"
"""The heading for a list right below an interview."""


def explode(folder: ContentFolder, path: str) -> Rewrite:
    """Gives every node of a tree in one file a file of its own beside it. Text that belongs to no
    node stays in the file, which becomes a page; without such text, the file is deleted.
    """
    document = folder.documents.get(path)
    entries = document.reading.entries if document else ()
    if not entries or not all(each.id for each in entries):
        raise Misuse(f"{path} is not a tree in one file (`kind: tree`), or has no nodes")
    lead = path.rpartition("/")[0]
    created = {}
    ids: dict[str, Entry] = {}
    orders = _orders(folder, path, entries)
    for entry in entries:
        file = f"{lead}/{entry.id}.md" if lead else f"{entry.id}.md"
        if len(entry.id.encode()) > LONGEST or stem_of(file) != entry.id:
            short = f"{entry.id[:40]}…" if len(entry.id) > 40 else entry.id
            raise Misuse(
                f"{path}:{entry.at.line + 1}: no file can be named {short!r}; give the node"
                " another id with `ost mv`"
            )
        above = ids.setdefault(composed(entry.id).casefold(), entry)
        if above is not entry:  # some systems do not tell the names of `a.md` and `A.md` apart
            raise Misuse(
                f"{path}:{entry.at.line + 1}: a node above has the id {above.id!r}; give this one"
                " an id of its own, as `^id` behind its words"
            )
        if file != path and folder.exists(file):
            raise Misuse(f"{file} already exists; rename it or the node {entry.id!r}")
        created[file] = _text(folder, path, entry, orders.get(entry.id, ""))
    left = _remaining_text(folder, path, entries)
    if path in created:
        if left:
            raise Misuse(
                f"{path} holds other text and is also the name of a node's file; rename it first"
            )
        rewrite = Rewrite(removed=(path,), created=created)
    elif left or _linked(folder, path):
        rewrite = Rewrite(edits=(edit(path, _all(folder, path), left),), created=created)
    else:
        rewrite = Rewrite(removed=(path,), created=created)
    _same(folder, rewrite, {each.id for each in entries})
    return rewrite


def _same(folder: ContentFolder, rewrite: Rewrite, ids: set[str]) -> None:
    """Raises a usage error unless every node keeps its meaning, order and words."""

    def expected(meant: Meant) -> None:
        for node_id, meaning in meant.items():
            if node_id in ids and isinstance(meaning, tuple):
                meant[node_id] = meaning[:5]

    exploded = prove(folder, rewrite, expected=expected)
    for node_id in sorted(ids):
        one, other = folder.tree.by_id[NodeId(node_id)], exploded.tree.by_id[NodeId(node_id)]
        if (one.title, _words(one.entry), field_values(one)) != (
            other.title,
            _words(other.entry),
            field_values(other),
        ):
            raise Misuse(
                f"{one.path}: {node_id!r} would change in a file of its own; split it off by hand"
            )
    for node_id in folder.tree.children_of:
        if _in_order(folder, node_id) != _in_order(exploded, node_id):
            raise Misuse(f"{node_id!r} would have its children in another order; give it `order:`")


def _words(entry: Entry) -> list[object]:
    """A node's words."""
    return [
        (
            part.title,
            part.text,
            [(each.text, [quote.text for quote in each.quotes]) for each in part.items],
            [quote.text for quote in part.quotes],
        )
        for part in entry.sections
    ]


def _in_order(folder: ContentFolder, node_id: str) -> list[str]:
    """The children of a node, in the order of every list."""
    tree = folder.tree
    below = [str(each.id) for each in tree.children_of.get(NodeId(node_id), ())]
    places = {each: sibling_of(tree.by_id[NodeId(each)]) for each in below}
    siblings: Mapping[str, SiblingPlace | None] = places
    return sorted(below, key=Order(sibling_of(tree.by_id[NodeId(node_id)]), siblings))


def _orders(folder: ContentFolder, path: str, entries: tuple[Entry, ...]) -> dict[str, str]:
    """The `order:` of each node whose children would sort differently by title."""
    tree, found = folder.tree, {}
    own = {each.id for each in entries}
    for entry in entries:
        children = _in_order(folder, entry.id)
        titles = {each: (tree.by_id[NodeId(each)].title.casefold(), each) for each in children}
        by_title = sorted(children, key=titles.__getitem__)
        written = entry.field("order")
        if len(own.intersection(children)) > 1 and by_title != children:
            found[entry.id] = f"[{', '.join(map(scalar, children))}]"
        elif written is not None:
            found[entry.id] = to_yaml(written.value)
    tops = [each for each in entries if not tree.by_id[NodeId(each.id)].parents]
    ordered = [(tree.by_id[NodeId(each.id)].title.casefold(), each.id) for each in tops]
    if ordered != sorted(ordered):
        for number, entry in enumerate(tops, 1):
            found.setdefault(entry.id, str(number))
    return found


def _text(folder: ContentFolder, path: str, entry: Entry, order: str) -> str:
    """The text of a node's own file."""
    lines = ["---", f"kind: {to_yaml(entry.kind) if entry.kind else ''}"]
    parent = entry.field("parent")
    named = _items(parent.value) if parent else []
    above = [scalar(entry.parent)] if entry.parent else []
    if named or above:
        several = [*above, *named]
        written = several[0] if len(several) == 1 else f"[{', '.join(several)}]"
        lines.append(f"parent: {written}")
    for field in entry.fields:
        if field.name not in {"parent", "order"}:
            lines.append(f"{scalar(field.name)}: {to_yaml(field.value)}".rstrip())
    if order:
        lines.append(f"order: {order}")
    lines.append("---")
    return "\n".join(lines) + "\n" + _body(folder, path, entry)


def _items(value: Value) -> list[str]:
    """The items of a list, or the one value."""
    if isinstance(value, Sequence) and not (
        len(value.items) == 1 and isinstance(value.items[0], Sequence)
    ):
        return [to_yaml(each) for each in value.items]
    empty = isinstance(value, Scalar) and (value.type == "null" or not value.text.strip())
    return [] if empty else [to_yaml(value)]


def _body(folder: ContentFolder, path: str, entry: Entry) -> str:
    """A node's text for its own file, with the comments that reading leaves out."""
    lines = folder.lines(path)
    rows = []
    for number, row in enumerate(entry.body.split("\n")):
        line, right = entry.line_map[number] if number < len(entry.line_map) else (-1, 0)
        later = entry.line_map[number + 1][0] if number + 1 < len(entry.line_map) else -1
        source = lines.line(line) if line >= 0 else ""
        # A comment may lie outside an item's text.
        right = 0 if source[: max(right, 0)].strip() else right
        shown = source[max(right, 0) :]
        gap = not row and (line == later or not shown.strip())
        added = row.startswith("## ") and not shown.startswith("##")
        rows.append(row if line < 0 or gap or added else " " * max(-right, 0) + shown)
    first = entry.sections[0] if entry.sections else None
    named = first is not None and not first.level and first.title == _OPPORTUNITIES[3:]
    if named and _OPPORTUNITIES not in rows[:4]:
        rows[2:2] = [_OPPORTUNITIES, ""]
    title = entry.title or entry.kind
    beside = _comments(lines.line(title.at.line)) if title else []
    return "\n".join([*rows[:1], *beside, *rows[1:]]).rstrip("\n") + "\n"


def _comments(line: str) -> list[str]:
    """The comments beside a node's words; in its own file they get lines of their own."""
    shown = hide_comments(line).text
    hides = "".join("x" if one != other else " " for one, other in zip(line, shown, strict=True))
    return [line[found.start() : found.end()] for found in re.finditer(r"x[x ]*x", hides)]


def _remaining_text(folder: ContentFolder, path: str, entries: tuple[Entry, ...]) -> str:
    """The text of the file that belongs to no node, with its front matter except the kind."""
    text, lines = folder.text(path), folder.lines(path)
    front = extent(text)
    start = lines.place(front.body, front.body).line if front else 0
    taken = {line for entry in entries for line in entry.own_lines()}
    rows = [lines.line(row) for row in range(start, len(lines.starts)) if row not in taken]
    kept = [row for row in rows if row.strip() and not _label(folder, row)]
    keys = [
        lines.line(row)
        for row in range(1, start - 1)
        if lines.line(row).strip() and not re.match(r"(?:kind|type)\s*:", lines.line(row))
    ]
    if not kept and not keys:
        return ""
    head = "\n".join(["---", *keys, "---", ""]) if keys else ""
    return head + re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip("\n") + "\n"


def _label(folder: ContentFolder, row: str) -> bool:
    """Whether a line only labels the kind of the items below it."""
    label = folder.words.label(row.strip().lstrip("#>-*+ ").strip())
    return label is not None and label.alone


def _linked(folder: ContentFolder, path: str) -> bool:
    """Whether a link leads to the file itself."""
    stem = fold(stem_of(path))
    return any(
        fold(stem_of(link.target)) == stem
        for document in folder.documents.values()
        for entry in document.reading.entries
        for link in entry.links
    )


def _all(folder: ContentFolder, path: str) -> Place:
    return folder.lines(path).place(0, len(folder.text(path)))
