"""A handwritten tree becomes a one-file tree that is read in full."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ost.exchange.foreign.imports import ForeignTree, Here, Material, Terms
from ost.exchange.importers import tree
from ost.read.parse import parse

SHAPES = {
    "numbers": """\
Opportunity Solution Tree

1. More evenings end with a film
  1.1 We cannot agree on what to watch
    1.1.1 Everybody vetoes on their phone
    1.1.2 One person chooses
  1.2 There is nothing for mixed ages
    1.2.1 Filter by the youngest
""",
    "paths": """\
More evenings end with a film -> We cannot agree on what to watch -> Everybody vetoes on their phone
More evenings end with a film -> We cannot agree on what to watch -> One person chooses
More evenings end with a film -> There is nothing for mixed ages -> Filter by the youngest
""",
    "paths that go on": """\
# Film nights

More evenings end with a film → We cannot agree → Everybody vetoes
                              → Nothing for mixed ages → Filter by the youngest
""",
    "boxes": """\
+----------------------------+
| More evenings end with film|
+----------------------------+
        |              |
+---------------+ +------------------+
| We cannot     | | Nothing for      |
| agree         | | mixed ages       |
+---------------+ +------------------+
     |                  |
+---------------+ +------------------+
| Everybody veto| | Filter youngest  |
+---------------+ +------------------+
""",
    "emoji": """\
🎯 More evenings end with a film
💡 We cannot agree
  🛠 Everybody vetoes
  🛠 One person chooses
💡 Nothing for mixed ages
  🛠 Filter by the youngest
""",
    "bold labels": """\
**Outcome** More evenings end with a film

**Opportunity** We cannot agree

**Solution** Everybody vetoes

**Solution** One person chooses

**Opportunity** Nothing for mixed ages

**Solution** Filter by the youngest
""",
    "German": """\
# Ziel: Mehr Abende enden mit einem Film

## Chance: Wir einigen uns nicht
- Lösung: Jeder legt ein Veto ein
- Lösung: Einer wählt aus

## Chance: Nichts für gemischtes Alter
- Lösung: Nach dem Jüngsten filtern
""",
    "French": """\
- Objectif : Plus de soirées se terminent par un film
  - Opportunité : On n'arrive pas à se mettre d'accord
    - Solution : Chacun met son veto
  - Opportunité : Rien pour des âges mélangés
    - Solution : Filtrer selon le plus jeune
""",
    "Spanish": """\
Resultado: Más noches terminan con una película
  Oportunidad: No nos ponemos de acuerdo
    Solución: Cada uno veta
  Oportunidad: Nada para edades mezcladas
    Solución: Filtrar por el más joven
""",
    "boxes side by side": """\
# OST

```
        [ More evenings end with a film ]
            /                      \\
  [ We cannot agree ]     [ Nothing for mixed ages ]
     /          \\                  |
[ Everybody vetoes ] [ One chooses ] [ Filter by the youngest ]
```
""",
    "semicolons": """\
Outcome; Opportunity; Solution
More evenings end with a film; We cannot agree; Everybody vetoes
More evenings end with a film; We cannot agree; One person chooses
More evenings end with a film; Nothing for mixed ages; Filter by the youngest
""",
    "tabs": """\
Outcome	Opportunity	Solution
More evenings end with a film	We cannot agree	Everybody vetoes
More evenings end with a film	We cannot agree	One person chooses
More evenings end with a film	Nothing for mixed ages	Filter by the youngest
""",
    "dashes": """\
More evenings end with a film
- We cannot agree
-- Everybody vetoes
-- One person chooses
- Nothing for mixed ages
-- Filter by the youngest
""",
    "stars": """\
* More evenings end with a film
** We cannot agree
*** Everybody vetoes
*** One person chooses
** Nothing for mixed ages
*** Filter by the youngest
""",
    "kind behind": """\
