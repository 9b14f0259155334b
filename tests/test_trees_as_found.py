"""One-file trees as people write them: each form gives the same small tree."""

import pytest

from ost.read.parse import parse
from ost.read.vocabulary import vocabulary

WANTED = """\
outcome More evenings
  opportunity We cannot agree
    solution Veto round
    solution One chooser
  opportunity Too many apps"""


def drawn(body: str, front: str = "kind: tree") -> str:
    """The tree as indented lines."""
    reading = parse(f"---\n{front}\n---\n{body}\n")
    depth: dict[str, int] = {}
    lines = []
    for entry in reading.entries:
        depth[entry.id] = depth[entry.parent] + 1 if entry.parent in depth else 0
        kind = entry.kind.text if entry.kind else ""
        lines.append(f"{'  ' * depth[entry.id]}{kind} {entry.title.text if entry.title else '-'}")
    return "\n".join(lines)


def remarks(body: str) -> list[str]:
    reading = parse(f"---\nkind: tree\n---\n{body}\n")
    return [f"{each.at.line - 2} {each.code}" for each in reading.diagnostics]


FORMS = {
    "colons": """\
## outcome: More evenings
- opportunity: We cannot agree
  - solution: Veto round
  - solution: One chooser
- opportunity: Too many apps""",
    "Spanish, a word without its accent": """\
## Resultado: More evenings
- Oportunidad: We cannot agree
  - Solución: Veto round
  - solucion: One chooser
- oportunidad: Too many apps""",
    "numbers": """\
## Outcome: More evenings
### Opportunity 1: We cannot agree
#### Solution 1.1: Veto round
#### Solution 1.2: One chooser
### Opportunity 2: Too many apps""",
    "letters, in bold": """\
## Outcome: More evenings
### Opportunity A: We cannot agree
**Solution A1: Veto round**

**Solution A2:** One chooser
### Opportunity B: Too many apps""",
    "brackets": """\
## [Outcome] More evenings
### [Opportunity] We cannot agree
#### [Solution] Veto round
#### [Solution: One chooser]
### [Opportunity] Too many apps""",
    "dashes": """\
# Outcome - More evenings
## Opportunity – We cannot agree
### Solution — Veto round
### Solution -- One chooser
## Opportunity — Too many apps""",
    "full-width colons": """\
# Outcome：More evenings
- Opportunity：We cannot agree
  - Solution：Veto round
  - Solution：One chooser
- Opportunity：Too many apps""",
    "ids": """\
- O1: More evenings
  - O1.1: We cannot agree
    - S1.1: Veto round
    - S1.2 One chooser
  - O1.2: Too many apps""",
    "synonyms": """\
- Goal: More evenings
  - Pain point: We cannot agree
    - Idea: Veto round
    - Concept: One chooser
  - Problem: Too many apps""",
    "sections": """\
## Desired outcome
More evenings

## Opportunities
### We cannot agree
#### Solutions
- Veto round
- One chooser
### Too many apps""",
    "sections in bold": """\
# Outcome: More evenings
## Opportunity: We cannot agree
**Solutions:**
1. Veto round
2. **One chooser**
## Opportunity: Too many apps""",
    "sections about a number": """\
## Outcome
- More evenings

## Opportunities
1. We cannot agree
2. Too many apps

## Solutions
**Opportunity 1 Solutions:**
- Veto round
- One chooser""",
    "one level": """\
# Outcome: More evenings
# Opportunity: We cannot agree
# Solution: Veto round
# Solution: One chooser
# Opportunity: Too many apps""",
    "checkboxes": """\
- [ ] Outcome: More evenings
  - [ ] Opportunity: We cannot agree
    - [x] Solution: Veto round
    - [ ] Solution: One chooser
  - [ ] Opportunity: Too many apps""",
    "emoji": """\
# 🎯 Outcome: More evenings
## 😩 Pain: We cannot agree
- 💡 Idea: Veto round
- 💡 Idea: One chooser
## 😩 Pain: Too many apps""",
    "lines of text": """\
Outcome: More evenings
Opportunity: We cannot agree
Solution: Veto round
Solution: One chooser
Opportunity: Too many apps""",
    "indentation": """\
OUTCOME: More evenings
  OPP: We cannot agree
    SOL: Veto round
    SOL: One chooser
  OPP: Too many apps""",
    "a drawing": """\
```
Outcome: More evenings
├── Opportunity 1: We cannot agree
│   ├── Solution A: Veto round
│   └── Solution B: One chooser
└── Opportunity 2: Too many apps
```""",
    "a drawing without words": """\
```text
More evenings
  |
  +-- We cannot agree
  |     +-- Veto round
  |     +-- One chooser
  |
  +-- Too many apps
```""",
    "a table": """\
# Outcome: More evenings
| Opportunity | Solution |
|---|---|
| We cannot agree | Veto round |
| We cannot agree | One chooser |
| Too many apps | |""",
    "a table whose cells are left out": """\
| Outcome | Opportunity | Solution |
|---|---|---|
| More evenings | We cannot agree | Veto round |
| | | One chooser |
| | Too many apps | |""",
    "a table of kinds": """\
| Type | Title |
|---|---|
| Outcome | More evenings |
| Opportunity | We cannot agree |
| Solution | Veto round |
| Solution | One chooser |
| Opportunity | Too many apps |""",
    "depth, headings": """\
# More evenings

## We cannot agree

### Veto round

### One chooser

## Too many apps""",
    "depth, lists": """\
- More evenings
  - We cannot agree
    - Veto round
    - One chooser
  - Too many apps""",
    "inline types": """\
# [type:: outcome] More evenings
- [type:: opportunity] We cannot agree
  - [type:: solution] Veto round
  - [type:: solution] One chooser
- [type:: opportunity] Too many apps""",
    "numbered headings": """\
# 1. Outcome: More evenings
## 1.1 Opportunity: We cannot agree
### 1.1.1. Solution: Veto round
### 1.1.2. Solution: One chooser
## 1.2 Opportunity: Too many apps""",
    "a comment in it": """\
# Outcome: More evenings <!-- secret -->
## Opportunity: We cannot agree
- Solution: Veto round %%why%%
- Solution: One chooser
<!-- - Solution: hidden -->
## Opportunity: Too many apps""",
    "tags": """\
+ #outcome More evenings
  + #opportunity We cannot agree
    + Veto round #solution
    + #ost/solution One chooser
  + Too many apps #opportunity""",
    "fields below the words": """\
## Outcome: More evenings
- Opportunity: We cannot agree
  status: open
  - Solution: Veto round
    status:: idea
  - Solution: One chooser
    Evidence: two families
- Opportunity: Too many apps
  moment: on the sofa""",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_tree(form: str) -> None:
    wanted, found = WANTED.split("\n"), drawn(FORMS[form]).split("\n")
    assert sorted(found) == sorted(wanted) if form == "sections about a number" else found == wanted
    assert [each for each in remarks(FORMS[form]) if not each.endswith("OST043")] == []


@pytest.mark.parametrize(
    ("body", "tree"),
    [
        ("experiment: Paper", "assumption Paper\n  test Paper"),
        ("assumption: They look\n    - experiment: Paper", "assumption They look\n  test Paper"),
        ("hypothesis: They look\n    - test: Paper", "assumption They look\n  test Paper"),
        ("risk: They will not look", "assumption They will not look"),
        ("Riskiest assumption: They look", "assumption They look"),
        ("Assumptions: They look; they pay", "assumption They look\nassumption they pay"),
        ("Key assumptions:\n    - They look\n    - They pay",
         "assumption They look\nassumption They pay"),
        ("Experiments:\n    - Paper\n    - Wizard",
         "assumption Paper\n  test Paper\nassumption Wizard\n  test Wizard"),
        ("A1: They look\n    - E1: Paper", "assumption They look\n  test Paper"),
    ],
)  # fmt: skip
def test_items_below_a_solution_become_nodes(body: str, tree: str) -> None:
    found = drawn(f"- outcome: O\n- opportunity: P\n- solution: S\n  - {body}")
    below = [line[6:] for line in found.split("\n")[3:]]
    assert "\n".join(below) == tree


def test_an_experiment_has_the_text_and_its_assumption_an_id_of_its_own() -> None:
    reading = parse(
        "---\nkind: tree\n---\n- solution: S\n  - experiment: Paper\n\n    Ten families.\n"
    )
    _, assumption, test = reading.entries
    assert [assumption.id, test.id] == ["paper", "paper-test"]
    assert "Ten families." in test.body
    assert "Ten families." not in assumption.body


@pytest.mark.parametrize(
    ("title", "words", "fields"),
    [
        ("Veto (MVP)", "Veto", {"status": "candidate", "tags": "mvp"}),
        ("Veto [MVP]", "Veto", {"status": "candidate", "tags": "mvp"}),
        ("Veto @next", "Veto", {"status": "candidate", "tags": "next"}),
        ("Veto (later)", "Veto", {"status": "idea", "tags": "later"}),
        ("Veto (rejected: too slow)", "Veto", {"status": "dropped", "because": "too slow"}),
        ("Veto (dropped because too slow)", "Veto", {"status": "dropped", "because": "too slow"}),
        ("Veto — rejected because too slow", "Veto", {"status": "dropped", "because": "too slow"}),
        ("~~Veto~~", "Veto", {"status": "dropped"}),
        ("Veto (shipped)", "Veto", {"status": "shipped"}),
        ("Veto @on-track", "Veto", {"status": "building", "tags": "on-track"}),
        ("Veto [priority:: p2]", "Veto", {"tags": "p2"}),
        ("Veto (for two)", "Veto (for two)", {}),
        ("Veto {status: testing} (MVP)", "Veto", {"status": "testing", "tags": "mvp"}),
        ("Veto ^veto", "Veto", {}),
    ],
)
def test_marks_after_the_words_become_fields(
    title: str, words: str, fields: dict[str, str]
) -> None:
    (entry,) = parse(f"---\nkind: tree\n---\n- solution: {title}\n").entries
    assert entry.title is not None
    assert entry.title.text == words
    assert {each.name: getattr(each.value, "text", "") for each in entry.fields} == fields


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## Outcome: O\n- Solution veto round", ["2 OST042"]),
        ("## Outcome: O\n### Solutions", ["2 OST042"]),
        ("## Outcome: O\n### Opportunity map of May", ["2 OST042"]),
        ("## Outcome: O\n- Opportunity\n- opportunity: P", ["2 OST042"]),
        ("## Outcome: O\n- Ideas are cheap\n- Problems we saw last year", ["2 OST042", "3 OST042"]),
        ("## Outcome: O\n**Solution space**", ["2 OST042"]),
        ("## Outcome: O\n- Risk: low\n- Testing: later\n- Needless words", []),
        ("# Opportunity Solution Tree: Film\n## Outcome: O", []),
        ("## Outcome: O\n- Owner: me\n- Status: open", []),
        ("## Outcome: O\n**Evidence:**\n- Interview: he forgot\n- Problem: none", []),
        ("## Outcome: O\nSolutions are hard to find.", []),
        ("## Outcome: O\n- opportunty: P", ["2 OST006"]),
    ],
)
def test_reading_in_part_is_never_silent(body: str, expected: list[str]) -> None:
    assert remarks(body) == expected


