"""OPML outlines and Mermaid drawings as trees, including our own exports."""

from pathlib import Path

import pytest

import ost
from tests.foreign import (
    assert_expected_tree,
    assert_found_again,
    grown,
    guessed,
)
from tests.hostile_tree import PARENTS, Files, Run, content, exported, shown, titles

LABELS = """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="2.0"><head><title>T & x</title></head><body>
<outline text="Outcome: More evenings" status="met">
 <outline text="Opportunities">
  <outline text="&lt;b&gt;Can&apos;t&lt;/b&gt; agree&nbsp;ever" _note="Why &amp; how" owner="Anna">
   <outline text="Solution: Veto" _status="checked"><outline text="note">
    <outline text="deep"/></outline></outline>
   <outline text="[x] loose"/>
  </outline>
 </outline>
</outline>
<outline text="Loose end"/>
</body></opml>
"""
DEPTHS = """\
<opml version="1.0"><body><outline text="Film nights"><outline text="We argue">
<outline text="Veto"><outline text="It is fair"><outline text="Ten evenings"/></outline></outline>
</outline></outline></body></opml>
"""
TYPES = """\
<opml><body><outline title="Grow" type="goal"><outline title="Slow" Kind="Pain point">
<outline title="Cache" type="idea" Status="Released" url="https://example.org/1"/></outline></outline></body></opml>
"""
BOMB = """\
<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">
<!ENTITY x SYSTEM "file:///etc/passwd">]>
<opml><body><outline text="Outcome: A &b; &x;">
<outline text="Opportunity: B"/></outline></body></opml>
"""
CUT = '<opml><body>\n<outline text="Outcome: A">\n<outline text="Opportunity: B"/>\n<outline te'

CLASSES = """\
---
title: Ours
---
%%{init: {"theme": "dark"}}%%
flowchart TD
  a(["More evenings #35;1"]):::outcome -->|because| b("Can't agree<br/>ever") & c{{"Alone"}}
  b -- maybe --> s1[Veto]
  b == sure ==> s2[["A list [short]"]] -.-> h>"Votes are honest"]
  t[/Ten evenings/] --- x
  h --> t
  class b,c opportunity
  class s1,s2 solutionNode; class h assumption
  class t test
  subgraph notes [Notes]
    x((what else))
  end
  classDef outcome fill:#fff
  linkStyle 0 stroke:red
  click a "https://example.org"
"""
UPWARDS = """\
flowchart BT
  S1["Solution: Veto"] --> O1["Opportunity: Can't agree"]; O1 --> G["Goal: More"]
"""
NAMES = "graph LR; OUT1[More] --> OPP1[Slow]; OPP1 --> SOL1[Cache] & SOL2[Less]\n"
FENCED = """\
# Our tree

Some words.

```mermaid
graph TD
A[Outcome: More] --> B[Opportunity: Slow]
?? what
```

```mermaid
sequenceDiagram
  A->>B: hello
```

```mermaid
graph TD
A[Outcome: More] --> C[Opportunity: Dear]
```
"""
MINDMAP = """\
mindmap
  root((More evenings))
    ::icon(fa fa-tv)
    Opportunity: Can't agree
      s1[Solution: Veto]
      as it is
    Needs
      I want peace
        sol)A second set(
        :::solution
"""
PROCESS = "flowchart LR\n  a[Wash] --> b[Dry] --> c[Fold]\n"

