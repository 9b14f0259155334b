"""Markdown transcripts: distinguished from notes by their bytes, and read like any transcript."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ost
from ost.judge.check import all_rules, check, configure
from ost.project.markdown_transcripts import is_transcript
from ost.tree.model import Interview

if TYPE_CHECKING:
    from click.testing import Result

TALK = """# Talk with P07

**Ann:** Tell me about the last film night.

**P07:** We spend longer choosing than watching.

**Ann:** What happened next?

**P07:** Somebody went to bed.

**Ann:** And then?

**P07:** I read a book.
"""
TREE = f"""
-- p07.md --
---
kind: interview
participant: P07
date: 2026-11-03
consent: research
transcript: talks/p07.md
---
# P07: film night with two teenagers

## Quick facts
- two teenagers

## Memorable quote
> We spend longer choosing than watching.

## Story
1. Friday

## Opportunities
- the film was over before it began
  > I would pay ten euros for a better remote control.

## Insights
- the phone is the remote
-- talks/p07-talk.md --
{TALK}
-- ost.toml --
content = "."
"""
TREE = TREE.replace("talks/p07.md", "talks/p07-talk.md")


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        (TALK, True),
        (TALK.replace("**", ""), True),
        (TALK.replace("**Ann:**", "[00:12] Ann:").replace("**P07:**", "[00:15] P07:"), True),
        ("---\ntitle: a talk\n---\n" + TALK, True),
        ("---\nkind: guide\n---\n" + TALK, False),
        ("# Notes\n\n**Goal:** learn\n\n**Time:** an hour\n\nWe begin with a story.\n", False),
        ("# Plan\n\n" + "Goal: learn\n\nmuch text\n\nmore text\n\nand text\n\n" * 4, False),
        ("# Read me\n\nJust words.\n", False),
        ("00:10.000 --> 00:12.000\nAnn: Hello\n\n00:13.000 --> 00:14.000\nP07: Yes\n", True),
        ("", False),
    ],
)
def test_transcript_is_distinguished_from_notes(text: str, talk: bool) -> None:
    assert is_transcript(text.encode()) is talk


def codes(run: Callable[[str], "Result"], options: str = "") -> list[str]:
    """The codes of what `ost check` says."""
    lines = run(f"ost check --format concise {options}").stdout.split("\n")
    return sorted(line.split()[1] for line in lines if ".md:" in line)


def test_quotes_are_looked_up_in_markdown(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    folder(TREE)
    assert codes(run) == ["OST208"]


def test_change_of_a_markdown_transcript_is_seen(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    made = folder(TREE)
    talk = made / "talks/p07-talk.md"
    assert codes(run) == ["OST208"]
    talk.write_text(TALK.replace("a book", "and I would pay ten euros for a better remote control"))
    assert codes(run) == []
    talk.write_text("# Notes\n\nNo talk any more.\n", "utf-8")
    assert codes(run) == ["OST005", "OST210"]
    talk.write_text(TALK, "utf-8")
    assert codes(run) == ["OST208"]


def test_a_loaded_tree_has_the_transcript_and_no_page_called_like_it(
    folder: Callable[[str], Path],
) -> None:
    """The tree in Python is the tree that the project was judged by."""
    project = ost.load(folder(TREE.replace("- two teenagers", "- see [[p07-talk]]")))
    talk = project.tree.get("p07")
    assert isinstance(talk, Interview)
    heard = project.tree.transcript(talk)
    assert heard is not None
    assert "We spend longer choosing than watching." in [each.text for each in heard.turns]
    codes = {each.code for each in project.diagnostics}
    assert "OST010" in codes, "a transcript is no page that a link may lead to"
    rules = [each for each in configure(all_rules()) if each.code in codes]
    assert [*check(project.tree, rules)] == [*project.diagnostics]


def test_coach_reviews_the_markdown_transcript_that_a_snapshot_names(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    made = folder(TREE)
    questions = TALK.replace("What happened next?", "Would you pay for a better remote control?")
    (made / "talks/p07-talk.md").write_text(questions)
    said = run("ost coach p07.md")
    assert said.exit_code == 0, said.stderr
    assert "talks/p07-talk.md" in said.stdout
    assert "Would you pay" in said.stdout
