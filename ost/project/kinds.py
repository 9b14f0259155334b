"""The kinds of node that other packages define, found by the entry points `ost.kinds`."""

from functools import cache

from ost.judge.catalog import Unloadable
from ost.project.packages import may_add
from ost.tree.model import Node, register, unregister

GROUP = "ost.kinds"


@cache
def load_kinds() -> tuple[Unloadable, ...]:
    """Registers them once per process; a kind that cannot be used is only reported."""
    if not may_add(GROUP):
        return ()
    from importlib.metadata import entry_points

    from ost.project.kind_mistakes import mistakes, unknown_kinds

    failed: list[Unloadable] = []
    loaded: dict[str, type[Node]] = {}
    for point in entry_points(group=GROUP):
        try:
            kind = _kind(point.load())
            if wrong := next(mistakes(kind), ""):
                failed.append(_mistaken(point.value, kind, wrong))
            else:
                register([kind])
                loaded[point.value] = kind
        except Exception as error:  # noqa: BLE001 - other people's code may raise anything
            failed.append(Unloadable(point.value, f"{type(error).__name__}: {error}", "kind"))
    for name, kind in loaded.items():  # a kind may name one that comes later
        if wrong := next(unknown_kinds(kind), ""):
            unregister(kind.kind)
            failed.append(_mistaken(name, kind, wrong))
    return tuple(failed)


def _kind(found: object) -> type[Node]:
    if not isinstance(found, type) or not issubclass(found, Node):
        raise TypeError("not a kind; a kind is a class below ost.tree.node.Node")
    return found


def _mistaken(name: str, kind: type[Node], wrong: str) -> Unloadable:
    return Unloadable(name, f"{kind.kind}: {wrong}", "kind")
