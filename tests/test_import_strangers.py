"""Imports as a newcomer meets them: titles called after a kind, tests under solutions, words in
bold, cards of files, and a format that does not fit.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ost.cli import main
from ost.errors import Misuse
from tests.foreign import guessed, listed, reasons

Run = Callable[[str], Result]
Written = Callable[[str], Path]

HASH = "0123456789abcdef0123456789abcde"
PROJECT = "-- ost.toml --\n-- content/more.md --\n---\nkind: outcome\n---\n# More films\n"


@pytest.mark.parametrize("column", ["Opportunity", "What hurts"])
def test_first_column_of_a_database_is_the_title(column: str) -> None:
    made = guessed(
        {
            f"Opportunities {HASH}1.csv": f"{column},Parent item,Solutions\n"
            f'Slow,,"Cache (https://www.notion.so/Cache-{HASH}4?pvs=21), Less data"\n'
            f"Slow at night,Slow ({HASH}2),\n",
            f"Opportunities {HASH}1/Slow {HASH}2.md": "# Slow\n",
            f"Solutions {HASH}3.csv": "Name\nCache\nLess data\n",
        },
        "notion",
    )
    assert listed(made) == (
        "opportunity Slow\n"
        "opportunity Slow at night < Slow\n"
        "solution Cache < Slow\n"
        "solution Less data < Slow\n"
    )


@pytest.mark.parametrize(
    ("form", "files"),
    [
        (
            "airtable",
            {
                "Experiments-Grid view.csv": "Name,Solution,Result\nFake door,Order,Validated\n",
                "Solutions-Grid view.csv": "Name\nOrder\n",
            },
        ),
        (
            "airtable",
            {
                "Solutions-Grid view.csv": "Name,Experiments\nOrder,Fake door\n",
                "Tests-Grid view.csv": "Name,Verdict\nFake door,supported\n",
            },
        ),
        (
            "jira",
            {
                "a.csv": "Issue key,Issue Type,Summary,Status,Parent\nA-1,Idea,Order,New,\n"
                "A-2,Experiment,Fake door,Validated,A-1\n"
            },
        ),
    ],
)
def test_test_under_a_solution_gets_the_assumption_that_it_tries(
    form: str, files: dict[str, str]
) -> None:
    made = guessed(files, form)
    found = set(listed(made).splitlines())
    assert {
        "assumption Fake door < Order",
        "test Fake door < Fake door [supported]",
    } <= found
    assert reasons(made) == ""


@pytest.mark.parametrize("label", ["**Ziel:**", "**Ziel**:", "__Ziel:__", "**Ziel**"])
def test_label_in_bold_names_a_kind(folder: Written, run: Run, label: str) -> None:
    home = folder(PROJECT)
    text = f"# Plan\n\n{label} Mehr Abende\n\n- Chance: Streit\n  - Lösung: Veto\n"
    (home / "plan.md").write_text(text, encoding="utf-8")
    shown = run("ost import plan.md --yes").stdout
    assert "tree: Mehr Abende" in shown
    assert "not understood" not in shown


def test_preview_counts_from_the_top_and_shortens_titles(folder: Written, run: Run) -> None:
    home = folder(PROJECT)
    long = "We hear this from people " * 6
    table = f"Type,Title,Goals\nTest,Ask,\nSolution,{long},\nOpportunity,Slow,\nOutcome,More,\n"
    (home / "a.csv").write_text(table)
    shown = run("ost import a.csv").stdout
    assert "\n1 outcome, 1 opportunity, 1 solution and 1 test\n" in shown
    assert "solution: We hear this from people We hear this from people We hear this from p…\n" in (
        shown
    )
    assert "Goals" not in shown


def test_card_of_a_file_is_named(folder: Written, run: Run) -> None:
    home = folder(PROJECT)
    place = dict.fromkeys(("x", "y", "width", "height"), 9)
    cards = [
        {"id": "a", "type": "text", "text": "Outcome: More", **place},
        {"id": "b", "type": "file", "file": "Notes/Call.md", **place},
    ]
    (home / "a.canvas").write_text(json.dumps({"nodes": cards, "edges": []}))
    assert "not understood a.canvas:1: Notes/Call.md (" in run("ost import a.canvas").stdout


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "tree jira.csv",
            "not look like tree, and certainly is jira; write `ost import jira`",
        ),
        ("podcast jira.csv", "does not look like podcast, and certainly is jira"),
        ("jira tree.txt", r"this does not look like jira \(columns Issue key, Issue Type and "),
    ],
)
def test_format_that_does_not_fit_is_said(folder: Written, line: str, message: str) -> None:
    home = folder(PROJECT)
    (home / "jira.csv").write_text("Issue key,Issue Type,Summary\nA-1,Idea,Order\n")
    (home / "tree.txt").write_text("Outcome: More\n  Opportunity: Slow\n")
    with pytest.raises(Misuse, match=message):
        main(["import", *line.split(" ")], standalone_mode=False)
    assert [each.name for each in (home / "content").rglob("*.md")] == ["more.md"]
