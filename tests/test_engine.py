"""The engine: after any change, what is compiled is what a clean build of the same texts is.

Rules that ask the tree for anything at all are the test: each says what it was answered, so that an
answer that changed unnoticed is a diagnostic that differs.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from unicodedata import normalize

import pytest

from ost.compile.compiled import EMPTY, Compiled, Text
from ost.compile.engine import Touched, update
from ost.compile.inputs import Inputs
from ost.judge.check import all_rules, check, configure
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import Document
from ost.read.parse import parse
from ost.read.transcripts import read
from ost.tree.build import build
from ost.tree.claims import claims_of
from ost.tree.model import KINDS, Decision, Interview, Node, Opportunity
from ost.tree.sections import SECTIONS
from ost.tree.tree import Tree
from tests.test_incremental import IDS, SPOKEN, said, written

Question = Callable[[Node, Tree], object]

QUESTIONS: dict[str, Question] = {
    "siblings": lambda node, tree: [
        (each.id, each.status)
        for parent in tree.parents(node)
        for each in tree.children(parent, Opportunity)
    ],
    "fields above": lambda node, tree: [
        (each.title, each.illustrative, each.at) for each in tree.ancestors(node)
    ],
    "kinds above": lambda node, tree: [each.kind for each in tree.ancestors(node)],
    "texts below": lambda node, tree: [each.entry.body for each in tree.descendants(node)],
    "sections of parents": lambda node, tree: [
        [part.title for part in each.entry.sections] for each in tree.parents(node)
    ],
    "evidence": lambda node, tree: [
        (each.source, each.words, each.against, each.seconds) for each in tree.evidence(node)
    ],
    "who said so": lambda node, tree: [
        getattr(tree.by_id[each.source], "participant", None) for each in tree.moments(node)
    ],
    "quotes": lambda node, tree: [said.text for each in tree.moments(node) for said in each.quotes],
    "moments inside": lambda node, tree: tree.heard_in.get(node.id, ()),
    "moments of others": lambda node, tree: [
        tree.heard_in.get(each.source, ()) for each in tree.moments(node)
    ],
    "links to here": lambda node, tree: [
        (each.source, each.link.at) for each in tree.incoming.get(node.id, ())
    ],
    "links from parents": lambda node, tree: [
        [each.target for each in tree.outgoing.get(parent.id, ())] for parent in tree.parents(node)
    ],
    "decisions": lambda node, tree: tree.decided.get(node.id, ()),
    "reasons": lambda node, tree: [
        getattr(tree.by_id[each], "over", None) for _, each in tree.decided.get(node.id, ())
    ],
    "how many": lambda node, tree: len(tree.by_id),
    "all of a kind": lambda node, tree: [each.title for each in tree.nodes(Decision)],
    "all ids": lambda node, tree: sorted(tree.by_id),
    "every kind": lambda node, tree: sorted((kind, len(ids)) for kind, ids in tree.kinds.items()),
    "one by name": lambda node, tree: getattr(tree.get("need1"), "status", "not there"),
    "one that may come": lambda node, tree: "idea2" in tree.by_id,
    "transcript": lambda node, tree: (
        len(found.turns)
        if isinstance(node, Interview) and (found := tree.transcript(node))
        else None
    ),
    "all transcripts": lambda node, tree: sorted(tree.transcripts),
    "children of all parents": lambda node, tree: sorted(tree.children_of),
    "every mapping as it comes": lambda node, tree: [
        list(mapping)
        for mapping in (tree.kinds, tree.children_of, tree.incoming, tree.about, tree.decided)
    ],
    "nodes as they are shown": lambda node, tree: [
        repr((each, each.entry)) for each in tree.parents(node)
    ],
    "the day": lambda node, tree: tree.as_of if "need" in node.id else None,
}


class Asking(Rule, frozen=True, kw_only=True):
    """Reports the answers that it got."""

    code = "TST001"
    severity = Severity.NOTE
    kinds = tuple(KINDS.values())
    asked: tuple[str, ...] = ()

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        for name in self.asked:
            yield self.about(node, node.at, f"{name}: {QUESTIONS[name](node, tree)!r}")


class SiblingOfTarget(Rule, frozen=True, kw_only=True):
    """A sibling is the target."""

    code = "TST002"
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        parent = tree.parent(node)
        if parent is not None:
            for each in tree.children(parent, Opportunity):
                if each.id != node.id and each.status == "target":
                    yield self.about(node, node.at, f"{each.id} is the target")


def take(
    files: dict[str, str],
    changes: Mapping[str, str | None],
    document: Callable[[str], Document],
) -> dict[str, Text | None]:
    """Changes the files, and gives the changes as the engine takes them."""
    files.update({path: text for path, text in changes.items() if text is not None})
    for path in [path for path, text in changes.items() if text is None]:
        files.pop(path, None)
    return {
        path: None
        if text is None
        else Text(text, claims_of(document(path)) if path.endswith(".md") else None)
        for path, text in changes.items()
    }


class Project:
    """Texts that change, the engine's result, and the result of a clean build."""

    def __init__(self, *rules: Rule) -> None:
        self.rules = rules
        self.today = date(2026, 11, 23)
        self.files: dict[str, str] = {}
        self.compiled: Compiled = EMPTY
        self.nodes: dict[str, tuple[Diagnostic, ...]] = {}
        self.said: dict[str, tuple[Diagnostic, ...]] = {}
        self.judged: set[str] = set()

    def _document(self, path: str) -> Document:
        return Document(path, parse(self.files[path]))

    def _spoken(self) -> dict[str, object]:
        paths = (each for each in self.files if not each.endswith(".md"))
        return {each: read(self.files[each], each[-4:]) for each in paths}

    def change(self, changes: dict[str, str | None]) -> None:
        """Takes these texts, and brings everything up to date."""
        texts = take(self.files, changes, self._document)
        inputs = Inputs(
            document=self._document,
            transcripts=self._spoken(),  # type: ignore[arg-type] # they are
            synonyms=SECTIONS,
            rules=self.rules,
            as_of=self.today,
        )
        self.compiled, touched = update(self.compiled, texts, inputs)
        self._take(touched)

    def _take(self, touched: Touched) -> None:
        for node_id in touched.gone:
            self.nodes.pop(node_id, None)
        self.nodes |= {each: found.diagnostics for each, found in touched.judged.items()}
        for path in touched.texts:
            self.said.pop(path, None)
        self.said |= touched.file_diagnostics
        self.judged = set(touched.judged)

    def diagnostics(self) -> list[Diagnostic]:
        """The engine's findings for everything."""
        found = [*self.nodes.values(), *self.said.values()]
        return sorted((each for some in found for each in some), key=_order)

    def clean(self) -> list[Diagnostic]:
        """A clean build's findings."""
        documents = [self._document(each) for each in self.files if each.endswith(".md")]
        tree = build(documents, as_of=self.today, transcripts=self._spoken())  # type: ignore[arg-type] # see above
        return sorted(check(tree, self.rules), key=_order)


