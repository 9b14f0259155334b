"""Evidence in every usual form: a link under Opportunities makes a moment or a finding."""

from collections.abc import Callable

import pytest

from ost.judge.check import judge
from ost.judge.rules.doubtful_stance import DoubtfulStance
from ost.judge.rules.unread_evidence import UnreadEvidence
from ost.tree.tree import Tree

Build = Callable[[str], Tree]

NODES = """\
-- agree.md --
---
kind: opportunity
---
# We cannot agree
-- ages.md --
---
kind: opportunity
---
# Nothing for mixed ages
-- veto.md --
---
kind: solution
parent: agree
---
# Veto round
-- p07.md --
---
kind: interview
participant: P07
date: 2026-10-01
---
# P07

## Opportunities
"""


def people_for(tree: Tree) -> list[str]:
    return [
        " ".join(
            filter(
                None,
                (
                    f"{'-' if each.against else '+'}{each.node}",
                    str(each.seconds[0]) if each.seconds else "",
                    each.words,
                    "".join(f"“{quote.text}”" for quote in each.quotes),
                ),
            )
        )
        for each in tree.heard_in.get("p07", ())  # type: ignore[call-overload]
    ]


def findings(tree: Tree) -> list[str]:
    found = judge(tree, (UnreadEvidence(), DoubtfulStance()), ()).diagnostics
    return [f"{each.code}:{each.at.line - 7}" for each in found if each.code[3:5] == "22"]


@pytest.mark.parametrize(
    ("body", "moments"),
    [
        ("- [[agree]] four [12:41]", ["+agree 761 four"]),
        ("* [[agree]] four (12:41)", ["+agree 761 four"]),
        ("1. [[agree]] four", ["+agree four"]),
        ("– [[agree]] four", ["+agree four"]),
        ("— [[agree]] four\n— [[ages]] five", ["+agree four", "+ages five"]),
        ("• [[agree]] four", ["+agree four"]),
        ("  • [[agree]] four\n  • [[ages]] five", ["+agree four", "+ages five"]),
        ("-\u00a0[[agree]] four", ["+agree four"]),
        ("•\u00a0[[agree]] four", ["+agree four"]),
        ("- [ ] [[agree]] four", ["+agree four"]),
        ("- [x] against [[agree]] four", ["-agree four"]),
        ("- (against) [[agree]] four", ["-agree four"]),
        ("- **against** [[agree]] four", ["-agree four"]),
        ("- 👎 against [[agree]] four", ["-agree four"]),
        ("- Against: [[agree]]: four", ["-agree four"]),
        ("- [[agree]] (against): four", ["-agree four"]),
        ("- against\n  - [[agree]] four\n- [[ages]] five", ["-agree four", "+ages five"]),
        ("### Against\n- [[agree]] four", ["-agree four"]),
        ("### Evidence against\n- [[agree]] four\n### For\n- [[ages]]", ["-agree four", "+ages"]),
        ("[12:41] [[agree]] four", ["+agree 761 four"]),
        ("**[12:41]** [[agree]] four\n[12:42] against [[ages]]", ["+agree 761 four", "-ages 762"]),
        ("[12:41] [[agree]] four\nand five", ["+agree 761 four and five"]),
        ("### [[agree]]\n[12:41] four", ["+agree 761 four"]),
        ("- [words](agree.md) four", ["+agree four"]),
        ("- [words](agree) four", ["+agree four"]),
        ("- [words](./agree) four", ["+agree four"]),
        ("- [[folder\\agree]] four", ["+agree four"]),
        ("- [[folder/agree]] four", ["+agree four"]),
        ("- [[agree|We cannot\n  agree]] four", ["+agree four"]),
        ("- [[agree\n  ]] four", ["+agree four"]),
        ("- [[AGREE]] four", ["+agree four"]),
        ("- [[agree]] and [[ages]]: four", ["+agree four", "+ages four"]),
        ("- against [[agree|gain]] four", ["-agree four"]),
        ("- against [[agree|a]] and [[ages|n]] four", ["-agree four", "-ages four"]),
        ("- 在[[agree|里]] four", ["+agree 在里 four"]),
        ("- [[agree]], [[ages]] four [12:41]", ["+agree 761 four", "+ages 761 four"]),
        ("| What | Words | When |\n|---|---|---|\n| [[agree]] | four | [12:41] |",
         ["+agree 761 four"]),
        ("| Who | What |\n|:--|--:|\n| P07 | [[agree]] |\n| P07 | [[ages]] |",
         ["+agree P07 agree", "+ages P07 ages"]),
        ("| What | Stance |\n|---|---|\n| [[agree\\|us]] | against |", ["-agree"]),
        ("| What | Quote |\n|---|---|\n| [[agree]] | “We never do.” |",
         ["+agree “We never do.” “We never do.”"]),
        ("- [[agree]] four\n  | When | a |\n  | - | - |\n  | [12:41] | “We do.” | [[ages]] |",
         ["+agree four", "+ages 761 “We do.” ages “We do.”"]),
        ("- | [[agree]] |\n  | - |\n  | four [12:41] |", ["+agree 761"]),
        ("- [[agree]] four\n  > | a |\n  > |---|\n  > | We [[ages]] | do |",
         ["+agree four “We ages do”"]),
        ("### [[agree]]\nfour [12:41]\n\n> We never do. [13:05]",
         ["+agree 761 four “We never do.”"]),
        ("### [[agree]]\n- four [12:41]\n### [[ages]]\n- five", ["+agree 761", "+ages"]),
        ("### Against [[agree]]\nfour", ["-agree four"]),
        ("- [[agree]] four\n  > We never do.", ["+agree four “We never do.”"]),
        ("- [[agree]] four\n  - “We never do.” [13:05]", ["+agree 785 four “We never do.”"]),
        ("- [[agree]] four\n  > (laughs) [5:07]", ["+agree 307 four"]),
        ("- [[agree]] four ^a1 #pain", ["+agree four"]),
        ("- [[agree]] four (laughs)", ["+agree four"]),
    ],
)  # fmt: skip
def test_a_link_is_a_moment(tree: Build, body: str, moments: list[str]) -> None:
    built = tree(NODES + body)
    assert people_for(built) == moments
    assert findings(built) == []


