"""Front matter into the typed fields of a node and back; the model's annotations say how.

Nothing in a file makes it raise: a value that does not fit is reported at its place and left out,
and the rest of the node is kept.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_type_hints

from msgspec import Struct
from msgspec.structs import fields as struct_fields

from ost.read.document import Entry
from ost.read.name_match import did_you_mean
from ost.tree.model import (
    Measurement,
    Node,
    Opportunity,
    Reference,
    References,
)
from ost.tree.scores import is_score
from ost.tree.values import (
    UNKNOWN_FIELD,
    FieldReport,
    Reader,
    read_references,
    read_waivers,
    reader_of,
    renaming,
)

ORDER = "order"
"""The field that orders siblings. It names nodes but does not link to them."""

NOT_FIELDS = {"kind", "parent", "allow", "title", "type"}
"""The keys of front matter that every node may have and that are not fields of the model."""
_SEVERAL = "participants"
"""Other names of `participant` for several people."""
_ELSEWHERE = {"created", "cssclass", "cssclasses", "modified", "permalink", "publish", "updated"}
"""Keys that editors and site generators keep in front matter; they mean nothing here."""
_DERIVED = {"id", "path", "at", "title", "entry", "parents", "waivers"}


@cache
def readers(kind: type[Node]) -> Mapping[str, Reader]:
    """The fields a kind may have in front matter, each with its reader."""
    hints = get_type_hints(kind, include_extras=True)
    own = {each.name: hints[each.name] for each in struct_fields(kind)}
    return {name: reader_of(hint) for name, hint in own.items() if name not in _DERIVED}


@cache
def referring(kind: type[Node]) -> tuple[str, ...]:
    """The fields of a kind that name other nodes."""
    hints = get_type_hints(kind)
    return tuple(
        each.name
        for each in struct_fields(kind)
        if each.name not in _DERIVED and hints[each.name] == References
    )


def names(kind: type[Node]) -> frozenset[str]:
    """Every key that front matter of this kind may have."""
    return frozenset(readers(kind)) | NOT_FIELDS


def read(entry: Entry, kind: type[Node], report: FieldReport) -> dict[str, Any]:
    """The typed values of an entry's fields, by the name of the node's field."""
    known = readers(kind)
    values: dict[str, Any] = {}
    likely: dict[str, Reader] = {}
    for field in entry.fields:
        reader = known.get(field.name)
        if field.name == _SEVERAL and "participant" in known:
            if entry.field("participant") is None:
                values["participant"] = known["participant"](field.value, report)
            continue
        if reader is not None:
            value = reader(field.value, report)
            if value is not None:
                values[field.name] = value
        elif kind is Opportunity and is_score(field):
            continue  # the rule on scores has more to say of it
        elif field.name not in NOT_FIELDS and field.name not in _ELSEWHERE:
            what = f"{kind.article()} has no field {field.name!r}"
            likely = likely or _unwritten(entry, kind)
            fix = renaming(field.name, field.key_at, field.value, likely)
            report(UNKNOWN_FIELD, field.key_at, what + did_you_mean(field.name, names(kind)), fix)
    waivers = entry.field("allow")
    if waivers is not None:
        values["waivers"] = read_waivers(waivers.value, report)
    return values


def _unwritten(entry: Entry, kind: type[Node]) -> dict[str, Reader]:
    """The fields that the entry lacks, which may be there under another name."""
    written = {each.name for each in entry.fields}
    found = {name: each for name, each in readers(kind).items() if name not in written}
    if kind.under and "parent" not in written:
        found["parent"] = read_references
    return found


def parents(entry: Entry, report: FieldReport) -> References:
    """What `parent:` names."""
    field = entry.field("parent")
    return read_references(field.value, report) if field else ()


@cache
def _named(kind: type[Node]) -> tuple[tuple[str, object], ...]:
    own = (each for each in struct_fields(kind) if each.name not in {*_DERIVED, "illustrative"})
    return tuple((each.name, each.default) for each in own)


def given_fields(node: Node) -> dict[str, object]:
    """The fields given in front matter, as JSON has them."""
    given: dict[str, object] = {}
    if node.parents:
        given["parent"] = [each.id for each in node.parents]
    for name, default in _named(type(node)):
        value = getattr(node, name)
        if value is None or value == default:
            continue
        given[name] = _plain(value)
    if node.illustrative:
        given["illustrative"] = True
    if node.waivers:
        given["allow"] = [
            {"rule": each.rule, "because": each.because, "until": each.until}
            for each in node.waivers
        ]
    return given


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, tuple):
        if value and isinstance(value[0], Reference):
            return [each.id for each in value]
        if value and isinstance(value[0], Measurement):
            return {each.on.isoformat(): _plain(each.value) for each in value}
        return [_plain(each) for each in value]
    if isinstance(value, Struct):
        given = ((name, getattr(value, name)) for name in value.__struct_fields__)
        return {name: _plain(inner) for name, inner in given if inner is not None}
    return value
