"""Which nodes of a material are here already, and which only may be.

By certainty: a node's key is an id or a former id here; else a node here of its kind has its title;
else it stands where a node here stands that the material no longer names. What people said may have
any title, so that goes by the key alone. What is not certain is a doubt, and the node is new.
"""

from collections.abc import Sequence

from msgspec import Struct

from ost.exchange.foreign.imports import ForeignNode, Here
from ost.exchange.foreign.known_nodes import KnownNodes
from ost.exchange.foreign.same_place import LikeNode, SamePlace


class Identity(Struct, frozen=True):
    """The id here of each node of a material, "" for a new one. `retitled` have another title here,
    `doubts` are new ones that may be here already.
    """

    ids: tuple[str, ...]
    retitled: tuple[LikeNode, ...] = ()
    doubts: tuple[LikeNode, ...] = ()


def identify(nodes: Sequence[ForeignNode], here: Here) -> Identity:
    """Finds the nodes of a material that are here; no node here is found twice."""
    known = KnownNodes(nodes, here)
    known.by_key()
    known.by_title()
    places = SamePlace(known)
    retitled = places.find()
    return Identity(tuple(known.ids), retitled, tuple(places.doubts()))
