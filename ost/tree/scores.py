"""Which fields score an opportunity, by their name, or by their name and a number in them."""

from ost.read.document import Field
from ost.read.value import Scalar

_ALWAYS = frozenset(
    {"effort", "ice", "ice_score", "opportunity_score", "points", "priority_score", "rice"}
    | {"rice_score", "score", "story_points", "wsjf"}
)
_WITH_A_NUMBER = frozenset(
    {"confidence", "ease", "impact", "importance", "priority", "rank", "reach", "satisfaction"}
    | {"urgency", "value", "weight"}
)


def is_score(field: Field) -> bool:
    """Whether a field of an opportunity holds a score or an effort."""
    name = field.name.casefold().replace("-", "_").replace(" ", "_")
    if name in _ALWAYS:
        return True
    number = isinstance(field.value, Scalar) and field.value.type in {"int", "float"}
    return number and name in _WITH_A_NUMBER
