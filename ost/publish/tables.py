"""The compiled project as rows of every table. It decides nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from ost.compile.meanings import Meaning
from ost.judge.check import Judged
from ost.judge.rule import Rule
from ost.publish.diagnostics import diagnostic_rows, waiver_rows
from ost.publish.kinds import kind_rows, status_rows
from ost.publish.moments import TURN, moment_rows, quote_rows, step_rows, turn_rows
from ost.publish.rows import AT, Row, edge_rows, measurement_rows, node_row
from ost.read.diagnostic import Diagnostic
from ost.read.transcript import Transcript
from ost.tree.counts import Counts
from ost.tree.evidence import Evidence
from ost.tree.model import NodeId

Tables = Mapping[str, Iterable[Row]]
"""Rows by the name of their table; iterate once."""

LINKS, STEPS = LONG = ("edge", "story_step")
"""The tables with the most rows, which a second process makes."""


TOGETHER = 100
"""This many nodes become rows at once, so that each is visited once and few rows are in memory."""


def own_rows(meaning: Meaning, synonyms: Mapping[str, tuple[str, ...]]) -> dict[str, list[Row]]:
    """The rows that one node makes besides its own, except those of its transcript."""
    return {**_short_rows(meaning), **_long_rows(meaning, synonyms)}


def _short_rows(meaning: Meaning) -> dict[str, list[Row]]:
    node = meaning.node
    moments = moment_rows(node, meaning.moments) if node.speaks else []
    return {
        "moment": moments,
        "quote": quote_rows(node, meaning.moments, moments),
        "measurement": measurement_rows(node),
    }


def _long_rows(meaning: Meaning, synonyms: Mapping[str, tuple[str, ...]]) -> dict[str, list[Row]]:
    return {
        LINKS: edge_rows(meaning.edges, meaning.moments),
        STEPS: step_rows(meaning.node, synonyms),
    }


def tables(
    meanings: Mapping[NodeId, Meaning],
    counts: Counts,
    rules: Iterable[Rule],
    synonyms: Mapping[str, tuple[str, ...]],
    transcripts: Mapping[str, Transcript],
) -> Iterator[Tables]:
    """Every row that needs no judgement, some nodes at a time, except those of `LONG` tables, of
    `file` and of `meta`; `transcripts` are those to publish.
    """
    for some in _together(meanings):
        rows: defaultdict[str, list[Row]] = defaultdict(list)
        for meaning in some:
            rows["node"].append(_counted(meaning, counts, synonyms))
            for table, own in _short_rows(meaning).items():
                rows[table] += own
            rows[TURN] += turn_rows(meaning.node, transcripts)
        yield rows
    yield {
        "evidence": evidence_rows(counts.evidence),
        "participant": counts.people.values(),
        "kind": kind_rows(),
        "status": status_rows(),
        "rule": rule_rows(rules),
    }


def long_tables(
    meanings: Mapping[NodeId, Meaning], synonyms: Mapping[str, tuple[str, ...]]
) -> Iterator[Tables]:
    """Every row of the `LONG` tables, some nodes at a time."""
    for some in _together(meanings):
        rows: dict[str, list[Row]] = {table: [] for table in LONG}
        for meaning in some:
            for table, own in _long_rows(meaning, synonyms).items():
                rows[table] += own
        yield rows


def _together(meanings: Mapping[NodeId, Meaning]) -> Iterator[tuple[Meaning, ...]]:
    every = iter(meanings.values())
    while some := tuple(islice(every, TOGETHER)):
        yield some


class Judgements(NamedTuple):
    """A judgement as rows; `counts` of errors, warnings and waivers in force, of nodes with any;
    `places` of quotes in transcripts.
    """

    diagnostics: list[Row]
    waivers: list[Row]
    counts: list[tuple[int, int, int, str]]
    places: list[Row]


def judgements(
    judged: Mapping[NodeId, Judged],
    said: Iterable[Diagnostic],
    rules: Iterable[Rule],
    places: list[Row],
) -> Judgements:
    """A judgement's rows; `said` are diagnostics about no node."""
    names = {each.code: each.name() for each in rules}
    every = [*said, *(each for found in judged.values() for each in found.diagnostics)]
    every.sort(key=lambda each: each.order)
    return Judgements(
        diagnostic_rows(every, names),
        [row for node_id, found in judged.items() for row in waiver_rows(node_id, found.waivers)],
        [row for node_id, found in judged.items() if any((row := weights(node_id, found))[:3])],
        places,
    )


def weights(node_id: NodeId, judged: Judged) -> tuple[int, int, int, str]:
    """Errors, warnings and waivers in force of a node, and its id."""
    severities = [each.severity.value for each in judged.diagnostics]
    waived = sum(each.state == "active" for each in judged.waivers)
    return severities.count("error"), severities.count("warning"), waived, node_id


def evidence_rows(heard: Mapping[str, Evidence]) -> Iterator[Row]:
    """The people behind each node, in order."""
    return (
        (node_id, person, moments)
        for node_id in sorted(heard)
        for person, moments in sorted(heard[node_id].people.items())
    )


def rule_rows(rules: Iterable[Rule]) -> list[Row]:
    """The rules that were applied, by code."""
    from ost.judge.page import markdown, page

    pages = (page(type(each)) for each in rules)
    return sorted(
        (each.code, each.name, each.family, each.severity, each.summary, markdown(each))
        for each in pages
    )


_NODE = AT["node"]
_PLACED = slice(_NODE["outcome"], _NODE["descendants"] + 1)
_HEARD = slice(_NODE["participants"], _NODE["last_heard"] + 1)


def _counted(meaning: Meaning, counts: Counts, synonyms: Mapping[str, tuple[str, ...]]) -> Row:
    """A node's row with its counts."""
    node_id = meaning.node.id
    row = list(node_row(meaning.node, meaning.edges, meaning.moments, synonyms))
    row[_PLACED] = (counts.places or {})[node_id]
    row[_NODE["status"]] = counts.status[node_id]
    if node_id in counts.evidence:
        row[_HEARD] = counts.evidence[node_id].counts()
    return tuple(row)