- More evenings end with a film (outcome)
  - We cannot agree (opportunity)
    - Everybody vetoes (solution)
    - One person chooses (solution)
  - Nothing for mixed ages (opportunity)
    - Filter by the youngest (solution)
""",
    "hashtags": """\
- More evenings end with a film #outcome
  - We cannot agree #opportunity
    - Everybody vetoes #solution
    - One person chooses #solution
  - Nothing for mixed ages #opportunity
    - Filter by the youngest #solution
""",
    "HTML": """\
<ul><li>More evenings end with a film
<ul><li>We cannot agree<ul><li>Everybody vetoes</li><li>One person chooses</li></ul></li>
<li>Nothing for mixed ages<ul><li>Filter by the youngest</li></ul></li></ul></li></ul>
""",
    "keys": """\
outcome: More evenings end with a film
opportunities:
  - opportunity: We cannot agree
    solutions:
      - Everybody vetoes
      - One person chooses
  - opportunity: Nothing for mixed ages
    solutions:
      - Filter by the youngest
""",
    "labelled rows": """\
Outcome:       [More evenings end with a film]
Opportunities: [We cannot agree] [Nothing for mixed ages]
Solutions:     [Everybody vetoes] [One person chooses] [Filter by the youngest]
""",
    "several in a cell": """\
| Opportunity | Solutions | Assumption | Test |
| --- | --- | --- | --- |
| We cannot agree | Everybody vetoes<br>One person chooses | People reach out | Paper vetoes |
| Nothing for mixed ages | Filter by the youngest | | |
""",
    "plain German": """\
Outcome: Mehr Abende enden mit einem Film
Chancen
  1. Wir einigen uns nicht
     Lösungen: Jeder legt ein Veto ein; Einer wählt aus
  2. Nichts für gemischtes Alter
     Lösungen: Nach dem Jüngsten filtern
""",
    "indentation": """\
More evenings end with a film
    We cannot agree on what to watch
        Everybody vetoes on their phone
        One person chooses
    There is nothing for mixed ages
        Filter by the youngest
""",
    "drawing": """\
More evenings end with a film
├── We cannot agree
│   ├── Everybody vetoes
│   └── One person chooses
└── Nothing for mixed ages
    └── Filter by the youngest
""",
    "quotes": """\
> More evenings end with a film
>> We cannot agree
>>> Everybody vetoes
>>> One person chooses
>> Nothing for mixed ages
>>> Filter by the youngest
""",
    "Opp 1.2": """\
Outcome 1: More evenings end with a film

Opp 1.1: We cannot agree
 Sol 1.1.1: Everybody vetoes
 Sol 1.1.2: One person chooses
Opp 1.2: Nothing for mixed ages
 Sol 1.2.1: Filter by the youngest
""",
    "table": """\
| Outcome | Opportunity | Solution |
|---|---|---|
| More evenings end with a film | We cannot agree | Everybody vetoes |
| | | One person chooses |
| | Nothing for mixed ages | Filter by the youngest |
""",
    "letters": """\
I. More evenings end with a film
   A. We cannot agree
      1. Everybody vetoes
      2. One person chooses
   B. Nothing for mixed ages
      1. Filter by the youngest