@pytest.mark.parametrize(
    ("body", "parents"),
    [
        ("## Outcome: O\n## Opportunities\n- A\n- B\n## Solutions\n- S", {"s": ""}),
        ("# Outcome: O\n## Opportunity: A\n## Solution: S", {"s": "a"}),
        ("# Outcome: O\n## Opportunity: A\n### Opportunity: B", {"b": "a"}),
        ("# Outcome: O\n## Opportunity: A\n## Sub-opportunity: B", {"b": "a"}),
        ("# Outcome: O\n## Opportunity: A\n## Opportunity: B", {"b": "o"}),
        ("# Outcome: O\n## Solution: S\n### Opportunity: A", {"a": "s"}),
    ],
)
def test_a_parent_is_never_guessed_among_several(body: str, parents: dict[str, str]) -> None:
    found = {each.id: each.parent for each in parse(f"---\nkind: tree\n---\n{body}\n").entries}
    assert {each: found[each] for each in parents} == parents


@pytest.mark.parametrize("kind", ["type: tree", "type: space_on_a_page", "kind: Tree", "kind: ost"])
def test_other_names_of_a_tree(kind: str) -> None:
    assert drawn(FORMS["depth, headings"], kind) == WANTED


def test_lines_with_fields_become_fields() -> None:
    body = (
        "# Grow\nmetric:: evenings\n\n## It is hard\n\n### Fewer steps\n\n#### On paper\n"
        "assumption:: They look\ncategory:: usability\n"
    )
    reading = parse(f"---\ntype: space_on_a_page\n---\n{body}")
    outcome, _, _, assumption, test = reading.entries
    assert [(each.name, getattr(each.value, "text", "")) for each in outcome.fields] == [
        ("metric", "evenings")
    ]
    assert assumption.title is not None
    assert assumption.title.text == "They look"
    assert [(each.name, getattr(each.value, "text", "")) for each in assumption.fields] == [
        ("risk", "usability")
    ]
    assert test.parent == assumption.id