def _order(each: Diagnostic) -> tuple[object, ...]:
    return (*each.order, each.node)


def edit(chance: random.Random, files: dict[str, str]) -> dict[str, str | None]:
    """Something that may happen to the files."""
    deed = chance.choice(["write", "write", "write", "line", "remove", "move", "double", "say"])
    node_id, paths = chance.choice(IDS), sorted(each for each in files if each.endswith(".md"))
    path = next((each for each in paths if each.endswith(f"/{node_id}.md")), f"a/{node_id}.md")
    if deed == "line" and paths:
        path = chance.choice(paths)
        return {path: files[path].replace("\n\n", "\n\n\nA line more.\n\n", 1)}
    if deed == "remove" and paths:
        return {chance.choice(paths): None}
    if deed == "move" and paths:
        old, new = chance.choice(paths), f"{chance.choice('ab')}/{chance.choice(IDS)}.md"
        return {old: None, new: files[old]}
    if deed == "say":
        path = f"{chance.choice('ab')}/{chance.choice(SPOKEN)}"
        gone = path in files and chance.random() < 0.4
        return {path: None if gone else said(chance, path[-4:])}
    if deed == "double":
        path = f"{chance.choice('ab')}/{node_id}.md"
    return {path: written(chance, node_id)}


@pytest.mark.parametrize("seed", range(24))
def test_rules_see_what_a_clean_build_sees(seed: int) -> None:
    chance = random.Random(seed)
    asked = chance.sample(sorted(QUESTIONS), 1 + seed % 4)
    ours = configure(all_rules()) if seed % 3 == 0 else ()
    project = Project(Asking(asked=tuple(asked)), SiblingOfTarget(), *ours)
    first = [each for each in IDS if chance.random() < 0.7]
    project.change({f"{chance.choice('ab')}/{each}.md": written(chance, each) for each in first})
    assert project.diagnostics() == project.clean()
    for _ in range(25):
        if chance.random() < 0.15:
            project.today = date(2026, chance.randrange(9, 13), chance.randrange(1, 28))
        project.change(edit(chance, project.files) if chance.random() < 0.9 else {})
        assert project.diagnostics() == project.clean(), asked


