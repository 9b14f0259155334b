"""One node's rows, from the node, its edges and its moments alone.

What depends on other nodes (place in the tree, evidence from below, counts of diagnostics) is left empty
here and filled in by `ost.publish.shape` and `ost.publish.evidence`.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import fields as struct_fields

from ost.judge.waivers import Waived
from ost.read.diagnostic import Diagnostic
from ost.read.document import Quote
from ost.recording import at_second
from ost.publish.schema import TABLES
from ost.tree.model import (
    Assumption,
    Decision,
    Interview,
    Measurement,
    Moment,
    Node,
    NodeId,
    Opportunity,
    Outcome,
    Reference,
    Signal,
    Solution,
    Test,
)
from ost.tree.sections import STORY, sections
from ost.tree.tree import Edge

Row = tuple[Any, ...]
"""One row, its values in the order of the table's columns."""

WIDTH = {table.name: len(table.columns) for table in TABLES}
AT = {
    table.name: {column.name: index for index, column in enumerate(table.columns)}
    for table in TABLES
}
"""Where each column stands in a row."""

SOURCES = ("interview", "signal", "guide")
"""Kinds that hang under nothing and have no place in the tree."""

_DERIVED = frozenset({"id", "path", "at", "title", "entry", "parents", "waivers", "illustrative"})
_STATUS = {Outcome: "active", Opportunity: "open", Solution: "idea"}


class NodeRows(Struct, gc=False):
    """The rows that one node makes."""

    node: Row
    edges: list[Row]
    moments: list[Row]
    quotes: list[Row]
    steps: list[Row]
    measurements: list[Row]

    def tables(self) -> dict[str, list[Row]]:
        """The rows by the name of their table, all but the node's own."""
        return {
            "edge": self.edges,
            "moment": self.moments,
            "quote": self.quotes,
            "story_step": self.steps,
            "measurement": self.measurements,
        }


OWNER = {
    "edge": "source",
    "moment": "source",
    "quote": "source",
    "story_step": "source",
    "measurement": "outcome",
}
"""The column that names the node a row was made from."""


def rows(
    node: Node,
    edges: tuple[Edge, ...],
    heard: tuple[Moment, ...],
    synonyms: Mapping[str, tuple[str, ...]],
) -> NodeRows:
    """What one node makes."""
    moments = {}
    if isinstance(node, (Interview, Signal)):
        moments[node.id] = moment_rows(node, heard)
    return NodeRows(
        node_row(node),
        edge_rows(edges),
        moments.get(node.id, []),
        quote_rows(node, heard, moments),
        step_rows(node, synonyms),
        measurement_rows(node),
    )


def voice(node: Node) -> str | None:
    """Who speaks in an interview: the participant named, else the interview stands for one person."""
    if isinstance(node, Interview):
        return node.participant or node.id
    return node.participant if isinstance(node, Signal) else None


def key(*parts: object) -> str:
    """A short stable key of what a row says."""
    said = "\0".join(map(str, parts))
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def iso(day: datetime.date | None) -> str | None:
    """A day as text."""
    return None if day is None else day.isoformat()


def diagnostic_rows(diagnostics: tuple[Diagnostic, ...], names: Mapping[str, str]) -> list[Row]:
    """Diagnostics, given in reading order, as rows; `names` are the rules' by their codes."""
    seen: Counter[tuple[str, str, str, str]] = Counter()
    made = []
    for each in diagnostics:
        said = (each.path, each.code, each.node, each.message)
        seen[said] += 1
        made.append(
            (
                key(*said, seen[said]),
                each.path,
                *each.at.shown(),
                each.code,
                names.get(each.code, ""),
                each.severity.value,
                each.message,
                each.node or None,
            )
        )
    return made


def waiver_rows(node_id: str, waived: tuple[Waived, ...]) -> list[Row]:
    """A node's waivers, each with what became of it."""
    seen: Counter[str] = Counter()
    made = []
    for each in waived:
        waiver = each.waiver
        seen[waiver.rule] += 1
        made.append(
            (
                key(node_id, waiver.rule, seen[waiver.rule]),
                node_id,
                waiver.rule,
                waiver.because,
                iso(waiver.until),
                each.state,
                waiver.at.line + 1,
            )
        )
    return made


def node_row(node: Node) -> Row:
    """The node's own row."""
    primary = next((each.id for each in node.parents if each.found), None)
    person: tuple[str | None, str | None, str | None] = (None, None, None)
    if isinstance(node, Interview):
        person = (node.participant, node.segment, node.recording)
    elif isinstance(node, Signal):
        person = (node.participant, node.segment, None)
    return (
        str(node.id),
        node.kind,
        node.title,
        _status(node),
        primary,
        *(None, None, None, None, 0, 0),
        *(0, 0, 0, 0, 0, None, None),
        *(0, 0, 0),
        int(node.illustrative),
        iso(_day(node)),
        *person,
        fields_of(node),
        node.entry.body,
        node.path,
        node.at.line + 1,
    )


def _status(node: Node) -> str | None:
    if isinstance(node, Test):
        if node.verdict is not None:
            return node.verdict
        return "ended" if node.ended else "running" if node.started else "planned"
    if isinstance(node, Assumption):
        return "untested"
    return getattr(node, "status", None) or _STATUS.get(type(node))