CASES = {
    "labels": (
        {"o.opml": LABELS},
        "opml",
        """\
outcome More evenings [met]
opportunity Can't agree ever < More evenings
solution Veto < Can't agree ever [shipped]
""",
        "12: no word names its kind, and no node is above it\n",
    ),
    "depths": (
        {"o.opml": DEPTHS},
        "opml",
        """\
outcome Film nights
opportunity We argue < Film nights
solution Veto < We argue
assumption It is fair < Veto
test Ten evenings < It is fair
""",
        "",
    ),
    "types": (
        {"o.opml": TYPES},
        "opml",
        "outcome Grow\nopportunity Slow < Grow\nsolution Cache < Slow [shipped]\n",
        "",
    ),
    "bomb": (
        {"o.opml": BOMB},
        "opml",
        "outcome A &b; &x;\nopportunity B < A &b; &x;\n",
        "1: an entity, which is not expanded\n" * 2 + "2: an entity, which is not expanded\n",
    ),
    "cut": (
        {"o.opml": CUT},
        "opml",
        "outcome A\nopportunity B < A\n",
        "4: not read from here on: unclosed token\n",
    ),
    "classes": (
        {"o.mmd": CLASSES},
        "mermaid",
        """\
outcome More evenings #1
opportunity Can't agree < More evenings #1
opportunity Alone < More evenings #1
solution Veto < Can't agree
solution A list [short] < Can't agree
assumption Votes are honest < A list [short]
test Ten evenings < Votes are honest
""",
        "",
    ),
    "upwards": (
        {"o.mmd": UPWARDS},
        "mermaid",
        "solution Veto < Can't agree\nopportunity Can't agree < More\noutcome More\n",
        "",
    ),
    "names": (
        {"o.mermaid": NAMES},
        "mermaid",
        "outcome More\nopportunity Slow < More\nsolution Cache < Slow\nsolution Less < Slow\n",
        "",
    ),
    "fenced": (
        {"o.md": FENCED},
        "mermaid",
        "outcome More\nopportunity Slow < More\nopportunity Dear < More\n",
        "8: not a box or an arrow\n12: not a flowchart or a mind map\n",
    ),
    "mind map": (
        {"o.mmd": MINDMAP},
        "mermaid",
        """\
outcome More evenings
opportunity Can't agree < More evenings
solution Veto < Can't agree
opportunity I want peace < More evenings
solution A second set < I want peace
""",
        "",
    ),
    "process": (
        {"o.mmd": PROCESS},
        "mermaid",
        "outcome Wash\nopportunity Dry < Wash\nsolution Fold < Dry\n",
        "",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_branches_become_the_tree_they_mean(name: str) -> None:
    assert_expected_tree(CASES[name])


@pytest.mark.parametrize("name", CASES)
def test_second_import_finds_all_here(name: str) -> None:
    assert_found_again(CASES[name])


def test_notes_and_lines_without_a_kind_are_text_of_the_node_above() -> None:
    texts = {each.title: each.source.text for each in guessed(*CASES["labels"][:2]).drafts}
    assert texts["Veto"].endswith("# Veto\n\n- note\n  - deep\n")
    assert "Why & how\n\n- [x] loose\n" in texts["Can't agree ever"]
    drawn = {each.title: each.source.text for each in guessed(*CASES["classes"][:2]).drafts}
    assert drawn["Can't agree"].endswith("# Can't agree\n\never\n")
    assert drawn["Ten evenings"].endswith("\n\n- what else\n")


def test_import_says_that_it_guessed_kinds_by_depth() -> None:
    for name in ("depths", "process"):
        assert "depth decides" in guessed(*CASES[name][:2]).notes[0]
    assert guessed(*CASES["names"][:2]).notes == ()
    assert guessed(*CASES["mind map"][:2]).notes == (
        "a top without a kind, above opportunities, became an outcome",
    )


@pytest.mark.parametrize("form", ["opml", "mermaid", "csv"])
def test_export_comes_back_as_the_same_tree(folder: Files, run: Run, form: str) -> None:
    home: Path = folder(content())
    if form == "csv":
        assert run("ost export csv out").exit_code == 0
        text = (home / "out" / "nodes.csv").read_text("utf-8")
    else:
        text = exported(run, form)
    name = {"opml": "tree.opml", "mermaid": "tree.mmd", "csv": "nodes.csv"}[form]
    made = guessed({name: text}, form)
    tree, there = grown(made), ost.load(home)
    kinds = ("outcome", "opportunity", "solution", "assumption")
    placed = {node.title: node for node in tree.by_id.values() if node.kind in kinds}
    assert {shown(each) for each in placed} == {shown(each) for each in titles()}
    ours = {shown(data["title"]): str(node) for node, data in there.graph.nodes(data=True)}
    found = {
        (ours[shown(node.title)], ours[shown(tree.by_id[each.id].title)])
        for node in placed.values()
        for each in node.parents
    }
    further = {("idea", "n1")} if form in ("opml", "csv") else set()
    assert found == PARENTS - further
    status = {shown(title): node.entry.field("status") for title, node in placed.items()}
    assert status["Idea"] is not None
    assert status["Index"] is not None


def test_deep_outline_is_read_without_recursion() -> None:
    many = 3_000
    lines = "\n".join(f'<outline text="Opportunity: n{each}">' for each in range(many))
    made = guessed({"deep.opml": f"<opml><body>\n{lines}"}, "opml")
    assert len(made.drafts) == many
    assert made.drafts[-1].line == many + 1
    assert f"parent: n{many - 2}\n" in made.drafts[-1].source.text
    steps = " --> ".join(f"n{each}[Opportunity: t{each}]" for each in range(1_500))
    assert len(guessed({"deep.mmd": f"graph TD\n{steps}"}, "mermaid").drafts) == 1_500
