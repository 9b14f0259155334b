"""The state kept between updates: the claims of each file, and the facts of each node."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from msgspec import Struct

from ost.compile.meanings import Meaning
from ost.tree.claims import Claims, names_of
from ost.tree.facts import Facts
from ost.tree.index import PARTS, Groups
from ost.tree.model import NodeId
from ost.tree.names import KnownNames
from ost.tree.storage import Packed, unpacker


class Text(Struct, frozen=True, array_like=True, gc=False):
    """A file: the id of its content, and what it claims; a transcript claims nothing."""

    blob: str
    claims: Claims | None = None


class Memo(Struct, frozen=True, array_like=True, gc=False):
    """A node's state besides its facts: its packed marks (`ost.compile.marks`), its questions to
    names while it was built and to the tree while it was judged, and the first and last day on
    which its judgement holds ("" for no end).
    """

    marks: bytes
    named: bytes
    asked: bytes = b""
    since: str = ""
    until: str = ""


class ClaimedNames:
    """The names of all files, and the file that each id stands for."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        """Reads the claims of these files when first asked."""
        self._texts = texts

    @cached_property
    def names_and_files(self) -> tuple[KnownNames, Mapping[NodeId, str]]:
        """The names, and the file of each id."""
        return names_of({path: text.claims for path, text in self._texts.items() if text.claims})


@dataclass(frozen=True)
class Compiled:
    """The state kept between updates. `texts` maps paths, `parts` belong to the index of all facts;
    some nodes' `meanings` stay in this process only.
    """

    texts: Mapping[str, Text]
    nodes: Mapping[NodeId, Memo]
    facts: Packed[NodeId, Facts]
    parts: Mapping[str, Groups]
    claimed: ClaimedNames
    meanings: Mapping[NodeId, Meaning] = field(default_factory=dict)

    @property
    def names(self) -> tuple[KnownNames, Mapping[NodeId, str]]:
        """The names of all files, and the file that each id stands for."""
        return self.claimed.names_and_files

    @cached_property
    def days(self) -> tuple[str, str]:
        """The first and the last day on which every judgement holds; "" for no end."""
        return days_of((each.since, each.until) for each in self.nodes.values())


def days_of(periods: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The first and last day that all of these periods share."""
    all_periods = [*periods]
    return (
        max((since for since, _ in all_periods), default=""),
        min((until for _, until in all_periods if until), default=""),
    )


unpack_facts = unpacker(Facts)

EMPTY = Compiled(
    {},
    {},
    Packed({}, unpack_facts),
    {name: Packed({}, part.unpack) for name, part in PARTS.items()},
    ClaimedNames({}),
)
