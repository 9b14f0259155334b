"""The kinds of nodes, as far as parsing needs to know them."""

from collections.abc import Mapping
from typing import NamedTuple

from ost.read.name_match import did_you_mean


class Word(NamedTuple):
    """What parsing knows about a kind: whether its nodes are in the tree, whether they are
    evidence, and the plural of its name.
    """

    placed: bool
    speaks: bool
    plural: str


KINDS: dict[str, Word] = {}
"""The kinds by name, filled in by `ost.tree.model`."""

TREE = "tree"
"""The kind of a file that holds many nodes and is not a node itself."""


def register(kinds: Mapping[str, Word]) -> None:
    """Replaces the known kinds."""
    KINDS.clear()
    KINDS.update(kinds)


def unknown_kind(written: str) -> str:
    """The message for an unknown kind, with a suggestion."""
    meant = did_you_mean(written, (*KINDS, TREE)) or f"; kinds are {', '.join(KINDS)}"
    return f"there is no kind {written!r}{meant}"
