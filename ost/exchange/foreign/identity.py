"""Finds the nodes of a material that exist here already, and those that may. By certainty: a node's
key is an id or a former id here; else a node of its kind here has its title; else it has the place
of a node here that the material no longer names. Interviews and signals may have any title, so only
their key counts. An uncertain match is a doubt, and the node is new.
"""

from collections.abc import Sequence

from msgspec import Struct

from ost.exchange.foreign.imports import ForeignNode, Here
from ost.exchange.foreign.known_nodes import KnownNodes
from ost.exchange.foreign.same_place import LikeNode, SamePlace


class Identity(Struct, frozen=True):
    """The id here of each node of a material, "" for a new one. `retitled` nodes have another title
    here, `doubts` are new nodes that may exist here already.
    """

    ids: tuple[str, ...]
    retitled: tuple[LikeNode, ...] = ()
    doubts: tuple[LikeNode, ...] = ()


def identify(nodes: Sequence[ForeignNode], here: Here) -> Identity:
    """Finds the nodes of a material that exist here; no node is found twice."""
    known = KnownNodes(nodes, here)
    known.by_key()
    known.by_title()
    places = SamePlace(known)
    retitled = places.find()
    return Identity(tuple(known.ids), retitled, tuple(places.doubts()))
