"""A one-file tree as separate files: the same tree, and no word lost."""

import re
from pathlib import Path

import pytest

from ost.edit.explode import explode
from ost.edit.rewrite import after
from ost.errors import Misuse
from ost.read.parse import parse
from ost.tree.tree import Tree
from tests.conftest import files
from tests.test_move import content, made

TREES = Path(__file__).parent / "data/trees"

TREE = """\
---
kind: tree
title: Ours
---
Some words before.

# Outcome: More evenings <!-- secret --> ^aim
metric:: evenings

## Opportunity: We cannot agree {need: pain, allow: [{rule: x, because: "a: b", until: 2027-01-01}]}
Text here, [[p07]].
%% note %%

### Solutions
- Veto round %%why%% (MVP)
  - more about it
    <!-- deep
    comment -->
- One chooser {status: dropped, because: "no"}
<!-- - Solution: hidden -->

## Opportunity: A first {aliases: [x]} ^first
  - interview: P07
      - [[first]] "everyone leaves" [12:41]
"""

EXPLODED = """\
-- d/t.md --
---
title: Ours
---
Some words before.

### Solutions
-- d/aim.md --
---
kind: outcome
metric: evenings
order: [we-cannot-agree, first]
---
# More evenings
<!-- secret -->
-- d/we-cannot-agree.md --
---
kind: opportunity
parent: aim
need: pain
allow: [{rule: x, because: "a: b", until: 2027-01-01}]
order: [veto-round, one-chooser]
---
# We cannot agree

Text here, [[p07]].
%% note %%
-- d/veto-round.md --
---
kind: solution
parent: we-cannot-agree
status: candidate
tags: mvp
---
# Veto round
%%why%%

- more about it
  <!-- deep
  comment -->
-- d/one-chooser.md --
---
kind: solution
parent: we-cannot-agree
status: dropped
because: "no"
---
# One chooser

<!-- - Solution: hidden -->
-- d/first.md --
---
kind: opportunity
parent: aim
aliases: [x]
---
# A first
-- d/p07.md --
---
kind: interview
---
# P07

## Opportunities

  - [[first]] "everyone leaves" [12:41]
"""


def test_every_node_gets_its_file() -> None:
    texts = {"d/t.md": TREE}
    rewrite = explode(content(texts), "d/t.md")
    assert made(texts, rewrite) == files(EXPLODED)


def trees() -> list[tuple[str, dict[str, str]]]:
    """The one-file trees beside the tests."""
    found = []
    for path in sorted(TREES.glob("*.txt")):
        _, *parts = re.split(r"(?m)^-- (.+?) --\n", path.read_text("utf-8"))
        texts = dict(zip(parts[::2], parts[1::2], strict=True))
        for name, text in texts.items():
            entries = parse(text).entries if name.endswith(".md") else ()
            if entries and entries[0].id:
                found.append((name, {each: texts[each] for each in texts if each.endswith(".md")}))
    return found


DRAWN = """\
---
kind: tree
---
# Keep teams longer

## We forget what we heard

### Write it down {status: candidate, differs: "by hand: at once"}

### Ask again

## Zebra first, though A is earlier

## A need
"""


def test_trees_mean_what_they_meant() -> None:
    """Headings alone, other words for kinds, tables and drawings: everything that the reader
    accepts.
    """
    drawing = (
        "---\nkind: tree\n---\n```\nOutcome: x\n├── Opportunity: y\n│   └── Solution: z\n```\n"
    )
    for name, texts in [*trees(), ("t.md", {"t.md": DRAWN}), ("t.md", {"t.md": drawing})]:
        folder = content(texts)
        now = after(folder, explode(folder, name))
        assert portrait(folder.tree) == portrait(now.tree)
        assert all(not each.entry.id for each in now.tree.by_id.values())


def portrait(tree: Tree) -> list[object]:
    """What nodes are, in the order of the tree."""
    return [
        (
            node.kind,
            node.title,
            node.own_status(),
            [each.id for each in tree.parents(node)],
            [(each.node, each.words, each.seconds) for each in tree.heard_in.get(node.id, ())],
            sorted(node.tags),
        )
        for node in tree.by_id.values()
    ]


TWO = "---\nkind: tree\n---\n# Outcome: A\n- opportunity: B ^b\n- opportunity: C ^{}\n"


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"t.md": "---\nkind: outcome\n---\n# A\n"}, "not a tree in one file"),
        ({"t.md": "---\nkind: tree\n---\nwords\n"}, "has no nodes"),
        ({}, "not a tree in one file"),
        (
            {"t.md": "---\nkind: tree\n---\n# Outcome: A ^a\n", "a.md": "A page\n"},
            "a.md already exists",
        ),
        ({"t.md": TWO.format("b")}, "t.md:6: a node above has the id 'b'; give this one an id of"),
        ({"t.md": TWO.format("B")}, "t.md:6: a node above has the id 'b'; give this one an id of"),
        (
            {"t.md": f"---\nkind: tree\n---\n# Outcome: {'long ' * 80}\n"},
            "give the node another id",
        ),
        ({"t.md": "---\nkind: tree\n---\n# Outcome: A ^a\n- opportunity: B {a: [}\n"}, "fix this"),
    ],
)
def test_explode_refuses_other_files(texts: dict[str, str], words: str) -> None:
    with pytest.raises(Misuse, match=words):
        explode(content(texts), "t.md")
