"""OST-Agent, ost-builder and discovereasy: their nodes, their words, and unknown lines."""

import pytest

from ost.exchange.foreign.drafts import drafts
from ost.exchange.foreign.imports import Here, Terms
from tests.foreign import errors, grown, imported, left_out, shape, unread

VAULT = """\
-- The house finishes films.md --
---
type: Outcome
status: validated
created: '2026-07-01'
---
#Outcome
[[We never agree]]
[[Gone away]]

Words on it, and [[We never agree]] again.
-- We never agree.md --
---
type: Opportunity
status: in-discovery
source: 'INBOX:2026-07-02-note.md'
evidence: stated
lane: human
threshold: 3 of 5
---
#Opportunity #evening #evidence/stated
[[A vote]]
[[A shuffle]]
-- A vote.md --
---
type: Solution
status: unvalidated
created: '2026-07-03'
confidence: low
---
#Solution #unvalidated
[[People vote]]

## History
- 2026-07-03 created
-- A shuffle.md --
---
type: Solution
status: deferred
---
#Solution
-- People vote.md --
---
type: Assumption
status: unvalidated
created: '2026-07-03'
---
#Assumption #unvalidated
[[Watch five evenings]]
-- Watch five evenings.md --
---
type: AssumptionTest
status: unvalidated
threshold: >-
  At least 3 of 5
  households vote.
instrument: npx "vote"
---
#AssumptionTest #unvalidated #usability

## Results
- 2026-09-01 **inconclusive** (ran by P01) — two of five were away
- 2026-09-08 **supported** (ran by P01) — four of five voted
- later: refuted by no one
-- Old idea.md --
---
type: Solution
---
#Solution

## Retraction
- 2026-08-01 written by mistake
-- evidence/note.md --
---
id: 'INBOX:1'
source: 'INBOX:1'
actor: inbox
---
What someone wrote.
-- readme.md --
About this vault.
-- context.md --
---
type: Context
threshold: 3
---
#Context
"""


def test_vault_of_ost_agent() -> None:
    found = imported("ost-agent", VAULT)
    assert shape(found) == [
        "outcome The house finishes films",
        "opportunity We never agree < The house finishes films | status: open | tags: evening",
        "solution A vote < We never agree | generated: {by: OST-Agent, at: 2026-07-03}",
        "solution A shuffle < We never agree",
        "assumption People vote < A vote | generated: {by: OST-Agent, at: 2026-07-03}",
        (
            "test Watch five evenings < People vote | tags: usability"
            ' | criterion: {measure: "At least 3 of 5 households vote."}'
            " | ended: 2026-09-08 | verdict: supported | generated: {by: OST-Agent}"
        ),
    ]
    assert unread(found) == [
        "A shuffle.md:3: status: deferred",
        "The house finishes films.md:2: The house finishes films",
        "We never agree.md:7: threshold: 3 of 5",
        "context.md:2: type: Context",
        "readme.md:1: About this vault.",
    ]
    assert set(left_out(found)) == {
        "created, 3 times",
        "evidence",
        "lane",
        "confidence",
        "the retracted node 'Old idea'",
        "a record of what OST-Agent collected",
    }
    bodies = {each.title: each.body for each in found.nodes}
    assert bodies["The house finishes films"].endswith("and [[We never agree]] again.")
    assert bodies["A vote"] == "## History\n- 2026-07-03 created"
    assert bodies["Watch five evenings"].startswith('Instrument: npx "vote"\n\n## Results\n- 2026')
    assert "OST-Agent wrote 3 of the nodes; `ost verify` signs them" in found.notes


def test_words_of_the_agent_become_drafts() -> None:
    tree = grown(drafts(imported("ost-agent", VAULT), Here()))
    assert {each.title for each in tree.by_id.values() if each.draft} == {
        "A vote",
        "People vote",
        "Watch five evenings",
    }


BUILDER = """\
# A tree of ours

Words above.

## [Outcome] Grow use {#old-1} @next

Mission: films

- start: 3
- current: 5.5
- target: 9

### [opportunity] Agreeing takes long @next

#### [Solution] Vote @done
- start: 1

##### [Experiment] People vote @at-risk
Try it.

###### [Experiment] Five evenings

###### Notes

### Starting late

#### [Solution] A *star* and `code` #

## [Outcome] Second
- target: many
"""


