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
_SPEAKING = frozenset(("interview", "signal"))
_OVER = frozenset(("dropped", "parked", "met"))


def part(change: str, kind: str, weight: int, after: object) -> str:
    """The part for a change, by its word, its node's kind, its weight and its new value; "" for a
    detail.
    """
    if change in _DECIDED or (change == "status" and after in _OVER):
        return "decided"
    if kind == "decision" and weight > DETAIL:
        return "decided"
    if change in _HEARD or (kind in _SPEAKING and weight > DETAIL):
        return "heard"
    return "moved" if weight > DETAIL else ""
