"""Values of front matter as they are written, each with its place."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from ost.read.place import Place

ScalarType = Literal["str", "int", "float", "bool", "null", "date"]
"""What YAML takes a value for. Of these few words no copy is made where readings come from the
cache.
"""


class Scalar(Struct, frozen=True, array_like=True, tag_field="form", tag="s", gc=False):
    """One value. `text` is as written, without its quotes; `type` is what YAML takes it for."""

    text: str
    type: ScalarType
    at: Place


class Sequence(Struct, frozen=True, array_like=True, tag_field="form", tag="l", gc=False):
    """A list. `[[x]]`, bare, is a list that holds a list that holds `x`."""

    items: "tuple[Value, ...]"
    at: Place


class Mapping(Struct, frozen=True, array_like=True, tag_field="form", tag="m", gc=False):
    """Keys and values in the order written; each key once (a second one is a diagnostic)."""

    pairs: "tuple[tuple[Scalar, Value], ...]"
    at: Place


Value: TypeAlias = Scalar | Sequence | Mapping


def scalars(value: Value) -> Iterator[Scalar]:
    """Every single value in a value, in the order written; keys are left out."""
    match value:
        case Scalar():
            yield value
        case Sequence():
            for item in value.items:
                yield from scalars(item)
        case Mapping():
            for _, inner in value.pairs:
                yield from scalars(inner)
