"""The rows of the tables `kind` and `status`."""

import json
from collections.abc import Iterator, Mapping

from ost.publish.rows import Row
from ost.tree.fields import readers
from ost.tree.forms import forms
from ost.tree.model import KINDS, Node, Unknown
from ost.tree.node import DRAFT


def kind_rows() -> Iterator[Row]:
    """Every kind in listing order; last, the one for nodes without a kind."""
    kinds: list[type[Node]] = [*KINDS.values(), Unknown]
    for position, kind in enumerate(kinds, 1):
        yield (
            kind.kind,
            position,
            kind.plural,
            kind.summary(),
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
            json.dumps(_fields(kind), ensure_ascii=False),
            json.dumps(_labels(kind), ensure_ascii=False),
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


def _fields(kind: type[Node]) -> Mapping[str, str]:
    """The kind's own fields with their meanings."""
    found = forms(kind)
    return {
        name: found[name].meaning for name in readers(kind) if name not in Node.__struct_fields__
    }


def _labels(kind: type[Node]) -> Mapping[str, str]:
    """The fields whose label on pages differs from their name, with that label."""
    found = forms(kind)
    return {name: found[name].label for name in readers(kind) if found[name].label}
