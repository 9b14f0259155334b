"""A whole tree and its judgement as rows of every table."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from ost.judge.check import Judgement
from ost.judge.rule import Rule
from ost.publish import evidence, index
from ost.publish.evidence import Heard, roll_up, status_of
from ost.publish.heard import moment_rows, quote_rows, step_rows, voice
from ost.publish.remarks import diagnostic_rows, waiver_rows
from ost.publish.rows import AT, Row, edge_rows, measurement_rows, node_row
from ost.publish.shape import shape
from ost.read.document import Document
from ost.tree.model import Assumption, Interview, Moment, Node, NodeId, Signal, Test
from ost.tree.participants import people
from ost.tree.status import status
from ost.tree.tree import Tree

NODE = AT["node"]
MOMENT = AT["moment"]
_PLACE = slice(NODE["outcome"], NODE["descendants"] + 1)
_EVIDENCE = slice(NODE["participants"], NODE["last_heard"] + 1)

Tables = dict[str, Iterable[Row]]
"""Rows by the name of their table; to be gone through once."""


class Person(Struct, gc=False):
    """What one interview or signal says of its participant."""

    id: str
    source: str
    interview: bool
    segment: str | None
    day: str | None
    illustrative: bool


def tables(tree: Tree, rules: Iterable[Rule]) -> Tables:
    """Every row that needs no judgement, made as it is asked for, but those of `file` and `meta`,
    and of the tables that `aside` makes.
    """
    moments = {
        node.id: moment_rows(node, tree.heard_in[node.id])
        for node in tree.by_id.values()
        if node.id in tree.heard_in and isinstance(node, (Interview, Signal))
    }
    parents = {
        str(node.id): tuple(str(each.id) for each in node.parents if each.found)
        for node in tree.by_id.values()
        if node.parents
    }
    heard = roll_up((heard_of(row) for made in moments.values() for row in made), parents)
    nodes = tree.by_id.values
    return {
        "node": _nodes(tree, heard),
        "edge": (
            row
            for node_id, made in tree.outgoing.items()
            for row in edge_rows(made, tree.heard_in.get(node_id, ()))
        ),
        "moment": (row for made in moments.values() for row in made),
        "quote": (row for node in nodes() for row in quote_rows(node, _heard(tree, node), moments)),
        "evidence": evidence_rows(heard),
        "measurement": (row for node in nodes() for row in measurement_rows(node)),
        "participant": _participants(tree),
        "rule": rule_rows(rules),
    }


ASIDE = ("story_step",)
"""The tables that a second process makes: as much work as is left for this one."""


def aside(tree: Tree, synonyms: Mapping[str, tuple[str, ...]]) -> Tables:
    """The rows of the tables made aside."""
    steps = (row for node in tree.by_id.values() for row in step_rows(node, synonyms))
    return {"story_step": steps}


def texts(tree: Tree) -> Iterator[Row]:
    """What nodes are found by."""
    return ((node.title, node.entry.body) for node in tree.by_id.values())


class Judged(NamedTuple):
    """A judgement as rows; `counts` of errors, warnings and waivers in force, of nodes with any."""

    diagnostics: list[Row]
    waivers: list[Row]
    counts: list[tuple[int, int, int, str]]


def judged_rows(judgement: Judgement, rules: Iterable[Rule]) -> Judged:
    """A judgement's rows."""
    names = {each.code: each.name() for each in rules}
    weights = Counter((each.node, each.severity.value) for each in judgement.diagnostics)
    waivers = judgement.waivers
    concerned = {node for node, _ in weights if node} | set(waivers)
    return Judged(
        diagnostic_rows(judgement.diagnostics, names),
        [row for node_id, waived in waivers.items() for row in waiver_rows(node_id, waived)],
        [
            (
                weights[node_id, "error"],
                weights[node_id, "warning"],
                sum(each.state == "active" for each in waivers.get(NodeId(node_id), ())),
                node_id,
            )
            for node_id in sorted(concerned)
        ],
    )


def _heard(tree: Tree, node: Node) -> Sequence[Moment]:
    return tree.heard_in.get(node.id, ())


def _nodes(tree: Tree, heard: Mapping[str, evidence.Evidence]) -> Iterator[Row]:
    """The nodes, with what depends on others filled in."""
    places = shape(
        (node.id, node.kind, next((each.id for each in node.parents if each.found), None))
        for node in tree.by_id.values()
    )
    for node in tree.by_id.values():
        full = list(node_row(node))
        full[_PLACE] = places[node.id]
        if node.id in heard:
            full[_EVIDENCE] = heard[node.id].counts()
        if isinstance(node, Assumption):
            tests = tree.children(node, Test)
            full[NODE["status"]] = status_of(map(status, tests))
        yield tuple(full)


def _participants(tree: Tree) -> Iterator[Row]:
    found: dict[str, list[Person]] = {}
    for node in tree.by_id.values():
        for person in people_of(node):
            found.setdefault(person.id, []).append(person)
    return (participant_row(found[each]) for each in sorted(found))


def evidence_rows(heard: Mapping[str, evidence.Evidence]) -> Iterator[Row]:
    """Who speaks for which node, in order."""
    return (
        (node_id, person, moments)
        for node_id in sorted(heard)
        for person, moments in sorted(heard[node_id].people.items())
    )


def heard_of(moment: Row) -> Heard:
    """What of a moment's row counts as evidence."""
    return (
        moment[MOMENT["source"]],
        moment[MOMENT["node"]],
        moment[MOMENT["participant"]],
        moment[MOMENT["stance"]],
        moment[MOMENT["kind"]],
        moment[MOMENT["date"]],
    )


def people_of(node: Node) -> Iterator[Person]:
    """Who speaks in an interview or a signal."""
    if not isinstance(node, (Interview, Signal)):
        return
    day = None if node.date is None else node.date.isoformat()
    is_interview = isinstance(node, Interview)
    for each in people(voice(node)):
        yield Person(each, node.id, is_interview, node.segment, day, node.illustrative)


def participant_row(said: Iterable[Person]) -> Row:
    """One person, from every interview and signal of theirs."""
    said = sorted(said, key=lambda each: (each.day or "", each.source))
    interviews = [each for each in said if each.interview]
    days = [each.day for each in interviews if each.day is not None]
    segments = [each.segment for each in (interviews or said) if each.segment]
    return (
        said[0].id,
        segments[-1] if segments else None,
        len(interviews),
        min(days, default=None),
        max(days, default=None),
        int(all(each.illustrative for each in said)),
    )


def rule_rows(rules: Iterable[Rule]) -> list[Row]:
    """The rules that were applied, by code."""
    from ost.judge.page import markdown, page

    pages = (page(type(each)) for each in rules)
    return sorted(
        (each.code, each.name, each.family, each.severity, each.summary, markdown(each))
        for each in pages
    )


def side_tables(documents: Iterable[Document], tree: Tree) -> dict[str, list[Row]]:
    """What the next incremental build looks up."""
    made: dict[str, list[Row]] = {table: [] for table in index.TABLES}
    for document in documents:
        made["place"].append(index.place_row(document))
        made["claim"] += index.claim_rows(document)
    known = tree.by_id.__contains__
    for node in tree.by_id.values():
        made["alias"] += index.alias_rows(node.id, node.entry)
        made["loose"] += index.loose_rows(node, known)
    return made
