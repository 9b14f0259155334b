"""Obsidian vaults, Open Knowledge Format bundles and JSON Canvas boards."""

import json

import pytest

from ost.exchange.foreign.drafts import drafts
from ost.exchange.foreign.imports import Here, Importer, Material, Terms
from tests.foreign import grown, imported, left_out, material, shape, unread

VAULT = """\
-- Watch more.md --
---
type: Outcome
metric: films a week
cssclasses: [wide]
mood: fine
aliases: [More films]
---
Ours. See [[Choosing|this one]], ![[picture.png]] and ![[Vote#part]]. ^block1

%% secret %%

> [!quote] A callout
> with words

## Opportunities
- [[Choosing]]
- [[Nowhere at all]]

## Left
- [[Vote]] is an idea
-- 01 Opportunities/Choosing/Choosing.md --
Choosing takes too long. #evening #status/target

-- 01 Opportunities/Choosing/We differ.md --
# We *never* agree
-- 01 Opportunities/Late.md --
---
tags: later
---
**up**:: [[More films]]
-- 02 Solutions/Vote.md --
---
tags: [idea, vote]
aliases: [Ballot]
---
parent:: [[Choosing]]
(status:: candidate) and words; note:: this stays

```dataview
list from #wrong where parent:: [[y]]
```
-- belief.md --
#assumption #important

## Parent

[[Ballot]]

Rest with [a link](02%20Solutions/Vote.md).
-- talks/Anna.md --
---
kind: interview
participant: P07
date: 2026-11-02
---
## Opportunities
- [[Choosing]] an hour
-- daily/2026-01-01.md --
did things #idea
-- Templates/x.md --
---
type: opportunity
---
-- new.md --
---
type: opportunity
parent: "{{parent}}"
---
-- epic.md --
---
type: epic
---
"""


def test_vault_of_obsidian() -> None:
    found = imported("obsidian", VAULT)
    assert shape(found) == [
        "outcome Watch more | metric: films a week",
        "opportunity Choosing < Watch more | status: target | tags: evening",
        "opportunity We never agree < Choosing",
        "opportunity Late < Watch more | tags: later",
        "solution Vote < Choosing | tags: idea, vote | status: candidate",
        "assumption belief < Vote | tags: important",
        "interview Anna | participant: P07 | date: 2026-11-02",
    ]
    assert unread(found) == [
        "Watch more.md:2: Watch more",
        "Watch more.md:5: mood: fine",
        "daily/2026-01-01.md:1: did things #idea",
        "epic.md:2: type: epic",
    ]
    assert left_out(found) == (
        "cssclasses",
        "the file 'picture.png'",
        "a template or a hidden note, 2 times",
    )


def test_bodies_of_a_vault_stay() -> None:
    made = {
        each.title: each.source.text for each in drafts(imported("obsidian", VAULT), Here()).drafts
    }
    assert made["Watch more"].split("\n---\n")[1] == (
        "# Watch more\n\nOurs. See [[choosing|this one]], picture.png and [[vote|Vote]]. ^block1\n"
        "\n%% secret %%\n\n> [!quote] A callout\n> with words\n\n## Left\n"
        "- [[vote|Vote]] is an idea\n"
    )
    assert made["Vote"].split("# Vote\n\n")[1] == (
        "and words; note:: this stays\n\n```dataview\nlist from #wrong where parent:: [[y]]\n```\n"
    )
    assert made["belief"].endswith("Rest with [[vote|a link]].\n")
    tree = grown(drafts(imported("obsidian", VAULT), Here()))
    choosing = next(each for each in tree.by_id.values() if each.title == "Choosing")
    assert len(tree.moments(choosing)) == 1