def node(kind: str, **fields: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\nkind: {kind}\n{lines}---\n# Words\n"


def test_a_rule_about_siblings_is_judged_again_when_a_sibling_changes() -> None:
    project = Project(SiblingOfTarget())
    project.change(
        {
            "aim.md": node("outcome"),
            "one.md": node("opportunity", parent="aim"),
            "two.md": node("opportunity", parent="aim"),
            "far.md": node("opportunity"),
        }
    )
    assert not project.diagnostics()
    project.change({"two.md": node("opportunity", parent="aim", status="target")})
    assert [each.message for each in project.diagnostics()] == ["two is the target"]
    assert "far" not in project.judged


def test_a_rule_about_the_kind_of_a_parent_is_judged_again_when_only_that_changes() -> None:
    """Kinds may have the same fields: an outcome and an interview with nothing but a kind."""
    project = Project(Asking(asked=("kinds above",)))
    project.change({"one.md": node("outcome"), "need.md": node("opportunity", parent="one")})
    for kind in ("interview", "decision", "guide", "nonsense", "opportunity", "solution"):
        project.change({"one.md": node(kind)})
        assert project.diagnostics() == project.clean(), kind


@pytest.mark.parametrize("mapping", ["kinds", "children_of", "incoming", "about", "decided"])
def test_mappings_are_in_the_order_of_their_keys_whatever_came_first(mapping: str) -> None:
    class Listing(Asking, frozen=True, kw_only=True):
        def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
            keys = list(getattr(tree, mapping))
            assert keys == sorted(keys)
            yield self.about(node, node.at, " ".join(keys))

    project = Project(Listing())
    talk = node("interview") + "\n## Opportunities\n\n- [[need]] said\n- [[fear]] said\n"
    project.change({"need.md": node("opportunity"), "idea.md": node("solution", parent="need")})
    project.change({"talk.md": talk, "fear.md": node("opportunity")})
    project.change({"choice.md": node("decision", chose="need", over="fear")})
    project.change({"a.md": node("assumption", parent="fear")})
    assert project.diagnostics() == project.clean()


@pytest.mark.parametrize("text", ["Words.\n", "---\nkind: tree\n---\n- Outcome: more ^more\n"])
def test_first_of_two_files_of_one_name_is_linked_whichever_was_there_first(text: str) -> None:
    written, apart = (f"{normalize(form, 'café')}.md" for form in ("NFC", "NFD"))
    files: dict[str, str | None] = {written: node("opportunity"), apart: text}
    for first, second in ((written, apart), (apart, written)):
        project = Project(Asking(asked=("fields above",)))
        project.change({"idea.md": node("solution", parent="café.md")})
        for path in (first, second):
            project.change({path: files[path]})
        assert project.diagnostics() == project.clean()
        said = [each.message for each in project.diagnostics() if each.node == "idea"]
        assert said == ["fields above: []"], "the other one is not read"


def test_former_id_still_works_when_another_file_takes_the_id() -> None:
    fields = Asking(asked=("fields above",))
    project = Project(fields)
    project.change(
        {
            "b/aim.md": node("outcome", aliases="[goal]"),
            "need.md": node("opportunity", parent="goal"),
        }
    )
    assert "Words" in project.diagnostics()[-1].message
    for text in (node("outcome"), None):
        project.change({"a/aim.md": text})
        assert project.diagnostics() == project.clean()


def test_only_readers_of_a_change_are_judged_again() -> None:
    project = Project(Asking(asked=("fields above",)))
    project.change(
        {
            "aim.md": node("outcome"),
            "need.md": node("opportunity", parent="aim"),
            "idea.md": node("solution", parent="need"),
            "other.md": node("outcome"),
        }
    )
    project.change({"aim.md": node("outcome") + "\nMore words.\n"})
    assert project.judged == {"aim"}, "nobody read its text"
    project.change({"aim.md": node("outcome", illustrative="true")})
    assert project.judged == {"aim", "need", "idea"}


def test_new_day_rejudges_only_nodes_that_asked_for_it() -> None:
    project = Project(Asking(asked=("siblings",)))
    waived = "{rule: orphan, because: so it is, until: 2026-12-01}"
    project.change({"need.md": node("opportunity"), "odd.md": node("opportunity", allow=waived)})
    assert project.compiled.days == ("", "2026-12-01")
    project.today = date(2026, 11, 30)
    project.change({})
    assert not project.judged
    project.today = date(2026, 12, 2)
    project.change({})
    assert project.judged == {"odd"}
    assert project.compiled.days == ("2026-12-02", "")


def test_former_ids_belong_to_the_file_of_an_id() -> None:
    """The first of two files with one id goes: the other's former ids count from then on."""
    project = Project(Asking(asked=("links from parents", "links to here")))
    project.change(
        {
            "a.md": "---\nkind: opportunity\nid: same\n---\n# One\n",
            "same.md": node("opportunity", aliases="[old]"),
            "other.md": node("opportunity", aliases="[old]"),
            "idea.md": node("solution", parent="old"),
        }
    )
    assert project.diagnostics() == project.clean()
    for text in (node("opportunity"), None):
        project.change({"a/same.md": node("opportunity") if text else None})
        assert project.diagnostics() == project.clean()


def test_former_ids_come_with_an_id_that_moves_to_a_file_that_changes_too() -> None:
    project = Project(Asking(asked=("links from parents", "fields above")))
    project.change(
        {
            "a/same.md": node("opportunity"),
            "b/same.md": node("opportunity", aliases="[old]"),
            "other.md": node("opportunity", aliases="[old]"),
            "idea.md": node("solution", parent="old"),
        }
    )
    assert project.diagnostics() == project.clean()
    for first in (None, node("opportunity")):
        again = node("opportunity", aliases="[old]", status="target")
        project.change({"a/same.md": first, "b/same.md": again})
        assert project.diagnostics() == project.clean()
