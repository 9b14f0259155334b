"""The notation of a node's text: each place cuts out what it names."""

from datetime import date

from ost.notation import Notation, notation, sections
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.build import build
from ost.tree.fields import given_fields
from ost.tree.model import NodeId
from ost.tree.notation import columns, hidden_spans, link_spans
from ost.tree.sections import SECTIONS
from ost.tree.tree import Tree

TEXTS = {
    "need.md": """\
---
kind: opportunity
other_ways: [ask, 'see [[p07]]']
---
# The need
See [[p07]], [the talk](p07.md) ^b1
""",
    "p07.md": """\
---
kind: interview
participant: P07
---
# P07

## Story
1. [01:10] They met [[need|the queue]] and [[need]] twice

## Opportunities
- [[need]] We wait
  for the [[need|other
  queue]] [12:41-13:05]
  > It is [[need|slow]]. (14:02)

> Interviewer: And [[need]] then [15:16]?
""",
    "go.md": """\
---
kind: decision
on: 2026-11-12
because: it held in [[need|the queue]], not in [[nowhere]]
---
# We go
""",
    "all.md": """\
---
kind: tree
---
# Outcome: people agree ^grow

## Opportunity: they wait ^wait

The queue is [[need]] long [05:07].
And longer in [the talk](p07.md).
""",
}


def built() -> Tree:
    documents = [Document(path, parse(text)) for path, text in TEXTS.items()]
    return build(documents, as_of=date(2026, 11, 20))


def marks_of(tree: Tree, name: str) -> tuple[str, str | None, Notation]:
    node = tree.by_id[NodeId(name)]
    edges = tree.outgoing.get(node.id, ())
    moments = tree.heard_in.get(node.id, ())
    headed, found = columns(node, edges, moments, SECTIONS, given_fields(node))
    return node.entry.body, headed, notation(found)


def test_each_place_cuts_out_what_it_names() -> None:
    body, headed, found = marks_of(built(), "p07")
    assert [body[each.start : each.end] for each in found.links] == [
        "[[need|the queue]]",
        "[[need]]",
        "[[need]]",
        "[[need|other\n  queue]]",
        "[[need|slow]]",
        "[[need]]",
    ]
    *said, asked = (each.node for each in found.links)
    assert {*said} == {"need"}
    assert asked is None  # an interviewer's words connect nothing
    assert [(body[each.start : each.end], each.second, each.until) for each in found.stamps] == [
        ("[01:10]", 70, None),
        ("[12:41-13:05]", 761, 785),
        ("(14:02)", 842, None),
        ("[15:16]", 916, None),
    ]
    parts = [(each.part, each.title, body[each.start :][:5]) for each in sections(headed)]
    assert parts == [
        ("story", "Story", "Story"),
        ("opportunities", "Opportunities", "Oppor"),
    ]


def test_links_in_spoken_words_have_their_place_there() -> None:
    tree = built()
    _, _, found = marks_of(tree, "p07")
    (moment,) = tree.heard_in[NodeId("p07")]
    spoken = {
        "moment": moment.words,
        "step": "They met the queue and need twice",
        "quote": "It is slow.",
    }
    assert [(each.table, spoken[each.table][each.start : each.end]) for each in found.spoken] == [
        ("moment", "other queue"),
        ("quote", "slow"),
        ("step", "the queue"),
        ("step", "need"),
    ]


def test_links_in_fields_have_their_place_in_the_value() -> None:
    tree = built()
    reason = "it held in [[need|the queue]], not in [[nowhere]]"
    _, _, found = marks_of(tree, "go")
    assert [
        (each.field, reason[each.start : each.end], each.node, each.words) for each in found.fields
    ] == [
        ("because", "[[need|the queue]]", "need", "the queue"),
        ("because", "[[nowhere]]", None, "nowhere"),
    ]
    _, _, found = marks_of(tree, "need")
    assert [
        (each.field, "see [[p07]]"[each.start : each.end], each.node) for each in found.fields
    ] == [("other_ways.1", "[[p07]]", "p07")]


def test_body_put_together_from_a_one_file_tree_has_places_too() -> None:
    body, _, found = marks_of(built(), "wait")
    assert body[found.title[0] :].startswith("they wait")
    assert [body[each.start : each.end] for each in found.links] == ["[[need]]"]
    assert [body[each.start : each.end] for each in found.stamps] == ["[05:07]"]
    assert [(body[each.start : each.end], each.node) for each in found.addresses] == [
        ("p07.md", "p07")
    ]


def test_what_no_page_shows_is_hidden() -> None:
    entry = built().by_id[NodeId("need")].entry
    assert [entry.body[start:end] for start, end in link_spans(entry)] == ["[[p07]]"]
    hidden = [entry.body[start:end].strip() for start, end in hidden_spans(entry)]
    assert hidden == ["(p07.md)", "^b1"]
