"""`ost compare`: an opportunity's solutions side by side."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ost.exchange.reports.paint import width

Run = Callable[[str], Result]
TREE = """
-- o.md --
---
kind: outcome
---
# More evenings end with a film
-- agree.md --
---
kind: opportunity
parent: o
status: target
---
# We cannot agree on what to watch
-- other.md --
---
kind: opportunity
parent: o
---
# The film is over too late
-- veto.md --
---
kind: solution
parent: agree
status: testing
differs: everybody says no once
bet: {expect: 3, metric: evenings of ten, by: 2027-01-31}
---
# Everybody vetoes
-- dice.md --
---
kind: solution
parent: agree
---
# A die with Donaudampfschifffahrtselektrizitätenhauptbetriebswerk decides
-- list.md --
---
kind: solution
parent: agree
status: dropped
because: nobody keeps it
---
# A shared list
-- phones.md --
---
kind: assumption
parent: veto
risk: usability
importance: high
---
# People use their phones for it
-- paper.md --
---
kind: test
parent: phones
method: prototype
criterion: {measure: people, at_least: 7, of: 10}
result: {measure: 8, of: 10}
verdict: supported
started: 2026-10-01
ended: 2026-10-02
---
# Veto on paper
-- p07.md --
---
kind: interview
participant: P07
date: 2026-10-03
---
# P07

## Opportunities

- [[veto]] we would do that
- against [[veto]] but not with my brother
- [[agree]] an hour of it
"""


def test_solutions_are_side_by_side(folder: Callable[[str], Path], run: Run) -> None:
    folder(TREE)
    said = run("ost compare agree").output
    first, *_ = [line for line in said.split("\n") if "Everybody vetoes" in line]
    assert "A die with" in first
    assert "A shared list" in first
    for words in (
        "everybody says no once",
        "1 person, 1 moment",
        "1 against",
        "supported, high importance",
        "prototype supported: 8 of",
        "3 evenings of ten by",
        "dropped because nobody keeps",
        "no assumption about desirability, feasibility, viability or ethics",
    ):
        assert words in said
    assert run("ost compare").output == said


@pytest.mark.parametrize("columns", ["40", "60", "80", "100", "160"])
def test_columns_fit_the_terminal(
    columns: str, folder: Callable[[str], Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ost.cli.terminal import output

    folder(TREE)
    monkeypatch.setattr(output, "columns", lambda: int(columns))
    said = run("ost compare agree").output
    assert all(width(line) <= int(columns) for line in said.split("\n"))
    assert "Everybody vetoes" in said


def test_programs_get_the_same(folder: Callable[[str], Path], run: Run) -> None:
    folder(TREE)
    found = json.loads(run("ost compare agree --format json").output)
    assert [each["id"] for each in found["solutions"]] == ["dice", "veto", "list"]
    veto = found["solutions"][1]
    assert veto["bet"]["expect"] == 3
    assert (veto["participants"], veto["against"]) == (1, 1)
    assert veto["assumptions"][0]["risk"] == "usability"
    assert veto["assumptions"][0]["tests"][0]["result"] == {"measure": 8.0, "of": 10.0}


@pytest.mark.parametrize(
    ("asked", "words", "code"),
    [
        ("agre", "did you mean 'agree'?", 2),
        ("o", "is of kind outcome", 2),
        ("other", "no solutions yet: `ost new solution --parent other`", 0),
    ],
)
def test_compare_says_what_it_cannot_compare(
    asked: str, words: str, code: int, folder: Callable[[str], Path], run: Run
) -> None:
    folder(TREE)
    ended = run(f"ost compare {asked}")
    assert words in ended.output
    assert ended.exit_code == code


def test_compare_without_a_target_asks_for_an_opportunity(
    folder: Callable[[str], Path], run: Run
) -> None:
    folder(TREE.replace("status: target\n", ""))
    ended = run("ost compare")
    assert ended.exit_code == 2
    assert "no target; choose" in ended.output
