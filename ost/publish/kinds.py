"""The rows that say what each kind of node and each status means."""

import json
from collections.abc import Iterable, Iterator
from typing import get_type_hints

from msgspec import Meta

from ost.publish.rows import Row
from ost.tree.fields import readers
from ost.tree.model import KINDS, Node, Unknown
from ost.tree.node import DRAFT


def kind_rows() -> Iterator[Row]:
    """Every kind, in the order in which kinds are listed; last the one of nodes of no kind."""
    kinds: list[type[Node]] = [*KINDS.values(), Unknown]
    for position, kind in enumerate(kinds, 1):
        yield (
            kind.kind,
            position,
            kind.plural,
            summary(kind),
            kind.glyph,
            kind.icon or None,
            kind.colour,
            kind.shape,
            json.dumps(kind.under),
            int(kind.placed),
            int(kind.top),
            int(kind.rivals),
            int(kind.needs_evidence),
            int(kind.decides),
            kind.speaks or None,
            kind.day_field or None,
            json.dumps(dict(_fields(kind)), ensure_ascii=False),
            json.dumps(dict(_labels(kind)), ensure_ascii=False),
        )


def status_rows() -> Iterator[Row]:
    """Every status of every kind; any may be a draft."""
    for kind in KINDS.values():
        for position, status in enumerate((*kind.statuses, DRAFT), 1):
            yield (
                kind.kind,
                status.name,
                position,
                status.meaning,
                status.stage,
                status.tone,
                int(status.usual),
            )


def summary(kind: type[Node]) -> str:
    """What a node of the kind is, in a sentence."""
    return " ".join((kind.__doc__ or "").strip().partition("\n\n")[0].split())


def _fields(kind: type[Node]) -> Iterator[tuple[str, str]]:
    """The kind's own fields, each with what it means."""
    for name, notes in _notes(kind, readers(kind)):
        if name not in Node.__struct_fields__:
            yield name, next((note.description for note in notes if note.description), "")


def _labels(kind: type[Node]) -> Iterator[tuple[str, str]]:
    """The fields that pages call otherwise than front matter, each with that label."""
    for name, notes in _notes(kind, kind.__struct_fields__):
        yield from ((name, note.title) for note in notes if note.title)


def _notes(kind: type[Node], names: Iterable[str]) -> Iterator[tuple[str, list[Meta]]]:
    """Fields, each with what its type says of it."""
    hints = get_type_hints(kind, include_extras=True)
    for name in names:
        notes = getattr(hints[name], "__metadata__", ())
        yield name, [note for note in notes if isinstance(note, Meta)]
