"""The names of the kinds a node may have, and what reading needs to know of each."""

from collections.abc import Mapping
from typing import NamedTuple

from ost.read.alike import did_you_mean


class Word(NamedTuple):
    """A kind's name as a word of a text: whether such a node hangs in the tree, whether its text is
    evidence, and what several are called.
    """

    placed: bool
    speaks: bool
    plural: str


KINDS: dict[str, Word] = {}
"""The kinds by name; `ost.tree.model`, which knows all of them, fills it in."""

TREE = "tree"
"""The kind of a file that holds many nodes and is none itself."""


def learn(kinds: Mapping[str, Word]) -> None:
    """Sets the kinds."""
    KINDS.clear()
    KINDS.update(kinds)


def unknown(written: str) -> str:
    """The message about an unknown kind, with the one probably meant."""
    meant = did_you_mean(written, (*KINDS, TREE)) or f"; kinds are {', '.join(KINDS)}"
    return f"there is no kind {written!r}{meant}"
