"""Renames and moves nodes and files; every mention follows."""

import re
from collections.abc import Collection, Iterable, Mapping

from ost.edit.content_folder import ContentFolder
from ost.edit.front_matter import Fields
from ost.edit.mentions import Naming, Query, mentions, pictures
from ost.edit.proof import prove
from ost.edit.rewrite import ALIASES, Rewrite, after, edit
from ost.edit.targets import Moves, as_value, retargeted, scalar
from ost.errors import Misuse
from ost.read.diagnostic import Edit
from ost.read.document import Entry, stem_of
from ost.read.letters import composed, fold
from ost.read.suffixes import MARKDOWN
from ost.tree.model import NodeId, kind_of
from ost.words import any_of, either, suggestion

_ID = re.compile(r"\w(?:[\w .'()&+-]*[\w')+])?")
_TREE_ID = re.compile(r"[\w-]+")
LONGEST = 200
"""Bytes of an id: file names hold 255, with the suffix and temporary names."""


def rename(folder: ContentFolder, old: str, new: str) -> Rewrite:
    """Gives a node another id, and its file another name; every mention follows. The old id becomes
    an alias.
    """
    path, entry = only(folder, old)
    new = composed(new.strip())
    if new == old:
        raise Misuse(f"{old!r} already has that id; choose another")
    free(folder, new, old, in_tree=bool(entry.id))
    paths = {} if entry.id else {path: sibling_path(path, new)}
    return _moved(folder, {old: new}, paths)


def relocate(folder: ContentFolder, paths: Mapping[str, str]) -> Rewrite:
    """Moves files from old to new paths. A new file name gives its node a new id, and the old one
    becomes an alias.
    """
    ids: dict[str, str] = {}
    for old, new in paths.items():
        if not folder.exists(old):
            raise Misuse(f"no file {old!r} in the content")
        if folder.exists(new) and new not in paths:
            raise Misuse(f"{new!r} already exists; choose another name")
        document = folder.documents.get(old)
        if document is None or all(each.id for each in document.reading.entries):
            continue
        if not new.casefold().endswith(MARKDOWN):
            raise Misuse(f"{new!r} does not end with .md, so it would no longer be a node")
        if stem_of(new) != document.stem:
            free(folder, stem_of(new), document.stem)
            ids[document.stem] = stem_of(new)
    if len(set(paths.values())) < len(paths):
        raise Misuse("two files cannot have the same path")
    return _moved(folder, ids, paths)


def change_parent(folder: ContentFolder, node_id: str, parent_id: str) -> Rewrite:
    """Moves a node under another parent, which replaces its primary one."""
    path, entry = only(folder, node_id)
    before = _current_parents(folder, node_id, parent_id)
    fields = Fields(folder, path, entry)
    edits = _under(folder, path, node_id, fields, parent_id)
    if before:
        edits += out_of_order(folder, before[0], (node_id,))
    kept = [each for each in before[1:] if each != parent_id]

    def expected(meant: dict[str, object]) -> None:
        meant.pop(node_id, None)
        for parent in before[:1]:
            meant.pop(parent, None)

    rewrite = Rewrite(edits=tuple(edits))
    proved = prove(folder, rewrite, expected=expected)
    now = [each.id for each in proved.tree.by_id[NodeId(node_id)].parents if each.found]
    if now != [parent_id, *kept]:
        raise Misuse(f"{path}: its `parent` cannot be rewritten; change it by hand")
    return rewrite


def _current_parents(folder: ContentFolder, node_id: str, parent_id: str) -> list[str]:
    """A node's current parents; a usage error if it cannot be under the new one."""
    path, entry = only(folder, node_id)
    _, above = only(folder, parent_id)
    kind, over = kind_of(entry), kind_of(above)
    node = folder.tree.by_id[NodeId(node_id)]
    if entry.parent:
        raise Misuse(
            f"{node_id!r} is written below {entry.parent!r} in {path}; move its lines, or run"
            f" `ost explode {path}` first"
        )
    if over.kind not in kind.under:
        needs = f"needs a parent of kind {either(kind.under)}" if kind.under else "has no parent"
        raise Misuse(f"{parent_id!r} is of kind {over.kind}; {kind.article()} {needs}")
    if parent_id == node_id:
        raise Misuse(f"{node_id!r} cannot be its own parent")
    if parent_id in {below.id for below in folder.tree.descendants(node)}:
        raise Misuse(f"{parent_id!r} is below {node_id!r}; a node cannot move into its own branch")
    parents: list[str] = [parent.id for parent in node.parents if parent.found]
    if parents[:1] == [parent_id]:
        raise Misuse(f"{node_id!r} is already under {parent_id!r}")
    return parents


