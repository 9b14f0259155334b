"""Merges a node into another of its kind without losing text."""

from collections import Counter
from collections.abc import Iterable

from ost.edit.content_folder import ContentFolder
from ost.edit.front_matter import Fields
from ost.edit.mentions import Query, mentions, pictures
from ost.edit.move import only, pin_ids, renamed
from ost.edit.proof import Meant, prove
from ost.edit.rewrite import ALIASES, Rewrite, edit, placeless_value
from ost.edit.splice import splice
from ost.edit.targets import Moves, retargeted, scalar
from ost.errors import Misuse
from ost.read.diagnostic import Edit
from ost.read.document import Entry, Field
from ost.read.extent import extent
from ost.read.parse import parse
from ost.read.place import Lines, Place
from ost.read.value import Scalar, Sequence
from ost.tree.model import NodeId, kind_of
from ost.tree.values import references

_OWN = ("kind", "type", "parent", ALIASES, "title")


def merge(folder: ContentFolder, source: str, target: str) -> Rewrite:
    """Merges the source into the target: its moments, children and links lead there, its id becomes
    an alias, its text goes below, and its fields fill those that the target lacks. A field that
    differs stays as a comment.
    """
    path, entry = only(folder, source)
    into, kept = only(folder, target)
    _fitting(folder, source, target)
    moves = Moves({source: target}, {path: into})
    edits = [edit for edit in _following(folder, moves, source, target) if edit.span.path != path]
    moved = _moved_text(folder, path, moves)
    edits += _fields(folder, path, entry, into, kept, moved)
    former = [source, *(each for each in _former(folder, source) if each != target)]
    known = _former(folder, target)
    edits += Fields(folder, into, kept).add(
        ALIASES, [scalar(each) for each in former if each not in known]
    )
    edits += _text(folder, into, moved, entry)
    edited = Rewrite(edits=tuple(edits), removed=(path,), ids={source: target})
    rewrite = pin_ids(folder, edited)

    def expected(meant: Meant) -> None:
        meant.pop(target, None)

    made = prove(folder, rewrite, ids={source: target}, expected=expected)
    if _links(made, target, source) != _links(folder, target, source):
        raise Misuse(f"{into}: links would be lost or lead elsewhere; merge the two by hand")
    _, now = only(made, target)
    for field in kept.fields:
        after = now.field(field.name)
        same = after is not None and placeless_value(after.value) == placeless_value(field.value)
        if not same and field.name != ALIASES and _words(field) is None:
            raise Misuse(f"{into}: {field.name!r} would change; merge the two by hand")
    return rewrite


def _links(folder: ContentFolder, target: str, source: str) -> Counter[str]:
    """Where the links in the texts of both lead; a link to the source leads to the target."""
    edges = [
        edge for each in (target, source) for edge in folder.tree.outgoing.get(NodeId(each), ())
    ]
    found = (str(edge.target) for edge in edges if edge.link.form != "field")
    return Counter(target if each == source else each for each in found)


def _fitting(folder: ContentFolder, source: str, target: str) -> None:
    """Raises a usage error unless the two can be merged."""
    (path, entry), (into, kept) = only(folder, source), only(folder, target)
    one, other = kind_of(entry), kind_of(kept)
    if source == target:
        raise Misuse(f"{source!r} cannot be merged into itself")
    if one is not other:
        raise Misuse(
            f"{source!r} is {one.article()} and {target!r} {other.article()};"
            " only nodes of the same kind can be merged"
        )
    for name, where, written in ((source, path, entry), (target, into, kept)):
        if written.id:
            raise Misuse(f"{name!r} shares {where} with other nodes; run `ost explode {where}`")
    theirs = {by: word for word, by in folder.tree.decided.get(NodeId(target), ())}
    for word, decision in folder.tree.decided.get(NodeId(source), ()):
        if {word, theirs.get(decision)} == {"chose", "over"}:
            raise Misuse(
                f"decision {str(decision)!r} chose one of {source!r} and {target!r} over the other;"
                f" remove {source!r} from its `{word}` first"
            )
    node = folder.tree.by_id[NodeId(source)]
    if target in {each.id for each in folder.tree.descendants(node)}:
        raise Misuse(f"{target!r} is below {source!r}; merge them the other way round")