@pytest.mark.parametrize(
    ("body", "moments", "remarks"),
    [
        ("[[agree]] four people", [], ["OST222:1"]),
        ("They said [[agree]] twice.\nAnd [[ages]].", [], ["OST222:1", "OST222:2"]),
        ("> [[agree]] four people", [], ["OST222:1"]),
        ("- [[agree]] four, unlike [[ages]]", ["+agree four, unlike ages"], ["OST222:1"]),
        ("- [[agree]] four, they tried [[veto]]", ["+agree four, they tried veto"], []),
        ("- [[agree]] four, see [[agree]]", ["+agree four, see agree"], []),
        ("- works against all of [[agree]]", ["+agree works against all of agree"], ["OST221:1"]),
        ("- 👎 [[agree]] four", ["+agree four"], ["OST221:1"]),
        ("- against the grain, but [[agree]]", ["+agree against the grain, but agree"], []),
        ("- nothing [[Anna]] said", [], []),
    ],
)
def test_unread_or_ambiguous_evidence_is_reported(
    tree: Build, body: str, moments: list[str], remarks: list[str]
) -> None:
    built = tree(NODES + body)
    assert people_for(built) == moments
    assert findings(built) == remarks


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("i/p07.md", "../agree.md"),
        ("i/p07.md", "agree.md"),
        ("i/p07.md", "/agree.md"),
        ("i/p07.md", "content/agree.md"),
        ("i/p07.md", "docs/content/agree.md"),
        ("i/deep/p07.md", "../../agree.md"),
        ("i/p07.md", "../agree"),
        ("i/p07.md", "content/agree"),
        ("i/p07.md", "..%2Fagree.md"),
        ("i/p07.md", "../agree.md#part"),
        ("p07.md", "./agree.md"),
        ("p07.md", "content/agree.md?x=1"),
    ],
)
def test_path_is_resolved_from_the_folder_the_content_and_the_project(
    tree: Build, path: str, link: str
) -> None:
    built = tree(NODES.replace("p07.md", path) + f"- [words]({link}) four")
    assert people_for(built) == ["+agree four"]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("## Opportunities\n- [[gone]] four", "error"),
        ("## Opportunities\n- [[agree]] as [[Anna]] said", "note"),
        ("## Story\n1. with [[Anna]]", "note"),
        ("Met [[Anna]] there.", "note"),
        ("## Insights\n- see [later](later.md)", "note"),
    ],
)
def test_a_link_to_nothing_is_an_error_where_evidence_is_lost(
    tree: Build, text: str, severity: str
) -> None:
    built = tree(NODES.replace("\n## Opportunities\n", "\n") + text)
    found = [str(each.severity) for each in built.diagnostics if each.code == "OST010"]
    assert found == [severity]


@pytest.mark.parametrize("field", ["parent: gone", "parent: [agree, gone]"])
def test_a_parent_that_is_not_there_is_an_error(tree: Build, field: str) -> None:
    built = tree(f"{NODES}\n-- s.md --\n---\nkind: solution\n{field}\n---\n# S\n")
    assert [str(each.severity) for each in built.diagnostics if each.code == "OST010"] == ["error"]


def test_file_outside_the_content_is_not_an_error(tree: Build) -> None:
    built = tree(NODES + "- see [x](../../README.md) and [y](../picture.png), [[agree]] four")
    assert [each.code for each in built.diagnostics] == []
