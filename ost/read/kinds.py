"""The names of the kinds a node may have."""

from difflib import get_close_matches

KINDS = (
    "outcome",
    "opportunity",
    "solution",
    "assumption",
    "test",
    "decision",
    "interview",
    "signal",
    "guide",
)

TREE = "tree"
"""The kind of a file that holds many nodes and is none itself."""


def unknown(written: str) -> str:
    """Words on a kind that there is not, with the one probably meant."""
    near = get_close_matches(written.strip().casefold(), (*KINDS, TREE), n=1, cutoff=0.6)
    meant = f"; did you mean {near[0]!r}?" if near else f"; kinds are {', '.join(KINDS)}"
    return f"there is no kind {written!r}{meant}"
