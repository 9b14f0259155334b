"""The nodes below a node, by kind."""

from collections.abc import Sequence

from msgspec import Struct

from datasette_ost.file.kinds import PublishedKinds
from datasette_ost.file.nodes import Box


class Below(Struct):
    """A node below, with the nodes below it."""

    box: Box
    below: list["Below"]


def groups(node_id: str, below: Sequence[Box], kinds: PublishedKinds) -> dict[str, list[Below]]:
    """The nodes directly below a node, by kind, each with those below it."""
    made = {each.id: Below(each, []) for each in below}
    direct: dict[str, list[Below]] = {}
    for child in made.values():
        if child.box.parent == node_id:
            direct.setdefault(child.box.kind, []).append(child)
        elif child.box.parent in made:
            made[child.box.parent].below.append(child)
    return dict(sorted(direct.items(), key=lambda item: kinds[item[0]].position))
