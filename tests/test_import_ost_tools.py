"""Spaces of ost-tools: pages, embedded nodes, spaces on a page, schemas and settings."""

import pytest

from ost.exchange.foreign.drafts import drafts
from ost.exchange.foreign.imports import Here, Terms
from tests.foreign import imported, left_out, shape, unread

PAGES = """\
-- Weekly use.md --
---
type: goal
status: active
metric: Households that finish a film a week
priority: p1
---
We want a film a week. See [the need](Choosing.md), [a paper](paper.pdf) and [more](gone.md).

## Opportunities

- Choosing takes too long - half an hour is gone [priority:: p2]
  - No two people agree [status:: exploring]
- [[Late start]]
-- deep/Choosing.md --
---
type: opportunity
status: completed
parent: "[[Weekly use]]"
source: Interview with P03
mood: 5
---
# Choosing

## Problem statement

We argue.

## Possible solutions

- Vote by phone - everyone has two votes
  - with a timer
- [type:: solution] Shuffle [status:: archived]

## Assumptions

| assumption | status | confidence |
|---|---|---|
| People vote in time | identified | low |
-- Late start.md --
---
type: opportunity
status: paused
parent: ["[[Weekly use]]", "[[Nowhere]]"]
---
-- Votes.md --
---
type: assumption_test
status: exploring
parent: "[[Choosing#Vote by phone]]"
assumption: Everyone votes within two minutes
category: ethical
---
Five evenings.
-- notes.md --
Nothing of a space.
"""


def test_pages_and_what_is_embedded_become_nodes() -> None:
    found = imported("ost-tools", PAGES)
    assert shape(found) == [
        "outcome Weekly use | status: active | metric: Households that finish a film a week",
        "opportunity Choosing takes too long < Weekly use",
        "opportunity No two people agree < Choosing takes too long | status: open",
        "opportunity Choosing < Weekly use | status: addressed",
        "solution Vote by phone < Choosing",
        "solution Shuffle < Choosing | status: dropped",
        "assumption People vote in time < Choosing",
        "opportunity Late start < Weekly use < Nowhere | status: parked",
        "test Votes < Everyone votes within two minutes",
        "assumption Everyone votes within two minutes < Vote by phone | risk: ethics",
    ]
    bodies = {each.title: each.body for each in found.nodes}
    assert bodies["Choosing"] == "Source: Interview with P03\n\n## Problem statement\n\nWe argue."
    assert bodies["Vote by phone"] == "everyone has two votes\n\n- with a timer"
    assert bodies["Choosing takes too long"] == "half an hour is gone"
    assert bodies["Weekly use"] == (
        "We want a film a week. See [[deep-choosing|the need]], [a paper](paper.pdf) and more."
    )


def test_lines_not_understood_are_listed() -> None:
    found = imported("ost-tools", PAGES)
    assert unread(found) == [
        "Votes.md:3: status: exploring",
        "Weekly use.md:7: gone.md",
        "deep/Choosing.md:6: mood: 5",
        "notes.md:1: Nothing of a space.",
    ]
    assert left_out(found) == (
        "priority, 2 times",
        "confidence",
        "the file 'paper.pdf'",
    )


LADDER = """\
-- page.md --
---
type: ost_on_a_page
---
A few words first.

# A vision

Words of the vision.

## A mission ^mission

### Finish more films [priority:: p2]

status:: active
A line, and metric:: films

#### Late evenings ^opportunity2

```yaml
status: paused
summary: After nine
unknown: 3
```

- [type:: solution] Start earlier - at eight
- A remark

##### Remind them

###### Small print

Kept.

---

# Put away
"""


def test_depth_of_headings_says_the_type_on_a_page() -> None:
    found = imported("ost-tools", LADDER)
    assert shape(found) == [
        "outcome Finish more films | status: active",
        "opportunity Late evenings < Finish more films | status: parked",
        "solution Start earlier < Late evenings",
        "solution Remind them < Late evenings",
    ]
    assert unread(found) == [
        "page.md:4: A few words first.",
        "page.md:6: # A vision",
        "page.md:10: ## A mission ^mission",
        "page.md:22: unknown: 3",
        "page.md:36: # Put away",
    ]
    bodies = {each.title: each.body for each in found.nodes}
    assert bodies["Late evenings"] == "Summary: After nine\n\n- A remark"
    assert bodies["Remind them"] == "###### Small print\n\nKept."
    assert bodies["Finish more films"] == "A line, and metric:: films"
    assert [each.line for each in found.nodes] == [12, 17, 25, 28]
    assert found.notes == (
        "read the headings of page.md as vision, mission, goal, opportunity, solution, experiment",
    )


SHORT = """\
-- page.md --
---
type: space_on_a_page
---
# Finish more films
metric:: films a week

## Choosing takes long
source:: Support tickets

### Vote

#### Try a vote
assumption:: People vote
category:: usability

##### Too deep
"""


