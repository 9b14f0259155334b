"""The kinds and statuses that the published file describes. Pages name no kind themselves."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

PLACED = "(select name from kind where placed and name != 'unknown')"
"""SQL: the kinds that have a place in the tree."""

SPEAKING = "(select name from kind where speaks is not null)"
"""SQL: the kinds in which people speak."""

TELLING = "(select name from kind where speaks = 'story')"
"""SQL: the kinds in which a customer tells a story, such as interviews."""

DECIDING = "(select name from kind where decides)"
"""SQL: the kinds whose links record a decision."""

TOPS = "(select name from kind where top)"
"""SQL: the kinds at the top of a tree."""


class KindDescription(Struct, frozen=True):
    """A kind of node, as the table `kind` describes it. Older files may have fewer columns."""

    name: str
    position: int = 1000
    plural: str = ""
    summary: str = ""
    glyph: str = "?"
    icon: str | None = None
    colour: str = "grey"
    parents: tuple[str, ...] = ()
    placed: bool = False
    top: bool = False
    rivals: bool = False
    needs_evidence: bool = False
    decides: bool = False
    speaks: str | None = None
    shape: str = "round"
    labels: dict[str, str] = {}

    @property
    def several(self) -> str:
        """The plural."""
        return self.plural or f"{self.name}s"

    @property
    def alternatives(self) -> bool:
        """Whether nodes under one parent are alternatives to choose from."""
        return self.rivals

    @property
    def voiced(self) -> bool:
        """Whether its page starts with the people who mentioned it."""
        return self.needs_evidence and not self.top

    @property
    def counted(self) -> bool:
        """Whether a tree's summary counts its nodes."""
        return self.placed and not self.top and not self.decides


class StatusDescription(Struct, frozen=True):
    """What a status of a kind means, as the table `status` describes it."""

    kind: str
    name: str
    meaning: str = ""
    stage: str = "live"
    tone: str = "plain"
    usual: bool = False


class PublishedKinds:
    """The kinds and the statuses of a file."""

    def __init__(
        self, kinds: tuple[KindDescription, ...] = (), statuses: tuple[StatusDescription, ...] = ()
    ) -> None:
        """`kinds` are in the order of lists."""
        self._kinds = {kind.name: kind for kind in kinds}
        self._statuses = {(status.kind, status.name): status for status in statuses}

    def __iter__(self) -> Iterator[KindDescription]:
        """The kinds in the order of lists."""
        return iter(self._kinds.values())

    def __contains__(self, kind: str) -> bool:
        """Whether the file knows a kind."""
        return kind in self._kinds

    def __getitem__(self, kind: str) -> KindDescription:
        """The kind of that name."""
        return self._kinds.get(kind) or KindDescription(kind)

    def standing(self, kind: str, status: str | None) -> StatusDescription:
        """What a status means for a kind."""
        return self._statuses.get((kind, status or "")) or StatusDescription(kind, status or "")

    def statuses(self, kind: str) -> list[StatusDescription]:
        """The statuses of a kind, the default first."""
        return [status for (of, _), status in self._statuses.items() if of == kind]

    def below(self, kind: str) -> list[KindDescription]:
        """The kinds that can be below a kind."""
        return [
            each for each in self if kind in each.parents and each.counted and each.name != kind
        ]

    def count(self, many: int, kind: str) -> str:
        """A count with the kind's name: `1 opportunity`, `2 opportunities`."""
        return f"{many:,} {kind if many == 1 else self[kind].several}"


def kinds(connection: sqlite3.Connection) -> PublishedKinds:
    """The kinds and statuses of the file."""
    known = [
        {
            **row,
            "parents": json.loads(row.get("parents", "[]")),
            "labels": json.loads(row.get("labels", "{}")),
        }
        for row in _records(connection, "select * from kind order by position")
    ]
    statuses = list(_records(connection, "select * from status order by kind, position"))
    return PublishedKinds(
        msgspec.convert(known, tuple[KindDescription, ...], strict=False),
        msgspec.convert(statuses, tuple[StatusDescription, ...], strict=False),
    )


def _records(connection: sqlite3.Connection, sql: str) -> Iterator[dict[str, Any]]:
    """The rows of a statement as mappings, without empty values."""
    found = connection.execute(sql)
    names = [column[0] for column in found.description]
    for row in found.fetchall():
        yield {name: value for name, value in zip(names, row, strict=True) if value is not None}