def test_a_team_has_words_of_its_own() -> None:
    words = vocabulary((("opportunity", ("Schmerz", "bet area")), ("solution", ("Wette",))))
    text = "---\nkind: tree\n---\n# Outcome: O\n- Schmerz: A\n  - Wette 1: S\n- Bet areas\n  - B\n"
    found = [(each.kind and each.kind.text, each.id) for each in parse(text, words).entries]
    assert found == [
        ("outcome", "o"),
        ("opportunity", "a"),
        ("solution", "s"),
        ("opportunity", "b"),
    ]
    file = parse("---\ntype: bet area\n---\n# A\n", words)
    assert file.entries[0].kind is not None
    assert file.entries[0].kind.text == "opportunity"
    assert parse("---\ntype: bet area\n---\n# A\n").entries == ()


def test_reading_a_tree_takes_time_in_line_with_its_size() -> None:
    import time

    def took(many: int) -> float:
        body = "\n".join(
            f"### Opportunity {n}: need {n}\n\n**Solution {n}A: idea {n}**\n- Effort: S\n\n"
            f"**Assumptions:**\n- look {n}\n- pay {n}\n"
            for n in range(many)
        )
        start = time.process_time()
        parse(f"---\nkind: tree\n---\n# Outcome: O\n{body}")
        return time.process_time() - start

    took(50)
    assert min(took(800) for _ in range(2)) < 10 * min(took(200) for _ in range(2)) + 0.2