def test_cards_of_ost_builder() -> None:
    found = imported("ost-builder", f"-- tree.md --\n{BUILDER}")
    assert shape(found) == [
        "outcome Grow use | baseline: 3 | target: 9",
        "opportunity Agreeing takes long < Grow use | status: target",
        "solution Vote < Agreeing takes long | status: shipped",
        "assumption People vote < Vote",
        "test Five evenings < People vote",
        "opportunity Starting late < Grow use",
        r"solution A \*star\* and \`code\` \# < Starting late",
        "outcome Second",
    ]
    assert unread(found) == [
        "tree.md:3: Words above.",
        "tree.md:10: - current: 5.5",
        "tree.md:16: - start: 1",
        "tree.md:23: ###### Notes",
        "tree.md:30: - target: many",
    ]
    assert left_out(found) == (
        "the status @next of outcome",
        "the status @at-risk of assumption",
    )
    assert found.nodes[0].key == "old-1"
    assert found.nodes[3].body == "Try it."


def test_deepest_cards_go_under_a_possible_parent() -> None:
    deep = "".join(
        f"{'#' * min(level, 6)} [{kind}] {title}\n"
        for level, kind, title in (
            (2, "Outcome", "O"),
            (3, "Opportunity", "A"),
            (4, "Opportunity", "B"),
            (5, "Opportunity", "C"),
            (6, "Solution", "S"),
            (6, "Experiment", "E"),
            (6, "Solution", "T"),
            (6, "Experiment", "F"),
            (6, "Opportunity", "D"),
        )
    )
    found = shape(imported("ost-builder", f"-- tree.md --\n{deep}"))
    assert found[4:] == [
        "solution S < C",
        "assumption E < S",
        "solution T < C",
        "assumption F < T",
        "opportunity D < C",
    ]


DISCOVEREASY = """\
-- tree.yaml --
# of the team
choose:
  desc: Choosing a film takes
    half an evening
  prio: 3
  parent: root
alone:
  desc: |
    I watch alone

    since the others are away
  parent: choose
  focus: focussed
vote: {kind: solution, desc: Vote by phone, parent: choose}
phones: {kind: assumption, desc: "Everyone has a phone", parent: vote, risk: 5, evidence: 1.5}
bare: {kind: belief, parent: nowhere}
loop: {desc: In itself, parent: loop}
big: {kind: epic, desc: Too big}
odd: 3
"""


def test_tree_of_discovereasy() -> None:
    found = imported("discovereasy", DISCOVEREASY)
    assert shape(found) == [
        "opportunity Choosing a film takes half an evening",
        "opportunity I watch alone < Choosing a film takes half an evening",
        "solution Vote by phone < Choosing a film takes half an evening",
        "assumption Everyone has a phone < Vote by phone",
        "assumption bare < nowhere",
        "opportunity In itself < In itself",
    ]
    assert found.nodes[1].body == "since the others are away"
    assert unread(found) == [
        "tree.yaml:18: big: {kind: epic, desc: Too big}",
        "tree.yaml:19: odd: 3",
    ]
    assert left_out(found) == ("prio", "focus", "risk", "evidence")
    terms = Terms(kinds={"epic": "opportunity"}, fields={"prio": "tags"})
    assert "opportunity Too big" in shape(imported("discovereasy", DISCOVEREASY, terms))
    assert errors(grown(drafts(found, Here()))) == ["OST101 bare", "OST102 in-itself"]


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("discovereasy", "-- a.yaml --\na: {desc: x\nb:\n  desc: y\n", ["a.yaml:1: a: {desc: x"]),
        ("discovereasy", "-- a.yml --\n- a\n- b\n", ["a.yml:1: - a"]),
        ("discovereasy", "-- a.yml --\na: {desc: x}\na: {desc: y}\n", ["a.yml:2: a: {desc: y}"]),
        ("ost-builder", "-- a.md --\ntext\n", ["a.md:1: text"]),
        ("ost-builder", "-- a.md --\n# Title\n## \n", []),
        ("ost-agent", "-- a.md --\n---\ntype: Outcome\n", ["a.md:1: ---"]),
    ],
)
def test_broken_files_are_listed(name: str, text: str, lines: list[str]) -> None:
    assert unread(imported(name, text)) == lines
