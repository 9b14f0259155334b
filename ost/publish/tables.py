"""The compiled project as rows of every table. It decides nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from ost.compile.meanings import Meaning
from ost.judge.rule import Rule
from ost.publish.kinds import kind_rows, status_rows
from ost.publish.moments import TURN, moment_rows, quote_rows, step_rows, turn_rows
from ost.publish.rows import Row, edge_rows, measurement_rows, node_row
from ost.read.transcript import Transcript
from ost.tree.counts import Counts
from ost.tree.evidence import SILENT, Evidence
from ost.tree.model import NodeId

Tables = Mapping[str, Iterable[Row]]
"""Rows by the name of their table; iterate once."""

LINKS, STEPS = LONG = ("edge", "story_step")
"""The tables with the most rows; a second process makes them."""


TOGETHER = 100
"""How many nodes become rows at once: each is visited once, and few rows are in memory."""


def own_rows(meaning: Meaning, synonyms: Mapping[str, tuple[str, ...]]) -> Tables:
    """A node's rows in other tables, except its transcript's."""
    return {**_short_rows(meaning), **_long_rows(meaning, synonyms)}


def _short_rows(meaning: Meaning) -> Tables:
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
    """Every row that needs no judgement, in batches of nodes, except in `LONG` tables, `file` and
    `meta`; `transcripts` are those to publish.
    """
    places = counts.places or {}

    def counted(meaning: Meaning) -> Row:
        node_id = meaning.node.id
        found = counts.evidence.get(node_id)
        numbers = found.counts() if found else SILENT
        return node_row(meaning, synonyms, counts.status[node_id], places[node_id], numbers)

    yield from _together(
        meanings,
        lambda meaning: {
            "node": [counted(meaning)],
            **_short_rows(meaning),
            TURN: turn_rows(meaning.node, transcripts),
        },
    )
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
    """Every row of the `LONG` tables, in batches of nodes."""
    return _together(meanings, lambda meaning: _long_rows(meaning, synonyms))


def moment_texts(meanings: Mapping[NodeId, Meaning]) -> Iterator[Row]:
    """The searchable text of each moment, in the order of the rows."""
    speaking = (each for each in meanings.values() if each.node.speaks)
    return ((moment.words,) for each in speaking for moment in each.moments)


def _together(
    meanings: Mapping[NodeId, Meaning], rows_of: Callable[[Meaning], Tables]
) -> Iterator[Tables]:
    every = iter(meanings.values())
    while some := tuple(islice(every, TOGETHER)):
        rows: defaultdict[str, list[Row]] = defaultdict(list)
        for meaning in some:
            for table, own in rows_of(meaning).items():
                rows[table] += own
        yield rows


def evidence_rows(evidence: Mapping[str, Evidence]) -> Iterator[Row]:
    """The people behind each node, in order."""
    return (
        (node_id, person, moments)
        for node_id in sorted(evidence)
        for person, moments in sorted(evidence[node_id].people.items())
    )


def rule_rows(rules: Iterable[Rule]) -> list[Row]:
    """The rules that were applied, by code."""
    from ost.judge.page import markdown, page

    pages = (page(type(each)) for each in rules)
    return sorted(
        (each.code, each.name, each.family, each.severity, each.summary, markdown(each))
        for each in pages
    )
