"""The kinds of node that other packages give, by the entry points `ost.kinds`."""

from functools import cache

from ost.judge.catalog import Unloadable
from ost.project.packages import may_add
from ost.publish.schema import TABLES
from ost.tree.model import Node, register

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
    return found
