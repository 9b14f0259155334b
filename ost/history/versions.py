"""The versions of a node's file through commits, back over renames and moves."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ost.history.git import Touch


class FileVersion(NamedTuple):
    """A node's file after a commit; `blob` is "" if the commit deleted it."""

    commit: str
    path: str
    blob: str


def versions(
    touched: Iterable[tuple[str, tuple[Touch, ...]]],
    paths: Mapping[str, str],
    aliases: Mapping[str, tuple[str, ...]],
) -> dict[str, list[FileVersion]]:
    """The versions of each node, newest first. `touched` are commits, newest first; `paths` are the
    nodes' files now, `aliases` their former ids.

    A file that appears in a commit is looked for among those that the same commit deleted: by its
    name, a former id, or exactly the same content.
    """
    found: dict[str, list[FileVersion]] = {node: [] for node in paths}
    here: dict[str, set[str]] = {}
    for node, path in paths.items():
        here.setdefault(path, set()).add(node)
    for commit, touches in touched:
        if not here:
            break
        began: list[tuple[str, Touch]] = []
        for touch in touches:
            for node in sorted(here.get(touch.path, ())):
                found[node].append(FileVersion(commit, touch.path, touch.after))
                if not touch.before:
                    began.append((node, touch))
        for node, touch in began:
            here[touch.path].discard(node)
            former = _former(touch, touches, (node, *aliases.get(node, ())))
            if former:
                here.setdefault(former, set()).add(node)
    return found


def _former(touch: Touch, touches: Iterable[Touch], names: Iterable[str]) -> str:
    """The former path of a file that appeared; "" if it is new."""
    gone = [each for each in touches if each.before and not each.after]
    for path in gone:
        if _stem(path.path) == _stem(touch.path) or _stem(path.path) in set(names):
            return path.path
    same = [each.path for each in gone if each.before == touch.after]
    return same[0] if len(same) == 1 else ""


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name