def _following(folder: ContentFolder, moves: Moves, source: str, target: str) -> Iterable[Edit]:
    """Points every mention of the source to the target; if a list names both, removes one."""
    doubled: dict[tuple[str, str, str], list[Place]] = {}
    for mention in mentions(folder, Query((source,), moves.paths)):
        if mention.node != source and mention.path in moves.paths:
            continue
        new_target = retargeted(folder, mention, moves)
        if new_target is None:
            continue
        written = folder.entries.get(mention.owner, ())
        entry = next((each for at, each in written if at == mention.path), None)
        field = entry.field(mention.relation) if entry else None
        if field is not None and _names(folder, mention.path, field, target):
            key = (mention.owner, mention.path, mention.relation)
            doubled.setdefault(key, []).append(mention.at)
        else:
            yield renamed(folder, mention, new_target)
    for (owner, path, relation), places in doubled.items():
        fields = Fields(
            folder, path, next(each for at, each in folder.entries[owner] if at == path)
        )
        yield from fields.without(relation, places)


def _names(folder: ContentFolder, path: str, field: Field, target: str) -> bool:
    """Whether a list in front matter names the target."""
    if not isinstance(field.value, Sequence) or len(field.value.items) < 2:
        return False
    found = references(field.value)
    return any(folder.names.known(each.id) and each.id == target for each in found)


def _moved_text(folder: ContentFolder, path: str, moves: Moves) -> str:
    """The source's text, with its links rewritten for the new place."""
    edits: dict[Place, Edit] = {}
    everything = (*mentions(folder, Query((), (path,))), *pictures(folder, path))
    for mention in everything:
        made = retargeted(folder, mention, moves) if mention.path == path else None
        if made is not None:
            edits.setdefault(mention.at, renamed(folder, mention, made))
    return splice(folder.text(path), edits.values())


def _former(folder: ContentFolder, node_id: str) -> tuple[str, ...]:
    return folder.tree.by_id[NodeId(node_id)].aliases


def _fields(
    folder: ContentFolder, path: str, entry: Entry, into: str, kept: Entry, source: str
) -> Iterable[Edit]:
    """Adds the source's fields if the target lacks them, joins lists of words, and keeps other
    values as comments.
    """
    fields = Fields(folder, into, kept)
    at = fields.end()
    written = Lines(source)
    for field in entry.fields:
        theirs = kept.field(field.name)
        if field.name in _OWN and not (field.name == "parent" and theirs is None):
            continue
        if field.key_at.column or field.value.at.line < field.key_at.line:
            raise Misuse(
                f"{path}:{field.key_at.line + 1}: {field.name!r} is not on lines of its own; put it"
                " on its own lines first"
            )
        rows = range(field.key_at.line, max(field.key_at.line, field.value.at.end_line) + 1)
        lines = [written.line(row) for row in rows]
        if theirs is None:
            yield edit(into, at, "".join(f"{line}\n" for line in lines))
        elif _words(field) is not None and _words(theirs) is not None:
            known = _words(theirs) or []
            yield from fields.add(
                field.name, [scalar(each) for each in _words(field) or [] if each not in known]
            )
        elif folder.cut(path, field.value.at) != folder.cut(into, theirs.value.at):
            yield edit(into, at, "".join(f"# {line}\n" for line in lines))


def _words(field: Field) -> list[str] | None:
    """The values of a field that is a list of single values."""
    value = field.value
    if not isinstance(value, Sequence):
        return None
    words = [each.text for each in value.items if isinstance(each, Scalar)]
    return words if len(words) == len(value.items) else None


def _text(folder: ContentFolder, into: str, source: str, entry: Entry) -> Iterable[Edit]:
    """Puts the source's text below the target's, under its title as a heading."""
    found = extent(source)
    body = source[found.body :] if found else source
    lines = Lines(source)
    if entry.title is not None:
        line = lines.line(entry.title.at.line)
        if line.startswith("# "):
            start = lines.starts[entry.title.at.line] - (found.body if found else 0)
            body = f"{body[:start]}#{body[start:]}"
    if not body.strip():
        return
    text = folder.text(into)
    end = folder.lines(into).place(len(text), len(text))
    gap = "\n" if text.endswith("\n") else "\n\n"
    if not _is_closed(text + gap):
        raise Misuse(
            f"{into}: its text ends in code or a comment that is not closed; close it first"
        )
    yield edit(into, end, gap + body.strip("\n") + "\n")


def _is_closed(text: str) -> bool:
    """Whether nothing in a text is left open, so that a heading below it would be one."""
    heading = "End"
    (entry,) = parse(f"{text}## {heading}\n").entries
    return bool(entry.sections) and entry.sections[-1].title == heading
