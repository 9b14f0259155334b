"""`ost import`: guesses, shows, asks, writes all files or none, and recognises existing nodes."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import Result

from ost.cli import main
from ost.disk.fence import Fence
from ost.errors import Misuse
from ost.exchange.foreign.imports import Terms
from ost.exchange.foreign.terms import terms
from ost.limits import LARGEST_FILE
from ost.project import journal

Run = Callable[[str], Result]
Written = Callable[[str], Path]

PROJECT = "-- ost.toml --\n-- content/more.md --\n---\nkind: outcome\n---\n# More films\n"
TREE = "# Film\n\n## Outcome: Evenings\n- Opportunity: We cannot agree\n  - Solution: Veto\n"
NOTES = """\
# Round 2

## Participant 3
Segment: families
- four vetoes

## Participant 4
- nobody to choose with
"""


@pytest.fixture
def home(folder: Written) -> Path:
    return folder(f"{PROJECT}-- tree.txt --\n{TREE}-- notes.txt --\n{NOTES}")


def written_files(home: Path) -> set[str]:
    return {each.relative_to(home).as_posix() for each in home.glob("content/**/*.md")}


def test_guess_is_shown_and_nothing_is_written(home: Path, run: Run) -> None:
    before = written_files(home)
    shown = run("ost import tree.txt notes.txt")
    assert shown.exit_code == 0
    assert "tree.txt: probably tree (lines, columns or boxes" in shown.stdout
    assert "would write content/tree.md  tree: Evenings" in shown.stdout
    assert "2 interviews" in shown.stdout
    assert "not understood notes.txt:1: # Round 2 (it belongs to no participant)" in shown.stdout
    assert shown.stdout.endswith("nothing was written; add --yes to write the files\n")
    assert run("ost import tree.txt --yes --dry-run").stdout.endswith("nothing was written\n")
    assert written_files(home) == before


def test_yes_writes_once_and_then_finds_what_is_here(home: Path, run: Run) -> None:
    said = run("ost import tree.txt notes.txt --yes").stdout
    assert "wrote 3 files" in said
    assert said.endswith("next: `ost check`\n")
    found = written_files(home)
    assert len(found) == 4
    again = run("ost import tree.txt notes.txt --yes").stdout
    assert again.count("here already") == 2
    assert again.endswith("nothing to write\n")
    assert written_files(home) == found
    assert run("ost check --select OST0").exit_code == 0


def test_longer_tree_adds_the_new_nodes_alone(home: Path, run: Run) -> None:
    run("ost import tree tree.txt")
    (home / "tree.txt").write_text(f"{TREE}  - Solution: One chooses {{status: candidate}}\n")
    said = run("ost import tree tree.txt").stdout
    assert "wrote content/one-chooses.md" in said
    assert "3 nodes are here already" in said
    text = (home / "content/one-chooses.md").read_text()
    assert text == (
        "---\nkind: solution\nparent: we-cannot-agree\nstatus: candidate\n---\n# One chooses\n"
    )


def test_people_of_files_named_together_get_distinct_pseudonyms(home: Path, run: Run) -> None:
    """The next file knows the people of the one before, by the same pseudonyms."""
    (home / "a.txt").write_text("## Interview with Anna Berg\nx\n## Interview with Ben Weiss\ny\n")
    (home / "b.txt").write_text("## Interview with Carla Ruiz\nx\n## Interview with David Roth\n")
    run("ost import a.txt b.txt --yes")
    people = {
        line.removeprefix("participant: ")
        for path in (home / "content/interviews").glob("*.md")
        for line in path.read_text().split("\n")
        if line.startswith("participant: ")
    }
    assert people == {"P01", "P02", "P03", "P04"}


def test_folder_is_read_file_by_file_where_no_format_fits_it(home: Path, run: Run) -> None:
    inner = home / "in"
    (inner / ".hidden").mkdir(parents=True)
    (inner / "deep").mkdir()
    (inner / ".hidden/a.md").write_text(TREE)
    (inner / "deep/tree.md").write_text(TREE)
    (inner / "page.md").write_text("words\n")
    (inner / "wide.md").write_bytes("Motto".encode("utf-16"))
    (inner / "latin.md").write_bytes(b"caf\xe9")
    (inner / "nul.md").write_bytes(b"a\0b")
    (inner / "picture.png").write_bytes(b"\x89PNG")
    (inner / "link.md").symlink_to(home / "tree.txt")
    said = run("ost import in").stdout
    assert said.count("would write") == 1
    for line in (
        "page.md: no format fits",
        "latin.md: no format fits",
        "wide.md: no format fits",
        "nul.md: contains NUL bytes, so it is not text",
        "picture.png: 1 file of other types",
        "link.md: a link; links are not followed",
    ):
        assert f"not read {line}" in said


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.md", b"", "no format fits"),
        ("plain.md", b"hello\n", "no format fits; name one; formats are"),
        ("wide.md", "Motto".encode("utf-16"), "no format fits"),
        ("nul.md", b"a\0b", "nul.md: contains NUL bytes"),
        ("large.md", b"x" * (LARGEST_FILE + 1), "large.md: 5.0 MB is too large"),
    ],
)
def test_file_that_cannot_be_read_is_one_line(
    home: Path, run: Run, name: str, data: bytes, message: str
) -> None:
    (home / name).write_bytes(data)
    ended = run(f"ost import {name}")
    assert ended.exit_code == 2
    assert message in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("data", [TREE.replace("\n", "\r\n"), f"\ufeff{TREE}", TREE[:-1]])
def test_line_ends_and_marks_do_not_matter(home: Path, run: Run, data: str) -> None:
    (home / "odd.txt").write_bytes(data.encode())
    assert "3 nodes" in run("ost import odd.txt").stdout


@pytest.mark.parametrize("name", ["two words.txt", "🎬.txt", "\u05d0\u202e.txt", "-dash.txt"])
def test_names_of_any_kind_are_files(home: Path, run: Run, name: str) -> None:
    (home / name).write_text(TREE)
    assert run(f"ost import --yes -- './{name}'").exit_code == 0
    assert len(written_files(home)) == 2


def test_line_of_millions_of_letters_is_read(home: Path, run: Run) -> None:
    (home / "long.md").write_text("word " * 200_000)
    assert "no format" in run("ost import long.md").stderr


def test_import_skips_nodes_that_are_here_already(home: Path, run: Run) -> None:
    ended = run("ost import content/more.md")
    assert ended.exit_code == 2
    assert "content/more.md: its nodes are here already" in ended.stderr
    (home / "empty").mkdir()
    assert "empty: nothing to import" in run("ost import empty").stderr
    (home / "out.md").symlink_to("/etc/passwd")
    assert "out.md: a link to another place" in run("ost import out.md").stderr


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "ost import nowhere.md",
            "no file or format 'nowhere.md'; `ost import` lists the formats",
        ),
        ("ost import treee", "no file or format 'treee'; did you mean 'tree'?"),
        ("ost import tree notes.txt tree.txt -o x.md", "--output names one file, and there are 2"),
        ("ost import tree.txt --into ..", "is outside the content folder"),
        ("ost import tree.txt --mapping tree.txt", "tree.txt:4:3: "),
        ("ost import --yes", "missing argument"),
    ],
)
def test_import_reports_usage_errors(home: Path, run: Run, line: str, message: str) -> None:
    (home / "notes.txt").write_text(TREE.replace("Evenings", "Other"))
    ended = run(line)
    assert ended.exit_code == 2
    assert message in ended.stderr


def test_new_files_go_where_asked(home: Path, run: Run) -> None:
    run("ost import --into content/round notes.txt --yes")
    assert {each.split("/")[1] for each in written_files(home)} == {"more.md", "round"}
    run("ost import tree tree.txt --output mine.md")
    assert (home / "mine.md").read_text().startswith("---\nkind: tree\n")


def test_programs_get_json(home: Path, run: Run) -> None:
    shown = json.loads(run("ost import tree.txt notes.txt --format json").stdout)
    assert shown["written"] is False
    assert [each["format"] for each in shown["materials"]] == ["tree", "notes"]
    assert shown["materials"][1]["unread"][0] == {
        "path": "notes.txt", "line": 1, "text": "# Round 2", "why": "it belongs to no participant",
    }  # fmt: skip
    wrote = json.loads(run("ost import tree.txt --yes --format json").stdout)
    assert wrote["written"] is True
    assert [each["path"] for each in wrote["materials"][0]["files"]] == ["tree.md"]


def test_import_without_arguments_lists_the_formats(home: Path, run: Run) -> None:
    said = run("ost import").output
    assert "Usage: ost import [FORMAT] [OPTIONS] FILE..." in said
    assert all(f"\n  {name} " in said for name in ("notes", "podcast", "replies", "tree"))
    assert "--mapping FILE" in run("ost import tree --help").output


def test_many_files_are_shown_as_a_few(home: Path, run: Run) -> None:
    notes = "".join(f"## Participant {number}\nx\n" for number in range(40))
    (home / "many.txt").write_text(notes)
    said = run("ost import many.txt").stdout
    assert said.count("would write content/") == 30
    assert "would write: and 10 more" in said


def _terminal_output(controller: int) -> Iterator[str]:
    """Everything that a terminal received until it closed."""
    with os.fdopen(controller, "rb", 0) as screen, suppress(OSError):
        while told := screen.read(4096):
            yield told.decode("utf-8", "replace")


@pytest.mark.parametrize("answer", ["n", "y"])
def test_terminal_is_asked(home: Path, answer: str) -> None:
    before = written_files(home)
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "ost", "import", "tree.txt"]
    asked = subprocess.Popen(command, cwd=home, stdin=terminal, stdout=terminal, stderr=terminal)
    os.write(controller, f"{answer}\n".encode())
    assert asked.wait() == 0
    os.close(terminal)
    said = "".join(_terminal_output(controller))
    assert "Write 1 file? [y/N]" in said
    assert (written_files(home) != before) == (answer == "y")


@pytest.mark.parametrize("after", [0, 1])
def test_killed_import_leaves_nothing(home: Path, run: Run, after: int) -> None:
    before = written_files(home)
    child = os.fork()
    if not child:
        written = 0
        make = journal._make

        def stopping(fence: Fence, step: journal.FileStep) -> None:
            nonlocal written
            if written == after:
                os.kill(os.getpid(), signal.SIGKILL)
            make(fence, step)
            written += 1

        journal._make = stopping
        try:
            main(["import", "notes.txt", "--yes"], standalone_mode=False)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    run("ost check")
    assert written_files(home) == before


def test_file_that_came_meanwhile_stops_all(home: Path, run: Run) -> None:
    (home / "content/interviews").symlink_to(home)
    ended = run("ost import notes.txt --yes")
    assert ended.exit_code == 2
    assert "nothing was written" in ended.stderr
    assert written_files(home) == {"content/more.md"}


MAPPING = """\
[kinds]
"Chance" = "opportunity"
"Owner" = ""

