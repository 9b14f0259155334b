"""Interviews and signals in a list."""

from msgspec import Struct


class Interview(Struct):
    """An interview or signal in a list."""

    id: str
    kind: str
    title: str
    date: str | None
    participant: str | None
    segment: str | None
    illustrative: int
    moments: int
