"""Proves that a rewrite changes no more of the tree than intended, by comparing both trees."""

from collections.abc import Callable, Mapping

from ost.edit.content_folder import ContentFolder
from ost.edit.rewrite import Rewrite, after, clean, grown, meaning
from ost.errors import Misuse
from ost.tree.model import Node, Reference

Meant = dict[str, object]
"""The meaning of each node, by id."""


def prove(
    folder: ContentFolder,
    rewrite: Rewrite,
    *,
    ids: Mapping[str, str] = {},
    expected: Callable[[Meant], None] = lambda meant: None,
) -> ContentFolder:
    """The folder after the rewrite. Raises Misuse if a touched file cannot be read for certain, if
    the meaning of anything but the `expected` changes, or if reading finds new problems.

    `ids` maps ids to their new ones; `expected` removes the intended changes from both meanings.
    """
    clean(folder, rewrite)
    rewritten = after(folder, rewrite)
    among = rewritten.difference()
    before = meaning(folder, lambda each: ids.get(each, each), former=ids, among=among)
    now = meaning(rewritten, among=among)
    expected(before)
    expected(now)
    if before != now:
        differing = sorted(each for each in {**before, **now} if before.get(each) != now.get(each))
        where = rewritten.entries.get(differing[0]) or folder.entries.get(differing[0])
        path = f"{where[0][0]}: " if where else ""
        raise Misuse(f"{path}the meaning of {differing[0]!r} would change; nothing was written")
    worse = grown(folder.remarks(among), rewritten.remarks(among))
    if worse is not None:
        raise Misuse(
            f"{worse.path}:{worse.at.line + 1}: the change would cause this: {worse.message};"
            " nothing was written"
        )
    return rewritten


def field_values(node: Node) -> dict[str, object]:
    """The values of a node's fields, without places and parents."""
    own = {name: getattr(node, name) for name in node.__struct_fields__ if name not in _PLACES}
    return {
        name: tuple(each.id for each in value)
        if isinstance(value, tuple) and value and isinstance(value[0], Reference)
        else value
        for name, value in own.items()
    }


_PLACES = frozenset({"path", "at", "entry", "order", "parents", "waivers"})
