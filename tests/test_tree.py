"""Documents into the tree: links, parents, moments."""

from datetime import date

import pytest

from ost.read.document import Document
from ost.read.letters import fold
from ost.read.parse import parse
from ost.tree import graph
from ost.tree.build import build
from ost.tree.model import Decision, Interview, NodeId, Opportunity, Solution
from ost.tree.sections import part
from ost.tree.tree import Tree

DAY = date(2026, 11, 1)


def tree_of(text: str) -> Tree:
    """The tree of a txtar text."""
    documents = []
    for block in text.split("-- ")[1:]:
        path, _, body = block.partition(" --\n")
        documents.append(Document(path, parse(body)))
    return build(documents, as_of=DAY)


def remarks(tree: Tree) -> list[str]:
    """What reading and building had to say, one line each, as a person sees it."""
    return [
        f"{each.path}:{each.at.line + 1}:{each.at.column + 1} {each.code} {each.message}"
        for each in tree.diagnostics
    ]


def node(front: str, *, kind: str, body: str = "# A title\n") -> str:
    """A file with these lines of front matter."""
    return f"---\nkind: {kind}\n{front}\n---\n{body}"


OUTCOME = "-- better.md --\n---\nkind: outcome\n---\n# Better bets\n"
PARENT = "-- top.md --\n---\nkind: opportunity\nparent: better\n---\n# I have no time\n"


@pytest.mark.parametrize(
    "written",
    [
        "better",
        "[[better]]",
        '"[[better]]"',
        "'[[better|the outcome]]'",
        "[better]",
        "[[[better]]]",
        "\n  - better",
        "\n  - [[better]]",
        '\n  - "[[better]]"',
        "better.md",
        "Better",
        "old-name",
    ],
)
def test_a_parent_in_every_form(written: str) -> None:
    outcome = "-- better.md --\n---\nkind: outcome\naliases: [old-name]\n---\n# Better bets\n"
    tree = tree_of(outcome + "-- a.md --\n" + node(f"parent: {written}", kind="opportunity"))
    child = tree.by_id[NodeId("a")]
    assert remarks(tree) == []
    assert [each.id for each in tree.parents(child)] == ["better"]
    assert [each.id for each in tree.children_of[NodeId("better")]] == ["a"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[[top]]", ["top"]),
        ("[[top|words]] and [[top#heading]]", ["top", "top"]),
        ("[[folder/top]] [[Top]] [[top.md]]", ["top", "top", "top"]),
        ("[words](top.md) [w](./top.md#x) [w](../x/top.md)", ["top", "top", "top"]),
        (
            "[w](https://example.org) ![[a.canvas]] [[_TOC_]] [w](#here) [w](mailto:a@b.c)",
            [],
        ),
        ("`[[nothing]]`\n\n    [[nothing]]\n\n```\n[[nothing]]\n```\n", []),
    ],
)
def test_links_in_text_lead_to_nodes(body: str, expected: list[str]) -> None:
    tree = tree_of(
        OUTCOME
        + PARENT.replace("top.md", "x/top.md")
        + "-- x/a.md --\n"
        + node("parent: top", kind="opportunity", body=f"# T\n\n{body}\n")
    )
    edges = tree.outgoing[NodeId("a")]
    assert remarks(tree) == []
    assert [each.target for each in edges if each.link.relation == "mentions"] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("see [[tops]]", "a.md:6:7 OST010 no node 'tops'; did you mean 'top'?"),
        ("see [[zzz]]", "a.md:6:7 OST010 no node 'zzz'"),
        ("see [x](gone.md)", "a.md:6:9 OST010 no node 'gone.md'"),
        ("see [[TWIN]]", "a.md:6:7 OST011 'TWIN' could be 'Twin' or 'twin'"),
    ],
)
def test_stray_link_is_one_diagnostic(body: str, expected: str) -> None:
    twins = "".join(f"-- {name}.md --\n" + node("", kind="guide") for name in ("Twin", "twin"))
    tree = tree_of(
        OUTCOME + PARENT + twins + "-- a.md --\n" + node("", kind="guide", body=f"# T\n{body}\n")
    )
    assert remarks(tree) == [expected]


def test_dangling_parent_is_reported_once_at_its_place() -> None:
    tree = tree_of(OUTCOME + "-- a.md --\n" + node("parent: [beter, better]", kind="opportunity"))
    child = tree.by_id[NodeId("a")]
    assert remarks(tree) == ["a.md:3:10 OST010 no node 'beter'; did you mean 'better'?"]
    assert [each.found for each in child.parents] == [False, True]
    assert tree.parent(child) == tree.by_id[NodeId("better")]


def test_foreign_pages_may_be_linked_but_not_parents() -> None:
    tree = tree_of(
        "-- readme.md --\n# Read me\n-- a.md --\n"
        + node("parent: readme", kind="opportunity", body="# T\n[[readme]] [r](readme.md)\n")
    )
    assert [each.split(" ", 1)[1] for each in remarks(tree) if "OST005" not in each] == [
        "OST010 'readme' is a file without a node"
    ]


def test_first_node_of_an_id_stays_and_others_are_reported() -> None:
    text = "".join(f"-- {folder}/x.md --\n" + node("", kind="guide") for folder in ("b", "a"))
    tree = tree_of(text)
    assert tree.by_id[NodeId("x")].path == "a/x.md"
    assert remarks(tree) == ["b/x.md:5:3 OST012 the id 'x' is taken by a/x.md, line 5; rename it"]
    assert tree.diagnostics[0].related[0][0].path == "a/x.md"


