"""The kinds of node that other packages define, found by the entry points `ost.kinds`."""

from collections.abc import Iterator
from functools import cache
from typing import ClassVar, Literal, get_args, get_origin, get_type_hints

from ost.judge.catalog import Unloadable
from ost.project.packages import may_add
from ost.publish.schema import TABLES
from ost.tree.model import Node, register
from ost.tree.node import Status
from ost.words import nearest, suggestion

GROUP = "ost.kinds"


@cache
def load_kinds() -> tuple[Unloadable, ...]:
    """Registers them once per process; a kind that cannot be loaded is only reported."""
    if not may_add(GROUP):
        return ()
    from importlib.metadata import entry_points

    failed: list[Unloadable] = []
    for point in entry_points(group=GROUP):
        try:
            register([_checked(point.load())])
        except Exception as error:  # noqa: BLE001 - other people's code may raise anything
            failed.append(Unloadable(point.value, f"{type(error).__name__}: {error}", "kind"))
    return tuple(failed)


def _checked(found: object) -> type[Node]:
    if not isinstance(found, type) or not issubclass(found, Node):
        raise TypeError("not a kind; a kind is a class below ost.tree.node.Node")
    if not found.kind.isidentifier() or found.kind in {table.name for table in TABLES}:
        raise ValueError(f"a kind cannot be called {found.kind!r}")
    for wrong in (*_words(Node, found), *_fields(found)):
        raise ValueError(f"{found.kind}: {wrong}")
    for status in found.statuses:
        for wrong in _words(Status, status):
            raise ValueError(f"{found.kind}, status {status.name!r}: {wrong}")
    return found


def _words(known: type, found: object) -> Iterator[str]:
    """The values in a kind or a status that are not among the allowed words."""
    for name, hint in get_type_hints(known).items():
        inner = get_args(hint)[0] if get_origin(hint) is ClassVar else hint
        words = [each for each in get_args(inner) if each] if get_origin(inner) is Literal else []
        value = getattr(found, name, "")
        if words and value not in get_args(inner):
            near = suggestion(nearest(str(value), words))
            yield f"{name} {value!r} is not one of {', '.join(words)}{near}"


def _fields(kind: type[Node]) -> Iterator[str]:
    """The settings of a kind about fields that it does not have."""
    known = kind.__struct_fields__
    for name in (kind.day_field, kind.series, *kind.asked, *kind.today):
        if name and name not in known:
            yield f"there is no field {name!r}{suggestion(nearest(name, known))}"
