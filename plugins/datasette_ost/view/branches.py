"""What hangs below a node, by kind."""

from collections.abc import Sequence

from msgspec import Struct

from datasette_ost.file.nodes import Box
from datasette_ost.view import words


class Below(Struct):
    """A node below, with what is below that."""

    box: Box
    below: list["Below"]


def groups(node_id: str, below: Sequence[Box]) -> dict[str, list[Below]]:
    """The nodes directly below by kind, each with what is below it."""
    made = {each.id: Below(each, []) for each in below}
    direct: dict[str, list[Below]] = {}
    for each in made.values():
        if each.box.parent == node_id:
            direct.setdefault(each.box.kind, []).append(each)
        elif each.box.parent in made:
            made[each.box.parent].below.append(each)
    order = list(words.PLURALS)
    return dict(sorted(direct.items(), key=lambda item: _rank(order, item[0])))


def _rank(order: Sequence[str], kind: str) -> int:
    return order.index(kind) if kind in order else len(order)