""",
}
"""One tree in each shape: an outcome, two opportunities, and solutions."""


def read(text: str, terms: Terms | None = None, here: Here | None = None) -> ForeignTree:
    material = Material("roadmap.md", {"roadmap.md": text})
    return tree.read(material, terms or Terms(), here or Here())


def drawn(text: str) -> list[str]:
    """Kind and parent of each node, in order."""
    made = parse(text).entries
    return [f"{each.kind.text} under {each.parent}" if each.parent else each.kind.text
            for each in made if each.kind]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_the_same_tree(shape: str) -> None:
    found = read(SHAPES[shape])
    (node,) = found.nodes
    kinds = [each.split(" ")[0] for each in drawn(node.whole)]
    assert found.unread == ()
    assert kinds[:3] in (
        ["outcome", "opportunity", "solution"],
        ["opportunity", "solution", "assumption"],
    )
    assert kinds.count("opportunity") == 2
    assert kinds.count("solution") in {2, 3}
    tops = [each for each in drawn(node.whole) if " under " not in each]
    assert len(tops) == (2 if shape == "several in a cell" else 1)
    assert tree.recognise(Material("roadmap.md", {"roadmap.md": SHAPES[shape]})) > 0


def test_import_keeps_a_readable_tree_unchanged() -> None:
    text = "# Film\n\n## Outcome: More\n- Opportunity 1: We cannot agree\n  - Idea: Veto\n"
    assert read(text).nodes[0].whole == f"---\nkind: tree\n---\n{text}"


def test_every_line_that_is_in_no_node_is_listed() -> None:
    found = read("Plan\nnot in it\n\nOutcome: More\nOpportunity: x\nSolution: y\n")
    assert [(each.line, each.text, each.why) for each in found.unread] == [
        (2, "not in it", "belongs to no node")
    ]
    said = read("- Outcome: More\n  - Opportunity knocks for us\n  - Solution: y\n")
    assert [each.line for each in said.unread] == [2]


def test_terms_say_what_a_teams_words_mean() -> None:
    terms = Terms(kinds={"Wunsch": "opportunity", "Bet": "solution"}, status={"später": "parked"})
    (node,) = read("Ziel: Mehr\n- Wunsch: Ruhe (später)\n  - Bet: Tür\n", terms).nodes
    assert drawn(node.whole) == [
        "outcome", "opportunity under mehr", "solution under ruhe"
    ]  # fmt: skip
    assert "Ruhe {status: parked}" in node.whole


def test_words_say_what_a_solution_is_for() -> None:
    (node,) = read(
        "## Outcome: More\n## Opportunities\n- Noise\n- Price\n## Solutions\n- Door (for: Noise)\n"
        "- Sale (for: Price)\n"
    ).nodes
    assert "- Door {parent: noise}" in node.whole


def test_same_words_twice_are_two_nodes() -> None:
    (node,) = read(
        "- outcome: More\n  - opportunity: Noise\n    - solution: Other\n"
        "  - opportunity: Price\n    - solution: Other\n"
    ).nodes
    ids = [each.id for each in parse(node.whole).entries]
    assert len(set(ids)) == len(ids) == 5


def test_nodes_that_are_here_are_not_written_again() -> None:
    here = Here(ids={"more": "more"}, titles={("opportunity", "noise"): "noise-1"})
    found = read("- outcome: More\n  - opportunity: Noise\n    - solution: Door\n", here=here)
    assert [(each.kind, each.title, each.under) for each in found.nodes][-1] == (
        "solution", "Door", ("noise",)
    )  # fmt: skip


def test_article_is_not_a_tree() -> None:
    text = "# Report\n\n## What we did\n\nWe talked to many people for weeks.\n\n## Findings\n\nx\n"
    assert tree.recognise(Material("report.md", {"report.md": text})) == 0
    assert tree.recognise(Material("a.png", {"a.png": SHAPES["numbers"]})) == 0


PIECES = st.sampled_from((
    "Outcome", "Lösung: ", "- ", "  ", "\n", "\t", " -> ", "1.1 ", "[a box] ", "| a | b |", "+---+",
    "**", "# ", "<li>", "words", ";", "🎯 ", "> ", "^id", "{status: idea}", "---", "```", "(idea)",
))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
@example("Outcome\n: x\nSolutions\na) y\n")
def test_import_loses_no_text(text: str) -> None:
    found = read(text)
    said = "".join(each.whole + each.title + each.body for each in found.nodes)
    said += "".join(each.text for each in found.unread)
    assert text.count("words") <= said.count("words")
    for node in found.nodes:
        assert parse(node.whole).entries
