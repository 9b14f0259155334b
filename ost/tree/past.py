"""The past of a node in commits, for rules that need history."""

from collections.abc import Mapping

from msgspec import Struct


class Version(Struct, frozen=True):
    """A node after a commit: its fields by name as JSON values, or None if it did not exist. `day`
    is the author's date, as `2026-11-03`.
    """

    day: str
    commit: str
    fields: Mapping[str, object] | None


class Beginning(Struct, frozen=True):
    """The commit that added a node's file: its day, how many nodes of that kind it added, and
    whether it was the first to add one. `told` is the earliest day of the interviews in that
    commit, "" without one, because imported nodes are older than their commit.
    """

    day: str
    beside: int
    first: bool
    told: str = ""
