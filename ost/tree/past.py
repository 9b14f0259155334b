"""What commits say of a node: for rules that need history, where there is some."""

from collections.abc import Mapping

from msgspec import Struct


class Version(Struct, frozen=True):
    """What a commit left of a node: its fields by name as JSON has them, or None where it had
    none. `day` is the commit's, as `2026-11-03`.
    """

    day: str
    commit: str
    fields: Mapping[str, object] | None