def _under(
    folder: ContentFolder, path: str, node_id: str, fields: Fields, parent_id: str
) -> list[Edit]:
    """Replaces the primary parent where it is written; removes a second mention of the new one."""
    inside = mentions(folder, Query((), (path,)), (path,))
    named = sorted(
        (each for each in inside if each.owner == node_id and each.relation == "parent"),
        key=lambda each: each.at,
    )
    first = next((each for each in named if each.node is not None), None)
    if first is None:
        return fields.set("parent", scalar(parent_id), behind="kind")
    edits = []
    target = folder.entries[parent_id][0][0]
    moves = Moves({}, {})
    if first.form == "markdown" or first.target.casefold().endswith(MARKDOWN):
        was = folder.entries[str(first.node)][0][0]
        moves = Moves({}, {was: target}) if not folder.entries[parent_id][0][1].id else moves
        made = retargeted(folder, first, moves)
        if made is None:
            return fields.set("parent", scalar(parent_id))
        edits.append(edit(path, first.at, made))
    else:
        edits.append(renamed(folder, first, parent_id, whole=True))
    again = [
        each.at for each in named if each is not first and each.node in {parent_id, first.node}
    ]
    if again:
        edits += fields.without("parent", again)
    return edits


def out_of_order(folder: ContentFolder, parent_id: str, nodes: Collection[str]) -> list[Edit]:
    """Removes nodes from the `order:` of their former parent."""
    path, entry = folder.entries[parent_id][0]
    places = [
        each.at
        for each in mentions(folder, Query(nodes), (path,))
        if each.owner == parent_id and each.relation == "order"
    ]
    return Fields(folder, path, entry).without("order", places) if places else []


def _moved(folder: ContentFolder, ids: Mapping[str, str], paths: Mapping[str, str]) -> Rewrite:
    """Replaces ids and paths in every mention."""
    moves = Moves(ids, paths)
    edits: list[Edit] = []
    own = (folder.names.at(composed(path)) for path in paths)
    for mention in mentions(folder, Query({*ids, *filter(None, own)}, paths)):
        target = retargeted(folder, mention, moves)
        if target is not None:
            edits.append(renamed(folder, mention, target))
    edited = {(each.span.path, each.span.place) for each in edits}
    for mention in (each for path in paths for each in _addresses(folder, path)):
        target = retargeted(folder, mention, moves)
        if target is not None and (mention.path, mention.at) not in edited:
            edits.append(renamed(folder, mention, target))
            edited.add((mention.path, mention.at))
    for old, new in ids.items():
        path, entry = only(folder, old)
        fields = Fields(folder, path, entry)
        if entry.id:
            edits += fields.id(old, new)
        edits += fields.add(ALIASES, [scalar(old)])
    rewrite = pin_ids(folder, Rewrite(edits=tuple(edits), moved=dict(paths), ids=dict(ids)))
    prove(folder, rewrite, ids=ids)
    return rewrite


def pin_ids(folder: ContentFolder, rewrite: Rewrite) -> Rewrite:
    """The rewrite, with `^id` added behind each node of a tree in one file whose words change, so
    that it keeps its id.
    """
    trees = [
        path
        for path in rewrite.touched
        if path in folder.documents
        and any(each.id for each in folder.documents[path].reading.entries)
    ]
    now = after(folder, rewrite) if trees else folder
    edits: list[Edit] = []
    for path in trees:
        to = rewrite.moved.get(path, path)
        entries = folder.documents[path].reading.entries
        fresh = now.documents[to].reading.entries if to in now.documents else ()
        for entry, made in zip(entries, fresh, strict=False):
            if made.id != rewrite.ids.get(entry.id, entry.id):
                edits += Fields(folder, path, entry).id(entry.id, entry.id)
    return rewrite.with_edits(edits)


