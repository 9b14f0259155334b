"""Nodes and edges with values that every graph format supports: text, numbers, booleans."""

from collections.abc import Iterator, Mapping

from ost.exchange.escape import terminal
from ost.exchange.forest import Forest

Plain = dict[str, str | int | bool]


def nodes(forest: Forest) -> Iterator[tuple[str, Plain]]:
    """Every node by its id, with its title as label."""
    for node_id, data in forest.nodes.items():
        yield terminal(node_id), {"label": terminal(data["title"]), **plain(data)}


def edges(forest: Forest) -> Iterator[tuple[str, str, Plain]]:
    """Every link and every moment."""
    for source, target, data in forest.edges:
        yield terminal(source), terminal(target), plain(data)


def plain(data: Mapping[str, object]) -> Plain:
    """The values that are set. A list of texts becomes one text with a line for each."""
    found: Plain = {}
    for name, value in data.items():
        if isinstance(value, tuple):
            if value:
                found[name] = "\n".join(terminal(str(each)) for each in value)
        elif isinstance(value, bool | int):
            found[name] = value
        elif value is not None:
            found[name] = terminal(str(value))
    return found