def test_fields_and_lists_inside_notes() -> None:
    text = (
        "-- a.md --\nkind:: outcome\n(children:: [[b]]) [mood:: fine] words\n"
        "## Children\n[[c]], [d](d.md)\n- [[e]] with words\n"
        "-- b.md --\nkind:: opportunity\n-- c.md --\nkind:: opportunity\n"
        "-- d.md --\nkind:: opportunity\n-- e.md --\nkind:: opportunity\n[id:: nr-7]\n"
        "-- f.md --\nkind:: solution\n- **Parent:** [[e]], [[d]]\nUp: words and [[c]]\n"
    )
    found = imported("obsidian", text, Terms(fields={"id": "key"}))
    assert [each.under for each in found.nodes] == [
        (),
        ("a",),
        ("a",),
        ("a",),
        (),
        ("e", "d"),
    ]
    assert found.nodes[5].body == "Up: words and [[c]]"
    assert found.nodes[0].body.startswith("(children:: [[b]]) [mood:: fine] words\n")
    assert found.nodes[0].body.endswith("- [[e]] with words")
    assert "nr-7" in found.nodes[4].names


def test_terms_say_fields_and_kinds_of_a_vault() -> None:
    text = (
        "-- a.md --\n---\nsort: Jackpot\nOwner: me\n---\nboss:: [[b]]\n"
        "-- b.md --\n---\nsort: goal\n---\n-- c.md --\n#Jackpot\n"
    )
    terms = Terms(
        kinds={"jackpot": "solution"}, fields={"sort": "kind", "boss": "parent", "owner": ""}
    )
    found = imported("obsidian", text, terms)
    assert shape(found) == ["solution a < b", "outcome b", "solution c"]
    assert not found.unread


BUNDLE = """\
-- index.md --
---
okf_version: "0.2"
---
# Needs
* [Slow](needs/slow.md)
-- needs/log.md --
# Log
-- outcomes/top.md --
---
type: Outcome
title: More films
status: stable
generated: {by: human:ada, at: 2026-06-01T00:00:00Z}
stale_after: 2027-01-01
---
-- needs/slow.md --
---
type: Opportunity
title: "Choosing is slow"
description: It takes an hour.
tags: [evening]
status: deprecated
generated: {by: agent/2.0, at: 2026-06-20T22:53:05Z}
verified:
  - {by: human:ada, at: 2026-06-25T09:00:00Z}
  - {by: process:nightly, at: 2026-06-26T02:00:00Z}
sources:
  - {id: a, resource: /talks/p1.md, title: P1}
  - {resource: https://example.org/x, title: A page}
  - {resource: all queries in a project}
parent: /outcomes/top.md
owner: me
---
# Choosing is slow

See [the outcome](../outcomes/top.md), [gone](/gone.md) and [[wild]].
-- needs/idea.md --
---
type: Solution
verified: {by: human:eve}
---
# Schema

None.

# Links

* Under [Slow](/needs/slow.md)
* Above [x](/x.md)
-- talks/p1.md --
---
type: Interview
participant: P1
---
-- data/table.md --
---
type: BigQuery Table
---
-- data/plain.md --
No front matter.
"""


def test_bundle_of_open_knowledge() -> None:
    found = imported("okf", BUNDLE)
    assert shape(found) == [
        "outcome More films",
        (
            "opportunity Choosing is slow < More films | tags: evening | status: parked"
            " | generated: {by: agent/2.0, at: 2026-06-20} | verified: [{by: ada, at: 2026-06-25}]"
        ),
        "solution idea < Choosing is slow | verified: [{by: eve}]",
        "interview p1 | participant: P1",
    ]
    assert unread(found) == [
        "data/plain.md:1: No front matter.",
        "data/table.md:2: type: BigQuery Table",
        "needs/slow.md:16: owner: me",
        "needs/slow.md:20: /gone.md",
    ]
    assert set(left_out(found)) == {
        "stale_after",
        "`generated` by a person, who wrote it",
        "the check by 'process:nightly'",
    }
    assert found.nodes[1].body == (
        "It takes an hour.\n\nSee [[outcomes-top|the outcome]], gone and [[wild]].\n\n"
        "## Sources\n\n"
        "- [[talks-p1|P1]]\n- [A page](https://example.org/x)\n- all queries in a project"
    )
    assert found.nodes[2].body == "# Schema\n\nNone."
    tree = grown(drafts(found, Here()))
    assert [each.title for each in tree.by_id.values() if each.draft] == []