def _addresses(folder: ContentFolder, path: str) -> Iterable[Naming]:
    """The links and pictures of a file that moves: their addresses begin at its folder."""
    if path not in folder.documents:
        return ()
    return (each for each in pictures(folder, path) if each.form == "markdown")


def renamed(folder: ContentFolder, mention: Naming, name: str, *, whole: bool = False) -> Edit:
    """The edit that renames a mention; `whole` replaces its words and heading, too."""
    at, path = mention.at, mention.path
    lines = folder.lines(path)
    if not mention.exact:
        return edit(path, at, _within(folder.cut(path, at), mention.target, name))
    start, end = lines.offset(at.line, at.column), lines.offset(at.end_line, at.end_column)
    text = lines.text
    if mention.form == "wiki" and whole:
        end = text.index("]]", end)
        return edit(path, lines.place(start, end), name)
    if mention.form in {"field", "file"}:
        left, right = text[start - 1 : start], text[end : end + 1]
        return edit(path, at, as_value(name, left, right))
    return edit(path, at, name)


def _within(written: str, target: str, name: str) -> str:
    """A value with another name in it, if the value differs from its text in the file."""
    found = list(re.finditer(rf"(?<![\w-]){re.escape(target)}(?![\w-])", written))
    if len(found) == 1:
        start, end = found[0].span()
        return f"{written[:start]}{name}{written[end:]}"
    return written


def only(folder: ContentFolder, node_id: str) -> tuple[str, Entry]:
    """The only entry of an id, with its path; a usage error if there are none or several."""
    found = folder.entries.get(node_id, ())
    if not found:
        near = folder.names.near(node_id)
        raise Misuse(f"no node {node_id!r}{suggestion(near)}")
    if len(found) > 1:
        raise Misuse(f"{found[0][0]} and {found[1][0]} both write {node_id!r}; rename one first")
    return found[0]


def resolve(folder: ContentFolder, written: str) -> str:
    """The id that a typed name means: an id, a former id or a file's name."""
    if written in folder.entries:
        return written
    name = composed(written.strip("[] ")).rstrip("/").rsplit("/", 1)[-1]
    for ending in MARKDOWN:
        name = name.removesuffix(ending)
    called = folder.names.called(fold(name))
    if len(called) > 1:
        raise Misuse(f"{written!r} could be {any_of(called)}")
    if not called:
        near = folder.names.near(name)
        raise Misuse(f"no node {written!r}{suggestion(near)}")
    return called[0]


def free(folder: ContentFolder, new: str, old: str = "", *, in_tree: bool = False) -> None:
    """Raises a usage error unless a node may have this id."""
    known = _TREE_ID if in_tree else _ID
    if not known.fullmatch(new) or new.casefold().endswith(MARKDOWN) or fold(new) == "index":
        allowed = "letters, digits, `-` and `_`" + ("" if in_tree else ", spaces between words")
        raise Misuse(f"{new!r} is not an id: an id is {allowed}")
    if len(new.encode()) > LONGEST:
        raise Misuse(f"an id has at most {LONGEST} bytes; this one has {len(new.encode())}")
    taken = [each for each in folder.names.called(fold(new)) if each != old]
    if taken:
        path, entry = folder.entries[taken[0]][0]
        where = f"{path}, line {entry.at.line + 1}"
        former = "" if fold(taken[0]) == fold(new) else f", a former id of {taken[0]!r}"
        raise Misuse(f"{new!r} is taken{former}: {where}")
    if folder.names.pages(fold(new)):
        raise Misuse(f"{new!r} is the name of a page that is not a node; choose another id")


def sibling_path(path: str, new: str) -> str:
    """The path of a file in the same folder, named after an id."""
    lead, slash, name = path.rpartition("/")
    suffix = f".{name.rpartition('.')[2]}" if "." in name else ".md"
    return f"{lead}{slash}{new}{suffix}"
