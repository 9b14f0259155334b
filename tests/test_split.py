"""Splitting: every moment has a place, and only its link changes."""

import pytest

from ost.edit.rewrite import after
from ost.edit.split import SplitPart, named_moments, split
from ost.errors import Misuse
from ost.tree.model import NodeId
from tests.conftest import files
from tests.test_move import content, made

TEXTS = files("""\
-- aim.md --
---
kind: outcome
---
# More evenings
-- needs/cant.md --
---
kind: opportunity
parent: aim
order: [veto, phone]
---
# We can't agree
-- veto.md --
---
kind: solution
parent: ["[[cant|x]]", aim-2]
---
# Veto
-- phone.md --
---
kind: solution
parent: needs/cant.md
---
# Phone
-- p07.md --
---
kind: interview
---
# P07

See [[cant]].

## Opportunities
- [[cant|no agreement]] three vetoes, as [[cant]] says [12:41]
  > We all say no. [12:43]
- against [w](needs/cant.md) never [13:00]

### [[cant]]
- they leave [14:00]
-- p08.md --
---
kind: signal
---
# P08

[[cant]] again
""")


def test_split_moves_moments_and_children_to_the_named_parts() -> None:
    folder = content(TEXTS)
    assert list(named_moments(folder.tree, "cant")) == ["p07#1", "p07#2", "p07#3", "p08"]
    parts = [
        SplitPart(title="Vetoes end it", takes=("p07#1", "p08", "veto")),
        SplitPart(title="Nobody wants to choose!", takes=("p07#2", "phone", "p07#3")),
    ]
    rewrite = split(folder, "cant", parts)
    now = made(TEXTS, rewrite)
    assert now["needs/vetoes-end-it.md"] == (
        "---\nkind: opportunity\nparent: cant\n---\n# Vetoes end it\n"
    )
    assert now["p07.md"] == (
        TEXTS["p07.md"]
        .replace("[[cant|no agreement]]", "[[vetoes-end-it|no agreement]]")
        .replace("as [[cant]]", "as [[vetoes-end-it]]")
        .replace("cant.md", "nobody-wants-to-choose.md")
        .replace("### [[cant]]", "### [[nobody-wants-to-choose]]")
    )
    assert now["p08.md"] == TEXTS["p08.md"].replace("cant", "vetoes-end-it")
    assert now["veto.md"] == TEXTS["veto.md"].replace("[[cant|x]]", "[[vetoes-end-it|x]]")
    assert now["phone.md"] == TEXTS["phone.md"].replace("cant", "nobody-wants-to-choose")
    assert now["needs/cant.md"] == TEXTS["needs/cant.md"].replace("order: [veto, phone]\n", "")
    tree = after(folder, rewrite).tree
    assert len(tree.about[NodeId("vetoes-end-it")]) == 2
    assert [each.id for each in tree.below(NodeId("cant"), type(tree.by_id[NodeId("cant")]))] == [
        "nobody-wants-to-choose",
        "vetoes-end-it",
    ]


def test_rest_may_stay_and_parts_may_be_siblings() -> None:
    parts = [SplitPart(title="Vetoes end it", takes=("p08",))]
    now = made(TEXTS, split(content(TEXTS), "cant", parts, keep=True, beside=True))
    assert "parent: aim\n" in now["needs/vetoes-end-it.md"]
    assert {path for path in TEXTS if now[path] != TEXTS[path]} == {"p08.md"}


@pytest.mark.parametrize(
    ("node", "parts", "words"),
    [
        ("cant", [], "say|name what"),
        ("cant", [("Vetoes", "p07")], "no part takes p08; assign it"),
        ("cant", [("Vetoes", "p07,p09")], "'p09' is not a moment or child of 'cant'"),
        ("cant", [("Vetoes", "p07,p08"), ("Other", "p08")], "p08 cannot go to two parts"),
        ("cant", [("Vetoes", "p07"), ("vetoes!", "p08")], "two parts would have the id 'vetoes'"),
        ("cant", [("Veto", "p07,p08")], "'veto' is taken"),
        ("veto", [("Vetoes", "")], "only an opportunity"),
    ],
)
def test_split_refuses_other_nodes(node: str, parts: list[tuple[str, str]], words: str) -> None:
    with pytest.raises(Misuse, match=words):
        split(
            content(TEXTS),
            node,
            [
                SplitPart(title=title, takes=tuple(filter(None, takes.split(","))))
                for title, takes in parts
            ],
        )
