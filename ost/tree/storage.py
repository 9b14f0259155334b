"""Values that stay packed until someone asks for them. Most changes need only a few of a project's
values.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

import msgspec
from msgspec import Raw

K = TypeVar("K", bound=str)
V = TypeVar("V")


class Packed(Mapping[K, V], Generic[K, V]):
    """A mapping that unpacks each value when it is first read."""

    __slots__ = ("_unpack", "stored")

    def __init__(self, stored: dict[K, V | Raw], unpack: Callable[[Raw], V]) -> None:
        """`stored` are the values, packed or not; it becomes this mapping's own."""
        self.stored, self._unpack = stored, unpack

    def __getitem__(self, key: K) -> V:
        """The value of a key."""
        found = self.stored[key]
        if isinstance(found, Raw):
            found = self.stored[key] = self._unpack(found)
        return found

    def __iter__(self) -> Iterator[K]:
        return iter(self.stored)

    def __len__(self) -> int:
        return len(self.stored)

    def __contains__(self, key: object) -> bool:
        return key in self.stored

    def after(self, changes: Mapping[K, V | None]) -> "Packed[K, V]":
        """The mapping with some values changed; a None or empty value removes its key."""
        stored = {**self.stored, **{key: value for key, value in changes.items() if value}}
        for key, value in changes.items():
            if not value:
                stored.pop(key, None)
        return Packed(stored, self._unpack)


def unpacker(kind: type[V]) -> Callable[[Raw], V]:
    """A function that unpacks values of a type."""
    return msgspec.msgpack.Decoder(kind).decode
