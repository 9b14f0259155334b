"""Merging: names of the first node now name the second, and no word is lost."""

import pytest

from ost.edit.merge import merge
from ost.edit.rewrite import after
from ost.errors import Misuse
from tests.conftest import files
from tests.test_move import content, made

TEXTS = files("""\
-- aim.md --
---
kind: outcome
order: [a, b, c]
---
# More teams stay
-- needs/a.md --
---
kind: opportunity
parent: aim
aliases: [first]
tags: [search, 'slow']
need: pain  # said so
status: parked
moment: at night
lenses: {size: all of them}
---
# I can't find it again

See [[c]], [p](../talks/p07.md) and ![x](x.png). <!-- ask again -->

## Notes
- one
-- b.md --
---
kind: opportunity
parent: aim
tags: [slow]
need: pain
status: target # since May
---
# Search is slow
-- c.md --
---
kind: opportunity
parent: [a, b]
---
# C
-- s.md --
---
kind: solution
parent:
  - a # here
  - aim2
---
# S
-- talks/p07.md --
---
kind: interview
date: 2026-11-03
participant: P07
---
# P07

## Opportunities
- [[a|cannot find]] again and again [12:41]
  > Where is it? [12:43]
- against [[first]] [13:00]
- [b](../b.md) [14:00]
-- page.md --
[a](needs/a.md) and [[needs/a]]
""")


def test_everything_goes_into_the_other() -> None:
    folder = content(TEXTS, "needs/x.png")
    rewrite = merge(folder, "a", "b")
    now = made(TEXTS, rewrite)
    assert set(now) == set(TEXTS) - {"needs/a.md"}
    assert now["b.md"] == (
        """\
---
kind: opportunity
parent: aim
tags: [slow, search]
need: pain
status: target # since May
# status: parked
moment: at night
lenses: {size: all of them}
aliases: [a, first]
---
# Search is slow

## I can't find it again

See [[c]], [p](talks/p07.md) and ![x](needs/x.png). <!-- ask again -->

## Notes
- one
"""
    )
    assert now["aim.md"] == TEXTS["aim.md"].replace("[a, b, c]", "[b, c]")
    assert now["c.md"] == TEXTS["c.md"].replace("[a, b]", "[b]")
    assert now["s.md"] == TEXTS["s.md"].replace("- a # here", "- b # here")
    assert now["talks/p07.md"] == TEXTS["talks/p07.md"].replace("[[a|", "[[b|")
    assert now["page.md"] == "[a](b.md) and [[b]]\n"
    before, tree = folder.tree, after(folder, rewrite).tree
    moments = [*before.about.get("a", ()), *before.about.get("b", ())]  # type: ignore[call-overload]
    assert len(tree.about["b"]) == len(moments) == 3  # type: ignore[index]


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("a", "a", "into itself"),
        ("a", "s", "only nodes of the same kind"),
        ("a", "c", "'c' is below 'a'"),
        ("x", "a", "no node 'x'"),
        ("a", "x", "no node 'x'"),
    ],
)
def test_merge_refuses_other_nodes(source: str, target: str, words: str) -> None:
    with pytest.raises(Misuse, match=words):
        merge(content(TEXTS), source, target)


@pytest.mark.parametrize(("source", "word"), [("a", "over"), ("b", "chose")])
def test_merge_refuses_nodes_that_a_decision_compared(source: str, word: str) -> None:
    decision = "---\nkind: decision\nparent: aim\nchose: b\nover: [a, s]\n---\n# B first\n"
    folder = content({**TEXTS, "d.md": decision})
    with pytest.raises(Misuse, match=f"'d' chose one of .* remove '{source}' from its `{word}`"):
        merge(folder, source, "b" if source == "a" else "a")


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("\n```\ncode\n", "b.md: its text ends in code or a comment"),
        ("\n%% later", "b.md: its text ends in code or a comment"),
        ("\n<!-- later\n", "b.md: its text ends in code or a comment"),
        ("\n[p]: c.md\n\n[p]\n", "b.md: links would be lost or lead elsewhere"),
    ],
)
def test_merge_refuses_to_hide_or_redirect_what_it_adds(end: str, words: str) -> None:
    own = TEXTS["needs/a.md"] + "\n[p]: ../talks/p07.md\n\n[p]\n"
    texts = {**TEXTS, "needs/a.md": own, "b.md": TEXTS["b.md"] + end}
    with pytest.raises(Misuse, match=words):
        merge(content(texts), "a", "b")
    whole = "\n```\ncode\n```\n"
    assert not merge(content({**texts, "b.md": TEXTS["b.md"] + whole}), "a", "b").empty


def test_child_goes_into_its_parent() -> None:
    rewrite = merge(content(TEXTS), "c", "b")
    now = made(TEXTS, rewrite)
    assert now["b.md"].endswith("# Search is slow\n\n## C\n")
    assert "See [[b]]" in now["needs/a.md"]
    assert now["aim.md"] == TEXTS["aim.md"].replace("[a, b, c]", "[a, b]")
