"""Finds mistakes in the definition of another package's kind. A kind that cannot work is reported
and not used.
"""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import fields as struct_fields

from ost.publish.history_schema import HISTORY_TABLES, HISTORY_VIEWS
from ost.publish.rows import COPIED
from ost.publish.schema import TABLES
from ost.read.kinds import TREE
from ost.tree.fields import NOT_FIELDS
from ost.tree.model import KINDS, Measurement, Node, Reference, Unknown
from ost.tree.node import DRAFT, Status
from ost.tree.values import reader_of
from ost.words import nearest, suggestion


def mistakes(kind: type[Node]) -> Iterator[str]:
    """What is wrong with a kind that is not registered yet."""
    yield from _name(kind)
    settings = _settings(Node, kind)
    if wrong := [*_mistyped(settings), *_words(settings)]:
        yield from wrong
        return
    yield from _statuses(kind)
    yield from _own_fields(kind)
    known = kind.__struct_fields__
    for name in (kind.day_field, kind.series, *kind.asked, *kind.today):
        if name and name not in known:
            yield f"there is no field {name!r}{suggestion(nearest(name, known))}"


def unknown_kinds(kind: type[Node]) -> Iterator[str]:
    """What is wrong with the kinds that a kind names, once all are registered."""
    for name in (*kind.under, kind.decided_by):
        if name and name not in KINDS:
            yield f"there is no kind {name!r}{suggestion(nearest(name, KINDS))}"


def _name(kind: type[Node]) -> Iterator[str]:
    """What is wrong with a kind's name, which a view of the published file has, too."""
    known: list[type[Node]] = [*KINDS.values(), Unknown]
    others = {each.kind.casefold() for each in known if each is not kind} | {TREE}
    tables = (*TABLES, *HISTORY_TABLES)
    taken = {table.name for table in tables} | {view.name for view in HISTORY_VIEWS}
    inside = ("sqlite_", "idx_", *(f"{each.name}_fts" for each in tables if each.search))
    name, folded = kind.kind, kind.kind.casefold()
    if not name.isidentifier():
        yield "a kind's name has only letters, digits and _"
    elif folded in others:
        yield "another kind has this name; choose another"
    elif folded in taken or folded.startswith(inside):
        yield "a table of the published file has this name; choose another"


ClassSetting = tuple[str, Any, Any]
"""A name, the type of its values, and its value."""


def _settings(known: type, found: object) -> list[ClassSetting]:
    """The class variables of a kind, or the fields of a status."""
    hints: dict[str, Any] = get_type_hints(known)
    if known is Node:
        hints = {
            name: get_args(hint)[0] for name, hint in hints.items() if _origin(hint) is ClassVar
        }
    return [(name, hint, getattr(found, name)) for name, hint in hints.items()]


def _origin(hint: Any) -> object:
    """As `get_origin`, whose declared type does not allow comparing it with these."""
    return get_origin(hint)


def _mistyped(settings: list[ClassSetting]) -> Iterator[str]:
    """The values of a wrong type."""
    for name, hint, value in settings:
        try:
            if _origin(hint) is not Literal:
                msgspec.convert(value, hint)
        except msgspec.ValidationError:
            is_tuple = _origin(hint) is tuple
            use = f"a tuple, as in ({value!r},)" if is_tuple else f"a value of {hint.__name__}"
            yield f"{name} is {value!r}; use {use}"


def _words(settings: list[ClassSetting]) -> Iterator[str]:
    """The values that are not among the allowed words."""
    for name, hint, value in settings:
        if _origin(hint) is Literal and value not in get_args(hint):
            words = [each for each in get_args(hint) if each]
            near = suggestion(nearest(str(value), words))
            yield f"{name} {value!r} is not one of {', '.join(words)}{near}"


def _statuses(kind: type[Node]) -> Iterator[str]:
    """What is wrong with a kind's statuses, and with the words of its field `status`."""
    names = [status.name for status in kind.statuses]
    for status in kind.statuses:
        settings = _settings(Status, status)
        for wrong in (*_mistyped(settings), *_words(settings)):
            yield f"status {status.name!r}: {wrong}"
    for name in dict.fromkeys(names):
        if names.count(name) > 1 or name == DRAFT.name:
            yield f"status {name!r}: another status has this name"
    written = get_type_hints(kind).get("status")
    words = [each for choice in get_args(written) for each in get_args(choice)]
    for word in words:
        if word not in names:
            yield f"field 'status' may be {word!r}, which is not among the statuses"


def _own_fields(kind: type[Node]) -> Iterator[str]:
    """What is wrong with the fields that a kind defines."""
    classes = kind.__mro__[: kind.__mro__.index(Node)]
    written = {name for each in classes for name in vars(each).get("__annotations__", ())}
    own = set(kind.__struct_fields__) - set(Node.__struct_fields__)
    hints = get_type_hints(kind, include_extras=True)
    for field in struct_fields(kind):
        if field.name in own and _is_taken(field.name):
            yield f"field {field.name!r}: the name means something else; choose another"
        elif field.name in own:
            for wrong in _unreadable(hints[field.name], required=field.required):
                yield f"field {field.name!r}: {wrong}"
        elif field.name in written:
            yield f"field {field.name!r}: every node has it; choose another name"


def _is_taken(name: str) -> bool:
    """Whether a name has a meaning for every node, in front matter or as a column."""
    (columns,) = ({each.name for each in of.columns} for of in TABLES if of.name == "node")
    taken = (columns - {"status", "date", *COPIED}) | NOT_FIELDS | {"evidence", "mentions"}
    return hasattr(Node, name) or name in taken


def _unreadable(hint: Any, *, required: bool) -> Iterator[str]:
    """Why front matter could not give a field its value."""
    if required:
        yield "it has no default; give it one"
    try:
        reader_of(hint)
    except TypeError as error:
        yield str(error)
        return
    for struct in _structs(hint):
        hints = get_type_hints(struct)
        for field in struct_fields(struct):
            for wrong in _unreadable(hints[field.name], required=field.required):
                yield f"{field.name!r} of {struct.__name__}: {wrong}"


def _structs(hint: Any) -> Iterator[type[Struct]]:
    """The structs whose parts a field holds."""
    if isinstance(hint, type) and issubclass(hint, Struct):
        if hint not in (Measurement, Reference):
            yield hint
        return
    arguments = get_args(hint)
    for argument in arguments[:1] if _origin(hint) is Annotated else arguments:
        yield from _structs(argument)
