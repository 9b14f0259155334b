"""Finds the nodes of an import that exist here already, and those that may.

The surest sign comes first: the key is an id or a former id here; a node of the same kind here has
its title; it has the place of a node here that the import no longer names. Interviews and signals
may have any title, so only the key counts for them. An uncertain match is a doubt, and the node is
new.
"""

from collections.abc import Sequence

from msgspec import Struct

from ost.exchange.foreign.imports import ForeignNode, Here
from ost.exchange.foreign.known_nodes import KnownNodes
from ost.exchange.foreign.same_place import LikeNode, SamePlace


class Identity(Struct, frozen=True):
    """The id here of each node of an import, "" for a new one. `retitled` nodes have another title
    here; `doubts` are new nodes that may exist already.
    """

    ids: tuple[str, ...]
    retitled: tuple[LikeNode, ...] = ()
    doubts: tuple[LikeNode, ...] = ()


def identify(nodes: Sequence[ForeignNode], here: Here) -> Identity:
    """Matches the nodes of an import with the nodes here, each at most once."""
    known = KnownNodes(nodes, here)
    known.by_key()
    known.by_title()
    places = SamePlace(known)
    retitled = places.find()
    return Identity(tuple(known.ids), retitled, tuple(places.doubts()))
