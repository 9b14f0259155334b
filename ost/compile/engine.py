"""Brings a compiled project up to date with changed texts.

Three steps, each over as little as can have changed: names with a new target, nodes with a new
meaning, nodes to judge again. It knows no rule, no kind and no field.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from msgspec import Struct

from ost.compile.compiled import ClaimedNames, Compiled, Memo, Text
from ost.compile.inputs import Inputs
from ost.compile.marks import changed, marks_of
from ost.compile.meanings import Meaning, Meanings
from ost.compile.notebook import Notebook
from ost.compile.reads import (
    EVERY,
    Note,
    NotedNames,
    WithoutSuggestions,
    note,
    notes_of,
    touches,
)
from ost.days import away
from ost.judge.check import Judged, Ruleset, check_node
from ost.read.diagnostic import Diagnostic
from ost.tree.build import double
from ost.tree.claims import NameAnswer, entries
from ost.tree.facts import Facts
from ost.tree.index import FactsChange, Index
from ost.tree.model import Node, NodeId
from ost.tree.tree import Tree

Changes = Mapping[str, Text | None]
"""The current file by path; None if it was deleted."""


class Verdict(Struct, frozen=True):
    """A node's judgement, the questions it asked the tree, and the days on which it holds."""

    judged: Judged
    asked: bytes
    since: str
    until: str


class Touched(Struct, frozen=True):
    """What an update recomputed. `built` are nodes whose rows may differ, and `before` has the
    facts of those that existed. `file_diagnostics` are about a file but no node. `index` and
    `meanings` cover all nodes.
    """

    texts: Changes
    built: Mapping[NodeId, Meaning]
    before: Mapping[NodeId, Facts]
    gone: AbstractSet[NodeId]
    judged: Mapping[NodeId, Judged]
    file_diagnostics: Mapping[str, tuple[Diagnostic, ...]]
    index: Index
    meanings: Mapping[NodeId, Meaning]

    def changed(self) -> dict[NodeId, FactsChange]:
        """The facts of each node that was built or deleted, before and after."""
        return {
            each: FactsChange(self.before.get(each), self.index.facts.get(each))
            for each in (*self.built, *self.gone)
        }


def update(before: Compiled, changes: Changes, inputs: Inputs) -> tuple[Compiled, Touched]:
    """The compiled project after the changes, and what they touched."""
    built = Built(before, changes, inputs)
    return built.finished(dict(judge(built, built.to_judge())))


