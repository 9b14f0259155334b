"""A one-file tree means the same as separate files."""

import pytest

from ost.read.document import Entry
from ost.read.parse import parse
from ost.read.place import Lines
from tests.values import plain

FILES = """\
-- o.md --
---
kind: outcome
metric: nights
---
# More [[film]] nights

Why it matters. [[x]]

## Notes
- one [12:41]

> a quote
-- s.md --
---
kind: solution
bet: {expect: 3, by: 2026-12-31}
---
# Everybody *vetoes*

On the phone.

- a point
  > said [13:05]
"""

AS_TREE = """\
---
kind: tree
---
## outcome: More [[film]] nights {metric: nights} ^o

Why it matters. [[x]]

- [ ] **solution:** Everybody *vetoes* ^s {bet: {expect: 3, by: 2026-12-31}}
  On the phone.

  - a point
    > said [13:05]

### Notes
- one [12:41]

> a quote
"""


def test_the_same_nodes_in_files_and_in_a_tree_are_read_alike() -> None:
    def said(entry: Entry) -> object:
        return (
            entry.kind and entry.kind.text,
            entry.title and entry.title.text,
            [(each.name, plain(each.value)) for each in entry.fields if each.name != "kind"],
            [
                (
                    each.title,
                    each.text,
                    [(i.text, i.depth, [q.text for q in i.quotes]) for i in each.items],
                    [q.text for q in each.quotes],
                )
                for each in entry.sections
            ],
            [each.target for each in entry.links],
        )

    alone = [parse(each.split(" --\n")[1]) for each in FILES.split("-- ")[1:]]
    together = parse(AS_TREE)
    assert together.diagnostics == ()
    assert [said(each) for each in together.entries] == [said(each.entries[0]) for each in alone]
    assert [each.id for each in together.entries] == ["o", "s"]
    lines = Lines(AS_TREE)
    outcome, solution = together.entries
    assert [lines.cut(each.at) for each in outcome.links] == ["[[film]]", "[[x]]"]
    assert lines.cut(outcome.at) == "More [[film]] nights"
    assert [lines.cut(each.at) for each in solution.sections[0].items[0].quotes] == [
        "> said [13:05]"
    ]


TREE = """\
---
kind: tree
---
# Our tree

## outcome: More film nights {metric: nights a week, target: 3} ^film-nights

Why it matters.

- opportunity: We can't agree {status: target}
  > By then, somebody is asleep. [12:41]
  - solution: Everybody vetoes ^veto {status: candidate}
    - assumption: People pick up [[veto|their phone]]
- Opportunity : Nothing for mixed ages
- interview: P07 {participant: P07}
  - [[we-cant-agree]] four people [03:10]

### opportunity: Below a heading
"""


def test_one_file_tree_equals_separate_files() -> None:
    reading = parse(TREE)
    lines = Lines(TREE)
    assert reading.diagnostics == ()
    assert [
        (each.kind.text, each.id, each.parent, each.title.text)
        for each in reading.entries
        if each.kind and each.title
    ] == [
        ("outcome", "film-nights", "", "More film nights"),
        ("opportunity", "we-cant-agree", "film-nights", "We can't agree"),
        ("solution", "veto", "we-cant-agree", "Everybody vetoes"),
        ("assumption", "people-pick-up-their-phone", "veto", "People pick up their phone"),
        ("opportunity", "nothing-for-mixed-ages", "film-nights", "Nothing for mixed ages"),
        ("interview", "p07", "", "P07"),
        ("opportunity", "below-a-heading", "film-nights", "Below a heading"),
    ]
    outcome, opportunity, solution, assumption, mixed, interview, _ = reading.entries
    assert [(each.name, plain(each.value)) for each in outcome.fields] == [
        ("metric", "nights a week"),
        ("target", "int 3"),
    ]
    assert [lines.cut(each.value.at) for each in solution.fields] == ["candidate"]
    assert outcome.body == "# More film nights\n\nWhy it matters.\n"
    assert [each.text for each in opportunity.sections[0].quotes] == [
        "By then, somebody is asleep."
    ]
    assert [each.target for each in assumption.links] == ["veto"]
    assert mixed.kind is not None
    assert lines.cut(mixed.kind.at) == "Opportunity"
    assert [each.links[0].target for each in interview.sections[0].items] == ["we-cant-agree"]
    assert interview.sections[0].title == "Opportunities"


def test_tab_among_the_words_of_a_drawing_is_read() -> None:
    reading = parse("---\nkind: tree\n---\n```\nsolution: \tVeto\n```\n")
    assert [each.title and each.title.text for each in reading.entries] == ["Veto"]


def test_opportunities_without_an_outcome_are_siblings() -> None:
    reading = parse("---\nkind: tree\n---\n- opportunity: Noise\n- opportunity: Price\n")
    assert [each.parent for each in reading.entries] == ["", ""]


@pytest.mark.parametrize("more", ["1. e", "- e", "> e", "# e"])
def test_words_on_the_next_line_stay_words(more: str) -> None:
    found = parse(f"---\nkind: tree\n---\n# Outcome: A\n\n- Opportunity: T\n        {more}\n")
    entry = found.entries[1]
    assert entry.title is not None
    assert (entry.title.text, entry.sections) == (f"T {more}", ())
