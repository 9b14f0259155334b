"""Front matter values as written, each with its place."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from ost.read.place import Place

ScalarType = Literal["str", "int", "float", "bool", "null", "date"]
"""The YAML type of a value. The cache decodes these few words without copying them."""


class Scalar(Struct, frozen=True, array_like=True, tag_field="form", tag="s", gc=False):
    """One value. `text` is as written, without quotes. `type` is its YAML type."""

    text: str
    type: ScalarType
    at: Place


class Sequence(Struct, frozen=True, array_like=True, tag_field="form", tag="l", gc=False):
    """A list. An unquoted `[[x]]` is a list in a list."""

    items: "tuple[Value, ...]"
    at: Place


class Mapping(Struct, frozen=True, array_like=True, tag_field="form", tag="m", gc=False):
    """Keys and values in the order written. Every key is unique; a repeated one is a diagnostic."""

    pairs: "tuple[tuple[Scalar, Value], ...]"
    at: Place


Value: TypeAlias = Scalar | Sequence | Mapping


def scalars(value: Value) -> Iterator[Scalar]:
    """Every scalar in a value, in the order written, without keys."""
    match value:
        case Scalar():
            yield value
        case Sequence():
            for item in value.items:
                yield from scalars(item)
        case Mapping():
            for _, inner in value.pairs:
                yield from scalars(inner)