def test_second_node_with_the_same_words_gets_advice() -> None:
    tree = tree_of("-- t.md --\n---\nkind: tree\n---\n# Outcome: O\n- Opportunity: A\n- Need: A\n")
    cure = "give this one an id of its own, as `^id` behind its words"
    assert f"t.md:6:9 OST012 the id 'a' is taken by t.md, line 5; {cure}" in remarks(tree)


@pytest.mark.parametrize("written", ["[b](better.md)", "[b](<better.md>)", "![](better)"])
def test_markdown_link_in_a_field_names_the_id_to_write(written: str) -> None:
    tree = tree_of(OUTCOME + "-- a.md --\n" + node(f'parent: "{written}"', kind="opportunity"))
    assert remarks(tree) == [
        "a.md:3:9 OST010 this field takes an id, not a Markdown link; write 'better'"
    ]
    fix = tree.diagnostics[0].fix
    assert fix is not None
    assert [each.text for each in fix.edits] == ["better"]


def test_an_unknown_kind_keeps_its_links_alive() -> None:
    tree = tree_of(
        "-- a.md --\n"
        + node("", kind="oportunity")
        + "-- b.md --\n"
        + node("", kind="guide", body="# T\n[[a]]\n")
    )
    assert tree.by_id[NodeId("a")].kind == "unknown"
    assert [each.split()[1] for each in remarks(tree)] == ["OST006"]


SNAPSHOT = """\
-- p7.md --
---
kind: interview
participant: P07
---
# P07

## Opportunities
- [[top]] no hour is free [12:41]
  > Nobody has an hour. [13:05]
  - she said it twice [13:20]
- [[better|the outcome]]: against all odds
- against [[top]], she made time [14:00]
- nothing linked [15:00]

### later on
- [[top]]

## Insights
- [[top]] is no moment here
"""


def test_links_under_opportunities_make_moments() -> None:
    tree = tree_of(OUTCOME + PARENT + SNAPSHOT)
    found = tree.heard_in[NodeId("p7")]
    assert [(each.node, each.words, each.against, each.seconds) for each in found] == [
        ("top", "no hour is free", False, (761, 800)),
        ("better", "against all odds", False, ()),
        ("top", "she made time", True, (840,)),
        ("top", "", False, ()),
    ]
    assert [(each.text, each.second) for each in found[0].quotes] == [("Nobody has an hour.", 785)]
    better = tree.by_id[NodeId("better")]
    assert len(tree.evidence(better)) == 4
    assert [each.source for each in tree.moments(better)] == ["p7"]


def test_a_signal_speaks_for_what_it_links() -> None:
    tree = tree_of(
        OUTCOME
        + PARENT
        + "-- s.md --\n"
        + node("source: desk", kind="signal", body="# Ticket\n[[top]] and [[top]]\n")
    )
    assert [(each.source, each.node) for each in tree.about[NodeId("top")]] == [("s", "top")]


def test_circles_do_not_hang() -> None:
    tree = tree_of(
        "".join(
            f"-- {name}.md --\n" + node(f"parent: {above}", kind="opportunity")
            for name, above in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "d"), ("e", "a"))
        )
    )
    assert [each.id for each in tree.ancestors(tree.by_id[NodeId("e")])] == ["a", "b", "c"]
    assert [each.id for each in tree.descendants(tree.by_id[NodeId("a")])] == ["c", "e", "b"]


def test_the_graph_holds_every_node_and_edge() -> None:
    tree = tree_of(
        OUTCOME
        + PARENT
        + SNAPSHOT
        + "-- s.md --\n"
        + node("parent: top", kind="solution")
        + "-- d.md --\n"
        + node("parent: top\nchose: s\nover: [better]", kind="decision")
    )
    made = graph.of(tree)
    assert set(made.nodes) == {"better", "top", "p7", "s", "d"}
    relations = sorted({data["relation"] for *_, data in made.edges(data=True)})
    assert relations == ["chose", "evidence", "mentions", "over", "parent"]
    decision = tree.by_id[NodeId("d")]
    assert isinstance(decision, Decision)
    assert [each.id for each in decision.over] == ["better"]


def test_walking_the_tree() -> None:
    tree = tree_of(
        OUTCOME + PARENT + SNAPSHOT + "-- s.md --\n" + node("parent: top", kind="solution")
    )
    top = tree.by_id[NodeId("top")]
    assert [each.id for each in tree.nodes(Interview)] == ["p7"]
    assert [each.id for each in tree.children(top, Solution)] == ["s"]
    assert tree.children(top, Opportunity) == ()
    assert tree.get("nobody") is None
    assert tree.parent(tree.by_id[NodeId("better")]) is None
    assert top.place("parent").line == 2
    assert top.place("status") == top.at


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Opportunities", "opportunities"),
        ("  quick FACTS: ", "quick facts"),
        ("Experience map", "story"),
        ("Next steps", ""),
    ],
)
def test_headings_name_parts(heading: str, expected: str) -> None:
    assert part(heading) == expected


def test_names_are_folded() -> None:
    assert fold("Can't  agree_what") == "can't-agree-what"
