"""A whole tree and its judgement as rows of every table."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from ost.judge.check import Judgement
from ost.judge.page import markdown, page
from ost.judge.rule import Rule
from ost.publish import evidence, index
from ost.publish.evidence import SILENT, Heard, roll_up, status_of
from ost.publish.rows import AT, Row, diagnostic_rows, rows, voice, waiver_rows
from ost.publish.shape import shape
from ost.read.document import Document
from ost.tree.model import Assumption, Interview, Node, NodeId, Signal, Test
from ost.tree.tree import Tree

NODE = AT["node"]
MOMENT = AT["moment"]
_PLACE = slice(NODE["outcome"], NODE["descendants"] + 1)
_EVIDENCE = slice(NODE["participants"], NODE["last_heard"] + 1)
_JUDGED = slice(NODE["errors"], NODE["waived"] + 1)

Tables = dict[str, list[Row]]


class Person(Struct, gc=False):
    """What one interview or signal says of its participant."""

    id: str
    source: str
    interview: bool
    segment: str | None
    day: str | None
    illustrative: bool


def tables(
    tree: Tree,
    judgement: Judgement,
    rules: Iterable[Rule],
    synonyms: Mapping[str, tuple[str, ...]],
) -> Tables:
    """Every row of a tree, but those of `file`, `meta` and `description`."""
    made: Tables = {"node": [], "waiver": [], "moment": []}
    people: dict[str, list[Person]] = {}
    for node in tree.by_id.values():
        own = rows(
            node, tree.outgoing.get(node.id, ()), tree.heard_in.get(node.id, ()), synonyms
        )
        made["node"].append(own.node)
        for table, more in own.tables().items():
            made.setdefault(table, []).extend(more)
        person = person_of(node)
        if person is not None:
            people.setdefault(person.id, []).append(person)
    for node_id, waived in judgement.waivers.items():
        made["waiver"] += waiver_rows(node_id, waived)
    made["participant"] = [participant_row(people[each]) for each in sorted(people)]
    made["rule"] = rule_rows(rules)
    names = {row[0]: row[1] for row in made["rule"]}
    made["diagnostic"] = diagnostic_rows(judgement.diagnostics, names)
    made["node"], made["evidence"] = _completed(tree, made, judgement)
    return made


def _completed(tree: Tree, made: Tables, judgement: Judgement) -> tuple[list[Row], list[Row]]:
    """The nodes with what depends on others filled in, and the evidence."""
    places = shape((row[0], row[1], row[NODE["parent"]]) for row in made["node"])
    parents = {
        str(node.id): tuple(str(each.id) for each in node.parents if each.found)
        for node in tree.by_id.values()
        if node.parents
    }
    heard = roll_up(map(heard_of, made["moment"]), parents)
    weights = Counter((each.node, each.severity.value) for each in judgement.diagnostics)
    nodes = []
    for row in made["node"]:
        node_id = row[0]
        full = list(row)
        full[_PLACE] = places[node_id]
        full[_EVIDENCE] = heard[node_id].counts() if node_id in heard else SILENT
        full[_JUDGED] = (
            weights[node_id, "error"],
            weights[node_id, "warning"],
            sum(each.state == "active" for each in judgement.waivers.get(NodeId(node_id), ())),
        )
        if row[NODE["kind"]] == Assumption.kind:
            full[NODE["status"]] = status_of(
                test.verdict for test in tree.children(tree.by_id[NodeId(node_id)], Test)
            )
        nodes.append(tuple(full))
    return nodes, evidence_rows(heard)


def evidence_rows(heard: Mapping[str, evidence.Evidence]) -> list[Row]:
    """Who speaks for which node, in order."""
    return [
        (node_id, person, moments)
        for node_id in sorted(heard)
        for person, moments in sorted(heard[node_id].people.items())
    ]


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


def person_of(node: Node) -> Person | None:
    """Who speaks in an interview or a signal."""
    person = voice(node)
    if person is None or not isinstance(node, (Interview, Signal)):
        return None
    return Person(
        person,
        node.id,
        isinstance(node, Interview),
        node.segment,
        None if node.date is None else node.date.isoformat(),
        node.illustrative,
    )


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
    pages = (page(type(each)) for each in rules)
    return sorted(
        (each.code, each.name, each.family, each.severity, each.summary, markdown(each))
        for each in pages
    )


def side_tables(documents: Iterable[Document], tree: Tree) -> Tables:
    """What the next incremental build looks up."""
    made: Tables = {table: [] for table in index.TABLES}
    for document in documents:
        made["place"].append(index.place_row(document))
        made["claim"] += index.claim_rows(document)
    known = tree.by_id.__contains__
    for node in tree.by_id.values():
        made["alias"] += index.alias_rows(node.id, node.entry)
        made["loose"] += index.loose_rows(node, known)
    return made