def _day(node: Node) -> datetime.date | None:
    if isinstance(node, (Interview, Signal)):
        return node.date
    if isinstance(node, Decision):
        return node.on
    return node.ended if isinstance(node, Test) else None


@cache
def _named(kind: type[Node]) -> tuple[tuple[str, object], ...]:
    return tuple(
        (each.name, each.default) for each in struct_fields(kind) if each.name not in _DERIVED
    )


def fields_of(node: Node) -> str:
    """The fields given in front matter, as JSON."""
    given: dict[str, object] = {}
    if node.parents:
        given["parent"] = [each.id for each in node.parents]
    for name, default in _named(type(node)):
        value = getattr(node, name)
        if value is None or value == default:
            continue
        given[name] = _plain(value)
    if node.illustrative:
        given["illustrative"] = True
    if node.waivers:
        given["allow"] = [
            {"rule": each.rule, "because": each.because, "until": each.until}
            for each in node.waivers
        ]
    return msgspec.json.encode(given).decode()


def _plain(value: object) -> object:
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, tuple):
        if value and isinstance(value[0], Reference):
            return [each.id for each in value]
        if value and isinstance(value[0], Measurement):
            return {each.on.isoformat(): _plain(each.value) for each in value}
        return value
    if isinstance(value, Struct):
        given = ((name, getattr(value, name)) for name in value.__struct_fields__)
        return {name: _plain(inner) for name, inner in given if inner is not None}
    return value


def edge_rows(edges: tuple[Edge, ...]) -> list[Row]:
    """A node's links to nodes."""
    return [
        (
            f"{edge.source}:{position}",
            edge.source,
            edge.target,
            edge.link.relation,
            position,
            edge.link.at.line + 1,
            edge.link.at.column + 1,
        )
        for position, edge in enumerate(edges, 1)
    ]


def moment_rows(node: Interview | Signal, heard: Sequence[Moment]) -> list[Row]:
    """The moments in an interview or signal."""
    recording = node.recording if isinstance(node, Interview) else None
    person, day = voice(node), iso(node.date)
    kind = "story" if isinstance(node, Interview) else "signal"
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for position, each in enumerate(heard, 1):
        seen[each.node, each.words] += 1
        second = each.seconds[0] if each.seconds else None
        made.append(
            (
                key(node.id, each.node, each.words, seen[each.node, each.words]),
                str(node.id),
                str(each.node),
                person,
                "against" if each.against else "for",
                kind,
                each.words,
                second,
                at_second(recording, second) or None,
                day,
                position,
                each.at.line + 1,
                _further(recording, each.seconds[1:]),
            )
        )
    return made


def _further(recording: str | None, seconds: Iterable[int]) -> str | None:
    """Timestamps after the first, as JSON."""
    further = [
        {"second": second, "url": at_second(recording, second) or None} for second in seconds
    ]
    return msgspec.json.encode(further).decode() if further else None


def quote_rows(
    node: Node, heard: Sequence[Moment], moments: Mapping[NodeId, list[Row]]
) -> list[Row]:
    """What was said in an interview or signal; its moments are among `moments`."""
    if not isinstance(node, (Interview, Signal)):
        return []
    recording = node.recording if isinstance(node, Interview) else None
    belongs = {
        said.at: row[0] for each, row in zip(heard, moments.get(node.id, ()), strict=True) for said in each.quotes
    }
    written: list[tuple[Quote, str]] = []
    for section in node.entry.sections:
        written += [(each, section.title) for each in section.quotes]
        written += [(each, section.title) for item in section.items for each in item.quotes]
    written.sort(key=lambda each: each[0].at)
    seen: Counter[str] = Counter()
    made = []
    for position, (quote, title) in enumerate(written, 1):
        seen[quote.text] += 1
        second = quote.stamps[0].second if quote.stamps else None
        made.append(
            (
                key(node.id, quote.text, seen[quote.text]),
                str(node.id),
                belongs.get(quote.at),
                voice(node),
                quote.text,
                title,
                second,
                at_second(recording, second) or None,
                position,
                quote.at.line + 1,
                _further(recording, (each.second for each in quote.stamps[1:])),
            )
        )
    return made


def measurement_rows(node: Node) -> list[Row]:
    """An outcome's metric over time."""
    if not isinstance(node, Outcome):
        return []
    days = {each.on.isoformat(): each.value for each in node.measurements}
    return [(str(node.id), day, value) for day, value in days.items()]


def step_rows(node: Node, synonyms: Mapping[str, tuple[str, ...]]) -> list[Row]:
    """The steps of an interview's story."""
    if not isinstance(node, Interview):
        return []
    items = (item for part in sections(node.entry, STORY, synonyms) for item in part.items)
    made = []
    for position, item in enumerate(items, 1):
        second = item.stamps[0].second if item.stamps else None
        url = at_second(node.recording, second) or None
        made.append(
            (
                f"{node.id}:{position}",
                str(node.id),
                position,
                item.text,
                second,
                url,
                item.at.line + 1,
                _further(node.recording, (each.second for each in item.stamps[1:])),
            )
        )
    return made
