"""People count once, however their names are spelt; placeholders count as one person at most."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ost.judge.check import judge
from ost.judge.rules.several_interviews import SeveralInterviews
from ost.judge.rules.unidentified_interview import UnidentifiedInterview
from ost.tree.model import Interview
from ost.tree.participants import called, people, together
from ost.tree.tree import Tree

Build = Callable[[str], Tree]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("P07", "P07"),
        ("p07", "P07"),
        ("P-07", "P07"),
        ("p_07", "P07"),
        ("P 07", "P07"),
        (" P07. ", "P07"),
        ("(P07)", "P07"),
        ("u12", "U12"),
        ("P07a", "P07a"),
        ("anna", "Anna"),
        ("Anna", "Anna"),
        ("anna  maria", "Anna Maria"),
        ("McDonald", "McDonald"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("Teacher, Bern", "Teacher, Bern"),
    ],
)
def test_one_person_has_one_name(written: str, name: str) -> None:
    assert called(written) == name


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["P07"], ("P07",)),
        (["P07, P08"], ("P07", "P08")),
        (["P07 and p-08"], ("P07", "P08")),
        (["P07", "p08"], ("P07", "P08")),
        (["P07 & P08; P09"], ("P07", "P08", "P09")),
        (["P07/P08"], ("P07", "P08")),
        (["Anna and Ben"], ("Anna", "Ben")),
        (["Anna & Ben"], ("Anna", "Ben")),
        (["Teacher, Bern"], ("Teacher, Bern",)),
        (["P07", "P-07"], ("P07",)),
        ([""], ()),
        ([], ()),
        (["unknown"], ()),
        (["N/A"], ()),
        (["?", "P07", "anonymous"], ("P07",)),
        (["guest-of-acme-and-sons"], ("Guest-of-acme-and-sons",)),
    ],
)
def test_interview_may_have_several_people(written: list[str], names: tuple[str, ...]) -> None:
    assert people(together(written) or None) == names


@pytest.mark.parametrize(
    ("front", "participant"),
    [
        ("participant: p-07", "P07"),
        ("participant: [P07, P08]", "P07 & P08"),
        ("participants: [P07, P08]", "P07 & P08"),
        ("participants:\n  - P07\n  - P08", "P07 & P08"),
        ("participants: P07, P08", "P07 & P08"),
        ("participant: '[[P07]]'", "P07"),
        ("participant: [[P07]]", "P07"),
        ("participant:", None),
    ],
)
def test_front_matter_names_people(tree: Build, front: str, participant: str | None) -> None:
    built = tree(f"-- a.md --\n---\nkind: interview\ndate: 2026-10-01\n{front}\n---\n# A\n")
    node = built.get("a")
    assert isinstance(node, Interview)
    assert node.participant == participant
    assert {str(each.severity) for each in built.diagnostics} <= {"note"}


TALKS = """\
-- agree.md --
---
kind: opportunity
---
# We cannot agree
"""


def talk(name: str, front: str, body: str = "- [[agree]] four") -> str:
    file = f"---\nkind: interview\n{front}\n---\n# {name}\n\n## Opportunities\n{body}\n"
    return f"-- {name}.md --\n{file}"


@pytest.mark.parametrize(
    ("fronts", "counted"),
    [
        (["participant: P07", "participant: p07", "participant: P-07"], (1, 3, 3)),
        (["participant: P07", "participant: P08"], (2, 2, 2)),
        (["participant: [P07, P08]"], (2, 1, 1)),
        (["participant: [P07, P08]", "participant: P08"], (2, 2, 2)),
        (["segment: a", "segment: b", "segment: c"], (1, 3, 3)),
        (["segment: a", "participant: P07"], (2, 2, 2)),
        (["participant: anna", "participant: Anna"], (1, 2, 2)),
    ],
)
def test_people_of_an_opportunity_are_counted_by_participant(
    folder: Callable[[str], Path],
    run: Callable[[str], Result],
    fronts: list[str],
    counted: tuple[int, int, int],
) -> None:
    import sqlite3

    home = folder(TALKS + "".join(talk(f"t{n}", each) for n, each in enumerate(fronts)))
    run("ost build --output tree.db")
    with sqlite3.connect(home / "tree.db") as db:
        asked = "select participants, interviews, moments from node where id = 'agree'"
        assert db.execute(asked).fetchone() == counted
        names = {row[0] for row in db.execute("select id from participant")}
        assert len(names) == counted[0]
        assert db.execute("select sum(interviews) from participant").fetchone()[0] >= counted[1]


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("date: 2026-10-01\nparticipant: P07", []),
        ("participant: P07", ["warning has no date; add it"]),
        ("date: 2026-10-01", ["warning has no participant; add it"]),
        ("segment: a", ["warning has no participant and date; add both"]),
        ("date: 2026-10-01\nparticipants: [P07, P08]", []),
    ],
)
def test_check_asks_for_participant_and_date(tree: Build, front: str, said: list[str]) -> None:
    prefix = "interview 'a' "
    found = judge(tree(talk("a", front)), (UnidentifiedInterview(),), ()).diagnostics
    assert [
        f"{each.severity} {each.message.removeprefix(prefix)}"
        for each in found
        if each.code == "OST213"
    ] == said


TWICE = "## Story\n1. a\n## Opportunities\n- b"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f"# P07\n{TWICE}", None),
        (f"# P07\n{TWICE}\n# P08\n{TWICE}", 10),
        (f"# P07\n{TWICE}\n\n---\n\n# P08: a couple\n\n{TWICE}", 13),
        (f"# P07\n{TWICE}\n## P08\n### Story\n1. a\n### Opportunities\n- c", None),
        (f"# P07\n{TWICE}\n## Opportunities\n- c", 10),
        (f"# P07\n{TWICE}\n## Story\n1. c", 10),
        (f"# P07\n{TWICE}\n# Appendix\nwords", None),
        ("# P07\n## Opportunities\n### Needs\n- b\n### Pains\n- c", None),
    ],
)
def test_a_second_interview_in_a_file_is_asked_about(
    tree: Build, body: str, line: int | None
) -> None:
    built = tree(f"-- a.md --\n---\nkind: interview\nparticipant: P07\n---\n{body}\n")
    found = judge(built, (SeveralInterviews(),), ()).diagnostics
    lines = [each.at.line + 1 for each in found if each.code == "OST223"]
    assert lines == ([] if line is None else [line])


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (["P7", "P07"], [("P07", "P7")]),
        (["P07", "PO7"], [("P07", "PO7")]),
        (["Anna", "Ana", "Ben"], [("Ana", "Anna")]),
        (["José", "Jose"], [("Jose", "José")]),
        (["P1", "P11", "P10", "P01a", "P1b"], []),
        (["PO1", "PO2", "P01", "P02"], []),
        (["Anna", "Anne", "Hanna", "Jo", "Joo"], []),
        (["T07", "P07", "PT07"], []),
        (["unknown", "Teacher, Bern", "Teacher, Basel"], []),
    ],
)
def test_names_that_may_be_one_person_are_asked_about(
    names: list[str], asked: list[tuple[str, ...]]
) -> None:
    from ost.tree.participants import confusable

    assert confusable(names) == asked
    assert confusable(reversed(names)) == asked


def test_check_asks_at_the_later_one(
    folder: Callable[[str], Path], run: Callable[[str], Result]
) -> None:
    snapshot = (
        "-- {0}.md --\n---\nkind: interview\nparticipant: {1}\ndate: 2026-10-0{2}\n---\n# A\n"
    )
    folder(snapshot.format("a", "P07", 1) + snapshot.format("b", "P7", 2))
    said = run("ost check").output
    assert "is 'P7' (b.md) the same person as 'P07'? they count as two; write one name" in said
    folder(snapshot.format("b", "P08", 2))
    assert "same person" not in run("ost check").output
