"""Imports by new users: titles named after a kind, tests under solutions, words in bold, cards of
files, and a format that does not fit.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ost.cli import main
from ost.errors import Misuse
from tests.foreign import grown, guessed, listed, reasons

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
            "this is jira, not tree; write `ost import jira`",
        ),
        ("podcast jira.csv", "this is jira, not podcast"),
        ("jira tree.txt", r"this does not look like jira \(columns Issue key, Issue Type and "),
    ],
)
def test_format_that_does_not_fit_is_refused(folder: Written, line: str, message: str) -> None:
    home = folder(PROJECT)
    (home / "jira.csv").write_text("Issue key,Issue Type,Summary\nA-1,Idea,Order\n")
    (home / "tree.txt").write_text("Outcome: More\n  Opportunity: Slow\n")
    with pytest.raises(Misuse, match=message):
        main(["import", *line.split(" ")], standalone_mode=False)
    assert [each.name for each in (home / "content").rglob("*.md")] == ["more.md"]


TREE_OF_ROWS = (
    "outcome Fewer no-shows\n"
    "opportunity I forget my appointment < Fewer no-shows\n"
    "solution A reminder < I forget my appointment\n"
)
ROWS = {
    "words in German": (
        "Art;Bezeichnung;Übergeordnet\n"
        "Ziel;Fewer no-shows;\nChance;I forget my appointment;Fewer no-shows\n"
        "Lösung;A reminder;I forget my appointment\n"
    ),
    "headings that say nothing": (
        "A,B,C\nSolution,A reminder,I forget my appointment\nOutcome,Fewer no-shows,\n"
        "Opportunity,I forget my appointment,Fewer no-shows\n"
    ),
    "keys that nothing names": (
        "Nummer,Was,Gehört,Sorte\nX-1,Fewer no-shows,,Outcome\n"
        "X-2,I forget my appointment,X-1,Opportunity\nX-3,A reminder,X-2,Solution\n"
    ),
    "longer headings": (
        "Item type,Item name,Parent item name\nOutcome,Fewer no-shows,\n"
        "Opportunity,I forget my appointment,Fewer no-shows\n"
        "Idea,A reminder,I forget my appointment\n"
    ),
}


@pytest.mark.parametrize("rows", ROWS)
def test_columns_are_found_without_our_headings(rows: str) -> None:
    made = guessed({"rows.csv": ROWS[rows]}, "csv")
    assert sorted(listed(made).splitlines()) == sorted(TREE_OF_ROWS.splitlines())
    assert reasons(made) == ""


def test_text_with_tabs_is_a_table() -> None:
    text = ROWS["longer headings"].replace(",", "\t")
    assert listed(guessed({"rows.txt": text}, "csv")) == TREE_OF_ROWS


def test_title_on_two_lines_is_named_by_both() -> None:
    rows = 'kind,title,parent\nopportunity,"I forget\nmy date",\nidea,Mail,I forget my date\n'
    made = guessed({"a.csv": rows}, "csv")
    assert listed(made) == "opportunity I forget\nsolution Mail < I forget\n"


def test_table_of_markdown_is_a_table() -> None:
    text = (
        "# Tree\n\n| ID | Level | Statement | Parent |\n|---|---|---|---|\n"
        "| O1 | Outcome | Fewer no-shows | |\n| N1 | Need | I forget my appointment | O1 |\n"
        "| S1 | Idea | A reminder | N1 |\n\nAnd so on.\n"
    )
    made = guessed({"tree.md": text}, "csv")
    assert listed(made) == TREE_OF_ROWS
    assert reasons(made) == "9: outside of the table\n"


DRAWN = {
    "pluses": """\
OUTCOME: Fewer no-shows
 |
 +-- OPP: I forget my appointment
 |    +-- SOL: A reminder
""",
    "keys": """\
🎯 Outcome: Fewer no-shows
🔍 Opportunity 1️⃣: I forget my appointment
   💡 Solution ①: A reminder
""",
    "wiki": """\
||Outcome||Opportunity||Solution||
|Fewer no-shows|I forget my appointment|A reminder|
""",
}


@pytest.mark.parametrize("text", DRAWN.values(), ids=DRAWN)
def test_drawing_keys_and_wiki_tables_are_trees(text: str) -> None:
    made = guessed({"plan.txt": text}, "tree")
    nodes = grown(made).by_id.values()
    found = {f"{node.kind} {node.title}" for node in nodes}
    assert found == {line.partition(" < ")[0] for line in TREE_OF_ROWS.splitlines()}
    assert made.unread == ()


def test_format_that_understands_most_is_chosen() -> None:
    mixed = (
        "# Tree: rides\n\n## [Outcome] More rides\n\n### Opportunity 1: I do not know who goes\n\n"
        "**Solution 1A: A list**\n- Experiment: a week by hand\n"
    )
    assert "solution" in {
        node.kind for node in grown(guessed({"a.md": mixed}, "tree")).by_id.values()
    }
    people = "Participant;Date;What happened\nP1;05.10.2026;looks for it\nP2;06.10.2026;prints\n"
    made = guessed({"a.csv": people}, "notes")
    assert [each.kind for each in made.drafts] == ["interview", "interview"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252"])
def test_file_in_another_encoding_is_read(folder: Written, run: Run, encoding: str) -> None:
    home = folder(PROJECT)
    table = "Type,Title,Parent\nOpportunity,Gäste frieren,More films\nIdea,Öfen,Gäste frieren\n"
    (home / "a.csv").write_bytes(table.encode(encoding))
    said = run("ost import a.csv --yes").stdout
    assert "a.csv is not UTF-8; read as " in said
    (path,) = (home / "content").rglob("ofen.md")
    assert "# Öfen" in path.read_text("utf-8")


def test_equal_lines_are_listed_once_with_their_places(folder: Written, run: Run) -> None:
    home = folder(PROJECT)
    pages = "type: goal\nstatus: active\npriority: 1\nmood: {}\n"
    for number in range(40):
        text = f"---\n{pages.format(number if number > 4 else 'fine')}---\n"
        (home / f"space{number:02}.md").write_text(text)
    names = " ".join(f"space{number:02}.md" for number in range(3))
    said = run(f"ost import {names}").stdout
    assert said.count("left out") == 3
    (home / "space").mkdir()
    for number in range(40):
        (home / f"space{number:02}.md").rename(home / f"space/s{number:02}.md")
    said = run("ost import ost-tools space --dry-run").stdout
    assert (
        "left out space/s00.md:4, space/s01.md:4, space/s02.md:4, … (40 times): priority\n" in said
    )
    assert "not understood space/s00.md:5, space/s01.md:5, space/s02.md:5, space/s03.md:5," in said
    assert all(f"space/s{number:02}.md:5" in said for number in range(40))