def test_section_of_links_with_words_is_text() -> None:
    text = BUNDLE.replace("* Above [x]", "\nSome words\n\n* Above [x]").replace(
        "{resource: all queries in a project}", "{title: A book}"
    )
    found = imported("okf", text)
    assert found.nodes[2].under == ()
    assert "# Links\n\n* Under [[needs-slow|Slow]]" in found.nodes[2].body
    assert found.nodes[1].body.endswith("\n- A book")
    assert not any(imported("okf", "-- a/b.md --\n---\ntype: Thing\n---\n").nodes)


def test_every_dangling_link_is_listed_with_its_line() -> None:
    text = (
        "-- a.md --\n---\ntype: Solution\ngenerated: {by: x}\n---\n[b](b.md)\n[c](c.md) [b](b.md)\n"
    )
    found = imported("okf", text)
    assert unread(found) == ["a.md:5: b.md", "a.md:6: b.md", "a.md:6: c.md"]
    assert found.nodes[0].body == "b\nc b"
    assert Importer("okf").recognise(material(text)) == 2


def test_unsigned_concept_is_a_draft() -> None:
    text = BUNDLE.replace("human:ada, at: 2026-06-25", "process:x, at: 2026-06-25")
    tree = grown(drafts(imported("okf", text), Here()))
    assert [each.title for each in tree.by_id.values() if each.draft] == ["Choosing is slow"]


def card(name: str, text: str, **more: object) -> dict[str, object]:
    place = {"x": 0, "y": 0, "width": 200, "height": 80}
    return {"id": name, "type": "text", "text": text, **place, **more}


def board(cards: list[dict[str, object]], arrows: list[tuple[str, str]]) -> Material:
    edges = [{"id": f"{a}-{b}", "fromNode": a, "toNode": b} for a, b in arrows]
    text = json.dumps({"nodes": cards, "edges": edges}, indent=1)
    return Material("board.canvas", {"board.canvas": text})


def test_board_of_cards() -> None:
    drawn = board(
        [
            card("o", "# Outcome: More films\n\nwhy"),
            card("n", "Choosing is slow", color="#1767B3"),
            card("s", "Vote", color="4"),
            card("p", "Shuffle", x=1000),
            card("x", "A note"),
            card("l", "", type="link", url="https://example.org"),
            card("f", "", type="file", file="deep/Belief.md", color="5"),
            card("g", "", type="group", label="Solutions", x=900, width=500, height=500),
            card("h", "", type="group", label="Outcomes", x="left"),
        ],
        [("o", "n"), ("s", "n"), ("n", "p"), ("n", "gone"), ("s", "x"), ("s", "f")],
    )
    found = imported("canvas", drawn, Terms(kinds={"4": "solution", "5": "assumption"}))
    assert shape(found) == [
        "outcome More films",
        "opportunity Choosing is slow < More films",
        "solution Vote < Choosing is slow",
        "solution Shuffle < Choosing is slow",
        "assumption Belief < Vote",
    ]
    assert found.nodes[0].body == "why"
    assert [each.text for each in found.unread] == ["A note", "https://example.org", "n-gone"]
    lines = drawn.text.split("\n")
    assert [lines[each.line - 1].strip() for each in found.unread] == [
        '"id": "x",',
        '"id": "l",',
        '"id": "n-gone",',
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"nodes": [\n{"id": "a",', 2),
        ("[1, 2]", 1),
        ("[" * 100_000, 1),
        ('{"nodes": {"a": 1}, "edges": 3}', 0),
        ('{"nodes": [1, {"id": 3, "type": "text", "text": 4}], "edges": [{"fromNode": 1}]}', 1),
        ("", 1),
    ],
)
def test_broken_boards_are_listed(text: str, line: int) -> None:
    found = imported("canvas", Material("a.canvas", {"a.canvas": text}))
    assert not found.nodes
    assert {each.line for each in found.unread} == ({line} if line else set())
