"""A rule that keeps an answer by the identity of something that it was given hides no read:
nothing that it is given for one node is given for another, now or later.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pytest

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import KINDS, Interview, Node, NodeId
from ost.tree.tree import Tree
from tests.test_engine import Project, node
from tests.test_hidden_reads import STEPS

Given = Callable[[Node, Tree], object]

ASKED: dict[str, str] = {
    "kinds": "opportunity",
    "children_of": "aim",
    "outgoing": "idea",
    "incoming": "need",
    "heard_in": "talk",
    "about": "fear",
    "decided": "need",
    "by_id": "aim",
}


def first(of: Iterable[object]) -> object:
    return next(iter(of), None)


def mapping_of(mapping: str, node: Node, tree: Tree) -> object:
    return getattr(tree, mapping)


def answer_of(mapping: str, node: Node, tree: Tree) -> object:
    return getattr(tree, mapping).get(ASKED[mapping])


GIVEN: dict[str, Given] = {
    "the tree": lambda node, tree: tree,
    "the node": lambda node, tree: node,
    "its text": lambda node, tree: node.entry,
    "the clock": lambda node, tree: tree.clock,
    "what was worked out": lambda node, tree: tree.worked_out,
    "another's text": lambda node, tree: first(each.entry for each in tree.parents(node)),
    "transcripts": lambda node, tree: tree.transcripts,
    "a transcript": lambda node, tree: (
        tree.transcript(node) if isinstance(node, Interview) else None
    ),
    "an edge": lambda node, tree: first(tree.incoming.get(NodeId("aim"), ())),
    "a moment": lambda node, tree: first(tree.moments(node)),
    **{f"the mapping {each}": partial(mapping_of, each) for each in ASKED},
    **{f"an answer of {each}": partial(answer_of, each) for each in ASKED},
}

KEPT: dict[int, str] = {}


class Keeping(Rule, frozen=True, kw_only=True):
    """Says what it asked when it was first given something of that identity."""

    code = "TST001"
    severity = Severity.NOTE
    kinds = tuple(KINDS.values())
    by: str

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        given = GIVEN[self.by](node, tree)
        if given is not None:
            if id(given) not in KEPT:
                KEPT[id(given)] = str([each.title for each in tree.nodes(Node)])
            yield self.about(node, node.at, KEPT[id(given)])


@pytest.mark.parametrize("by", GIVEN)
def test_what_is_kept_by_identity_hides_no_read(by: str) -> None:
    KEPT.clear()
    project = Project(Keeping(by=by))
    said = set()
    for number, step in enumerate(STEPS):
        given = {
            path: text and text.replace("# Words", f"# Words {number}")
            for path, text in step.items()
        }
        spoken = f"WEBVTT\n\n00:01.000 --> 00:02.000\nAnn: {number}\n"
        project.change({**given, "talk.vtt": spoken})
        found = {each.message for each in project.diagnostics() if each.code == "TST001"}
        known = project.compiled.meanings
        titles = [known[each].node.title for each in sorted(project.compiled.nodes)]
        assert found <= {str(titles)}, number
        said |= found
    assert said


LATER: list[Tree] = []


class Returning(Rule, frozen=True, kw_only=True):
    """Asks a tree that it kept."""

    code = "TST002"
    kinds = tuple(KINDS.values())

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        LATER.append(tree)
        kept = LATER[0]
        titles = [each.title for each in kept.nodes(Node)]
        yield self.about(node, node.at, f"{titles} {kept.as_of}")


def test_a_tree_that_is_kept_answers_until_all_nodes_are_judged() -> None:
    LATER.clear()
    project = Project(Returning())
    project.change({"aim.md": node("outcome"), "need.md": node("opportunity", parent="aim")})
    assert {each.message for each in project.diagnostics()} == {"['Words', 'Words'] 2026-11-23"}
    project.change({"aim.md": node("outcome", status="met")})
    assert project.judged == {"aim", "need"}
    assert {each.message for each in project.diagnostics() if each.code == "TST002"} == {
        f"the rule returning failed on {each!r}: RuntimeError: a tree is for the check of one node;"
        " keep none"
        for each in ("aim", "need")
    }