class Built:
    """An update whose nodes are built but not yet judged."""

    def __init__(self, before: Compiled, changes: Changes, inputs: Inputs) -> None:
        """Builds the nodes that the changes may affect."""
        self.before, self.changes, self.inputs = before, changes, inputs
        self.rules = Ruleset(inputs.rules)
        self.texts = {path: text for path, text in {**before.texts, **changes}.items() if text}
        self._touched = {NodeId(each) for path in changes for each in self._claims(path)}
        # Before the first build, no node has asked anything.
        asked = self._names_changed() if before.nodes else set()
        known = before.nodes and not asked
        self._claimed = before.claimed if known else ClaimedNames(self.texts)
        self.names, self.files = self._claimed.names_and_files
        self.gone = {
            each for each in self._touched if each in before.nodes and each not in self.files
        }
        answers = self.names if inputs.suggests else WithoutSuggestions(self.names)
        self.meanings = Meanings(
            self.files, inputs, answers, before.meanings if inputs.suggests else {}
        )
        fresh: dict[NodeId, Facts | None] = dict.fromkeys(self.gone)
        noted = NotedNames(self.names)
        asking = noted if inputs.suggests else WithoutSuggestions(noted)
        self.named: dict[NodeId, bytes] = {}
        for node_id in sorted(self._to_build(asked)):
            fresh[node_id] = self.meanings.built(node_id, asking).facts
            self.named[node_id] = noted.notes()
        self._marks: dict[NodeId, bytes] = {}
        self.facts = before.facts.after(fresh)
        self.index = Index(
            self.facts,
            before.parts if before.nodes else None,
            {each: FactsChange(before.facts.get(each), facts) for each, facts in fresh.items()},
        )
        self.tree: Tree = self.meanings.tree(self.index)

    def _to_build(self, asked: set[Note]) -> set[NodeId]:
        """The nodes that may have a new meaning: their own text or a name they use changed."""
        changed_nodes = self._touched & self.files.keys()
        affected = {each for each in changed_nodes if not self.meanings.is_unchanged(each)}
        if asked:
            affected |= {
                node_id
                for node_id, memo in self.before.nodes.items()
                if node_id in self.files and touches(memo.named, asked)
            }
        return affected

    def marks(self, node_id: NodeId) -> bytes:
        """The marks of a node that was built."""
        if node_id not in self._marks:
            meaning, blob = self.meanings[node_id], self.texts[self.files[node_id]].blob
            self._marks[node_id] = marks_of(meaning.node, blob, meaning.edges, meaning.moments)
        return self._marks[node_id]

    def to_judge(self) -> list[NodeId]:
        """The nodes that may get another judgement, by id."""
        if not self.before.nodes:
            return sorted(self.files)
        asked, today = self._answers_changed(), self.inputs.as_of.isoformat()
        affected = set(self.named)
        if asked:
            affected |= {
                each for each, memo in self.before.nodes.items() if touches(memo.asked, asked)
            }
        if not _holds(*self.before.days, today):
            affected |= {
                each
                for each, memo in self.before.nodes.items()
                if not _holds(memo.since, memo.until, today)
            }
        return sorted(affected - self.gone)

    def finished(self, verdicts: Mapping[NodeId, Verdict]) -> tuple[Compiled, Touched]:
        """The compiled project with these judgements, and what was touched."""
        return self.compiled(verdicts), self.touched(verdicts)

    def compiled(self, verdicts: Mapping[NodeId, Verdict]) -> Compiled:
        """The compiled project with these judgements."""
        nodes = {**self.before.nodes}
        for node_id in self.gone:
            del nodes[node_id]
        for node_id, found in verdicts.items():
            days = (found.asked, found.since, found.until)
            if node_id in self.named:
                nodes[node_id] = Memo(self.marks(node_id), self.named[node_id], *days)
            else:
                nodes[node_id] = Memo(nodes[node_id].marks, nodes[node_id].named, *days)
        kept = self.meanings.to_keep() if self.inputs.suggests else {}
        return Compiled(self.texts, nodes, self.facts, self.index.parts, self._claimed, kept)

    def touched(self, verdicts: Mapping[NodeId, Verdict]) -> Touched:
        """What was touched, with these judgements."""
        return Touched(
            texts=self.changes,
            built={node_id: self.meanings[node_id] for node_id in self.named},
            before={
                each: self.before.facts[each]
                for each in (*self.named, *self.gone)
                if each in self.before.facts
            },
            gone=self.gone,
            judged={node_id: found.judged for node_id, found in verdicts.items()},
            file_diagnostics=dict(self.file_diagnostics()),
            index=self.index,
            meanings=self.meanings,
        )

    def _names_changed(self) -> set[Note]:
        """The questions to names whose answers may differ. Even an unchanged answer counts if
        another file takes over or releases one of this file's ids.
        """
        asked: set[NameAnswer] = set()
        claimed = Counter(each for path in self.changes for each in self._claims(path))
        for path, text in self.changes.items():
            old, new = _answers(path, self.before.texts.get(path)), _answers(path, text)
            shared = any(claimed[each] > 1 for each in self._claims(path))
            asked |= old | new if shared else old ^ new
        for path, text in self.texts.items():
            if path not in self.changes and self._shares_an_id(text):
                asked |= _answers(path, text)
        return {each for question, about, _ in asked for each in notes_of(question, about)}

    def _claims(self, path: str) -> set[str]:
        """Every id that a changed file claims or claimed."""
        both = (self.before.texts.get(path), self.changes[path])
        return {each for text in both if text and text.claims for each in text.claims.ids}

    def _answers_changed(self) -> set[Note]:
        """The questions to the tree whose answers may differ."""
        found: set[Note] = set()
        for node_id in (*self.named, *self.gone):
            old = self.before.nodes.get(node_id)
            before = (self.before.facts[node_id], old.marks) if old else None
            after = (self.facts[node_id], self.marks(node_id)) if node_id in self.named else None
            found.update(changed(node_id, before, after))
        for path, text in self.changes.items():
            both = (self.before.texts.get(path), text)
            if any(each is not None and each.claims is None for each in both):
                found |= {note("transcript", path), note("transcript", EVERY)}
        return found

    def file_diagnostics(self) -> Iterable[tuple[str, tuple[Diagnostic, ...]]]:
        """The diagnostics of files whose text or ids changed."""
        for path, text in self.texts.items():
            if text.claims is not None and (path in self.changes or self._shares_an_id(text)):
                yield path, self.diagnostics_of(path)

    def _shares_an_id(self, text: Text) -> bool:
        """Whether a file claims an id that a changed file claims or claimed."""
        return text.claims is not None and not self._touched.isdisjoint(text.claims.ids)

    def diagnostics_of(self, path: str) -> tuple[Diagnostic, ...]:
        """A file's diagnostics that are about none of its nodes."""
        document = self.inputs.document(path)
        own = self.texts[path].claims
        is_valid = own is not None and own.own and self.files[NodeId(own.own)] == path
        remarks = [] if is_valid else [*document.diagnostics]
        ids: set[str] = set()
        for entry in document.reading.entries:
            node_id = NodeId(entry.id or document.stem)
            first = self.files[node_id]
            if first != path or node_id in ids:
                place = entries(self.inputs.document(first))[node_id]
                remarks.append(double(node_id, path, entry, first, place))
            ids.add(node_id)
        once = {(each.order, each.node): each for each in self.rules.in_force(remarks)}
        return tuple(once[key] for key in sorted(once))


def judge(built: Built, nodes: Iterable[NodeId]) -> Iterable[tuple[NodeId, Verdict]]:
    """Judges these nodes."""
    book, inputs = Notebook(built.tree, others=built.rules.others), built.inputs
    for node_id in nodes:
        meaning = built.meanings[node_id]
        node = book.open(meaning.node)
        judged = check_node(node, book.tree, built.rules, meaning.remarks, as_of=inputs.as_of)
        yield node_id, Verdict(judged, book.notes(), *_days(node, inputs.as_of, book.dated))
    book.close()


def _days(node: Node, today: date, dated: bool) -> tuple[str, str]:  # noqa: FBT001 - a fact
    """The days around today on which a node's diagnostics hold: no waiver ends on them."""
    if dated:
        return today.isoformat(), today.isoformat()
    ends = sorted(each.until for each in node.waivers if each.until is not None)
    past = [each for each in ends if each < today]
    since = away(past[-1], 1).isoformat() if past else ""
    return since, next((each.isoformat() for each in ends if each >= today), "")


def _holds(since: str, until: str, today: str) -> bool:
    return since <= today and (not until or today <= until)


def _answers(path: str, text: Text | None) -> set[NameAnswer]:
    """The answers about names that a file contributes."""
    return set(text.claims.answers(path)) if text and text.claims else set()