[status]
later = "parked"
"""


def test_mapping_says_what_words_mean() -> None:
    found = terms(MAPPING, "words.toml")
    assert found == Terms(kinds={"Chance": "opportunity", "Owner": ""}, status={"later": "parked"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[kind]\n", "words.toml:1: there is no table 'kind'; did you mean 'kinds'?"),
        ("[kinds]\na = 'oportunity'\n",
         "words.toml:2: kinds.a: there is no kind 'oportunity'; did you mean 'opportunity'?"),
        ("\n[fields]\n'When' = 'dat'\n", "words.toml:3: fields.When: there is no field 'dat'"),
        ("[status]\nx = 'candidat'\n", "did you mean 'candidate'?"),
        ("[headings]\nx = 'stories'\n", "words.toml:2: headings.x: there is no part of a snapshot"),
        ("[people]\nAnna = 7\n", "words.toml:2: people.Anna: 7 is not text"),
        ("kinds = 3\n", "words.toml:1: kinds: write a table"),
        ("[kinds\n", "words.toml:1"),
    ],
)  # fmt: skip
def test_mistake_in_a_mapping_is_placed(text: str, message: str) -> None:
    with pytest.raises(Misuse) as error:
        terms(text, "words.toml")
    assert message in str(error.value)


def test_mapping_is_suggested_for_all_tables_together(home: Path, run: Run) -> None:
    table = "Type,Title,Parent,Effort\nOpportunity,Slow,More films,2\nSolution,Fast,Slow,1\n"
    (home / "a.csv").write_text(table)
    (home / "b.csv").write_text(
        'Type,Title,Parent,Sprint\n"Epic ""one""",Faster,Slow,x\nIdea,Again,Slow,x\n'
    )
    (home / "own.toml").write_text('[kinds]\n"Epic \\"one\\"" = "solution"\n')
    before = written_files(home)
    suggested = run("ost import a.csv b.csv tree.txt --suggest-mapping --mapping own.toml").stdout
    found = terms(suggested, "words.toml")
    assert found.fields == {
        "Type": "kind", "Title": "title", "Parent": "parent", "Effort": "", "Sprint": "",
    }  # fmt: skip
    assert found.kinds == {
        "Opportunity": "opportunity", "Solution": "solution", "Idea": "solution",
        'Epic "one"': "solution",
    }  # fmt: skip
    assert written_files(home) == before
    (home / "words.toml").write_text(suggested)
    assert "4 files" in run("ost import a.csv b.csv --mapping words.toml --yes").stdout
    assert run("ost import csv a.csv --suggest-mapping").stdout.startswith("[kinds]\n")
    with pytest.raises(Misuse, match="tree has no mapping to suggest; only tables have one"):
        main(["import", "tree.txt", "--suggest-mapping"], standalone_mode=False)


def test_mapping_names_people_and_labels(home: Path, run: Run) -> None:
    (home / "words.toml").write_text(
        "[people]\n'Zoya' = 'P41'\n[headings]\n'Was war' = 'story'\n'Intern' = ''\n"
        "[fields]\n'Gruppe' = 'segment'\n'Preis' = ''\n"
    )
    (home / "n.txt").write_text(
        "## Zoya\nGruppe: Familien\nPreis: 9\n### Was war\n1. Zoya sucht\n### Intern\ngeheim\n"
        "## Interview mit Ben\nx\n"
    )
    said = run("ost import notes n.txt --mapping words.toml").stdout
    assert "left out n.txt:3: Preis: 9" in said
    assert "left out n.txt:7: geheim" in said
    (path,) = [each for each in home.glob("content/interviews/*") if "p41" in each.name]
    text = path.read_text()
    assert "participant: P41\nsegment: Familien" in text
    assert "## Story\n\n1. P41 sucht" in text
    assert "Zoya" not in text
