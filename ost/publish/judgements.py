"""The rows of a judgement, and the counts it adds to nodes' rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ost.judge.check import Judged
from ost.judge.rule import Rule
from ost.judge.waivers import Waived
from ost.publish.rows import Row, iso, key
from ost.read.diagnostic import Diagnostic
from ost.tree.model import NodeId

WEIGH = "update node set errors = ?, warnings = ?, waived = ? where id = ?"
"""Writes a node's `Judged.counts()`; its id comes last."""


class Judgements(NamedTuple):
    """A judgement as rows: `counts` are the parameters of `WEIGH` for nodes that have any, `places`
    those of quotes in transcripts.
    """

    diagnostics: list[Row]
    waivers: list[Row]
    counts: list[Row]
    places: list[Row]


def judgements(
    judged: Mapping[NodeId, Judged],
    diagnostics: Iterable[Diagnostic],
    rules: Iterable[Rule],
    places: list[Row],
) -> Judgements:
    """A judgement's rows; `diagnostics` are diagnostics about no node."""
    names = {each.code: each.name() for each in rules}
    every = [*diagnostics, *(each for found in judged.values() for each in found.diagnostics)]
    every.sort(key=lambda each: each.order)
    counts = ((*found.counts(), node_id) for node_id, found in judged.items())
    return Judgements(
        diagnostic_rows(every, names),
        [row for node_id, found in judged.items() for row in waiver_rows(node_id, found.waivers)],
        [row for row in counts if any(row[:-1])],
        places,
    )


def diagnostic_rows(diagnostics: Iterable[Diagnostic], names: Mapping[str, str]) -> list[Row]:
    """Rows of diagnostics that are in reading order; `names` maps codes to rule names."""
    seen: Counter[tuple[str, str, str, str]] = Counter()
    made = []
    for diagnostic in diagnostics:
        identity = (diagnostic.path, diagnostic.code, diagnostic.node, diagnostic.message)
        seen[identity] += 1
        made.append(
            (
                key(*identity, seen[identity]),
                diagnostic.path,
                *diagnostic.at.shown(),
                diagnostic.code,
                names.get(diagnostic.code, ""),
                diagnostic.severity.value,
                diagnostic.message,
                diagnostic.node or None,
            )
        )
    return made


def waiver_rows(node_id: str, waived: tuple[Waived, ...]) -> list[Row]:
    """A node's waivers, each with its state."""
    seen: Counter[str] = Counter()
    made = []
    for use in waived:
        waiver = use.waiver
        seen[waiver.rule] += 1
        made.append(
            (
                key(node_id, waiver.rule, seen[waiver.rule]),
                node_id,
                waiver.rule,
                waiver.because,
                iso(waiver.until),
                use.state,
                waiver.at.line + 1,
            )
        )
    return made
