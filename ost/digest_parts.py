"""The parts of a digest, and the part that each change of the tree belongs to."""

TITLES = {"heard": "What we heard", "decided": "What was decided", "moved": "What moved"}
"""The parts of a digest, in order."""

WEEK = 7
"""Days that a digest covers if none are given."""

QUIET = "nothing changed in the tree"

DETAIL = 1
"""The weight of a change that is only counted under *What moved*."""

_HEARD = frozenset(("heard", "against", "evidence", "lost-evidence", "withdrawn", "consent"))
_DECIDED = frozenset(
    (
        "decided",
        "target-chosen",
        "target-left",
        "verdict",
        "result",
        "bet",
        "settled",
        "suspect",
        "bar-set",
        "bar-moved",
        "bar-changed",
        "waived",
        "waiver-ended",
    )
)
_OVER = frozenset(("dropped", "parked", "met"))


def part(change: str, weight: int, after: object, *, speaks: bool, decides: bool) -> str:
    """The part for a change, by its word, its weight, what there is now, and whether its node's
    kind speaks or decides; "" for a detail.
    """
    if change in _DECIDED or (change == "status" and after in _OVER):
        return "decided"
    if decides and weight > DETAIL:
        return "decided"
    if change in _HEARD or (speaks and weight > DETAIL):
        return "heard"
    return "moved" if weight > DETAIL else ""