def test_short_ladder_and_what_is_below_its_end() -> None:
    found = imported("ost-tools", SHORT.replace("##### Too", "#### Not so"))
    assert shape(found) == [
        "outcome Finish more films | metric: films a week",
        "opportunity Choosing takes long < Finish more films",
        "solution Vote < Choosing takes long",
        "test Try a vote < People vote",
        "test Not so deep < Not so deep",
        "assumption People vote < Vote | risk: usability",
        "assumption Not so deep < Vote",
    ]
    settings = '-- config.json --\n{"spaces": [{"schema": "strict_ost.json"}]}\n'
    found = imported("ost-tools", SHORT + settings)
    assert unread(found) == ["page.md:16: ##### Too deep"]
    assert "##### Too deep" in found.nodes[3].body


SCHEMA = """\
-- schema.json --
// the levels of a team
{
  "$metadata": {
    "hierarchy": {"levels": [
      "goal",
      {"type": "opportunity", "selfRefField": "part_of", "field": "pains", "fieldOn": "parent"},
      {"type": "solution", "field": "serves", "multiple": true, "matchers": ["^Bets$"]}
    ]},
    "aliases": {"pitch": "solution"},
    "relationships": [{"parent": "solution", "type": "assumption", "field": "leaps",
      "fieldOn": "parent", "matchers": ["Leaps"]}]
  }
}
-- config.json --
{"spaces": [{"plugins": {"markdown": {"fieldMap": {"record_type": "type", "state": "status"}}}}]}
-- top.md --
---
record_type: goal
pains: ["[[slow]]", "[[missing]]"]
---
-- slow.md --
---
record_type: opportunity
state: active
---
## Bets
- Faster lists
-- smaller.md --
---
record_type: opportunity
part_of: "[[slow]]"
---
-- idea.md --
---
record_type: pitch
serves: ["[[smaller]]", "[[slow]]"]
leaps: ["[[leap]]"]
---
-- leap.md --
---
record_type: assumption
---
"""


def test_own_schema_says_levels_links_and_names() -> None:
    found = imported("ost-tools", SCHEMA)
    assert shape(found) == [
        "outcome top",
        "opportunity slow < top | status: target",
        "solution Faster lists < slow",
        "opportunity smaller < slow",
        "solution idea < smaller < slow",
        "assumption leap < idea",
    ]
    assert [each.why for each in found.unread] == [
        "'missing' belongs under it but is not in this material"
    ]


def test_terms_place_what_has_no_kind() -> None:
    terms = Terms(
        kinds={"vision": "outcome", "mission": "", "goal": "outcome"},
        fields={"priority": "tags", "mood": ""},
        status={"exploring": "target"},
    )
    found = imported("ost-tools", LADDER, terms)
    assert shape(found)[:2] == [
        "outcome A vision",
        "outcome Finish more films < A vision | tags: p2 | status: active",
    ]
    assert "nodes of the type 'mission'" in left_out(found)
    found = imported("ost-tools", PAGES, terms)
    assert "opportunity No two people agree < Choosing takes too long | status: target" in shape(
        found
    )
    assert "mood" in left_out(found)


def test_names_become_pseudonyms_everywhere() -> None:
    text = (
        "-- Anna's evening.md --\n---\ntype: opportunity\ntags: [anna, film]\n---\n"
        "ANNA said so; Annabel did not. [more](Tom.md)\n"
        '-- Tom.md --\n---\ntype: solution\nparent: "[[Anna\'s evening]]"\n---\n'
    )
    terms = Terms(people={"Anna": "P01", "Tom": "P02", "Annabel": "P03"})
    found = imported("ost-tools", text, terms)
    assert shape(found) == [
        "opportunity P01's evening | tags: P01, film",
        "solution P02 < P01's evening",
    ]
    assert found.nodes[0].body == "P01 said so; P03 did not. [[P02|more]]"
    made = drafts(found, Here())
    assert not [each for each in made.drafts if "anna" in each.source.text.casefold()]
    assert "[[p02|more]]" in made.drafts[0].source.text


@pytest.mark.parametrize(
    "schema", ['{"$metadata": {"hierarchy": {"levels": [3, {"type": 4}]}}}', "[1]", '{"a": []}']
)
def test_schema_without_levels_says_nothing(schema: str) -> None:
    found = imported("ost-tools", f"-- s.json --\n{schema}\n{SHORT}")
    assert found.nodes == imported("ost-tools", SHORT + "-- t.txt --\n").nodes


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("---\ntype: opportunity\nparent: '[[a\n---\n", ["a.md:3: parent: '[[a"]),
        ("---\ntype: opportunity\nstatus: gone\n---\n", ["a.md:3: status: gone"]),
        ("---\ntype: outcome\nbaseline: much\n---\n", ["a.md:3: baseline: much"]),
        ("---\ntype: epic\n---\n# A\n\ntext\n", ["a.md:2: type: epic"]),
        ("---\ntype: test\ncategory: fun\n---\n", ["a.md:3: category: fun"]),
        ("---\ntype: solution\n---\n```yaml\n- a\n```\n", ["a.md:5: - a"]),
        ("---\ntype: solution\n---\n| solution | x |\n|--|--|\n| | y |\n", ["a.md:6: | | y |"]),
        ("---\ntype: solution\n---\ntype:: goal\n", ["a.md:4: type:: goal"]),
    ],
)
def test_bad_pages_are_listed(text: str, lines: list[str]) -> None:
    assert unread(imported("ost-tools", f"-- a.md --\n{text}")) == lines
