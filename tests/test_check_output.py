"""The order of `ost check`, its one-line format, and its findings in changed files."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from click.testing import Result

Folder = Callable[[str], Path]
Run = Callable[[str], "Result"]

TREE = """
-- a-vague-one.md --
---
kind: opportunity
parent: more-film-nights
---
# Make choosing easier
-- b-broken.md --
---
kind: opportunity
parent: more-film-nigths
---
# I am out of episodes of my favourite show
-- more-film-nights.md --
---
kind: outcome
metric: evenings
---
# More evenings begin with a film
-- the-target.md --
---
kind: opportunity
parent: more-film-nights
status: target
need: pains
other_ways: [vote, take turns]
---
# We cannot agree on what to watch
-- veto.md --
---
kind: solution
parent: the-target
status: testing
---
# Everybody vetoes on their own phone
-- ost.toml --
content = "."
"""


def lines(run: Run, options: str = "") -> list[str]:
    """The findings of `ost check --format concise`: file and code, in the order printed."""
    output = run(f"ost check --format concise {options}").stdout
    found = [line.split(":") for line in output.split("\n") if ".md:" in line]
    return [f"{each[0]} {each[3].split()[0]}" for each in found]


def test_errors_come_first_then_what_concerns_the_target(folder: Folder, run: Run) -> None:
    folder(TREE)
    assert lines(run) == [
        "b-broken.md OST010",
        "the-target.md OST202",
        "the-target.md OST008",
        "the-target.md OST301",
        "the-target.md OST304",
        "veto.md OST312",
        "more-film-nights.md OST512",
        "a-vague-one.md OST407",
    ]


def test_concise_has_one_line_for_each_finding(folder: Folder, run: Run) -> None:
    folder(TREE)
    first, *_ = run("ost check --format concise").stdout.split("\n")
    assert first.startswith("b-broken.md:3:9: OST010 no node 'more-film-nigths'")


def test_long_list_shows_the_first_of_each_rule_and_counts_the_rest(
    folder: Folder, run: Run
) -> None:
    many = "".join(
        f"-- n{number:02}.md --\n---\nkind: opportunity\nparent: more-film-nights\n---\n"
        f"# Make evening {number} easier\n"
        for number in range(30)
    )
    folder(TREE + many)
    output = run("ost check").stdout
    assert output.count("OST407[vague-opportunity]") == 5
    assert "26 more of OST407; `ost check --format concise` lists all" in output
    assert output.count(" error OST") == 4
    assert len([each for each in lines(run) if "OST407" in each]) == 31


def test_healthy_first_tree_shows_at_most_five_lines(folder: Folder, run: Run) -> None:
    folder(FIRST_TREE)
    assert len(lines(run)) <= 5, lines(run)


FIRST_TREE = """
-- fewer-missed-visits.md --
---
kind: outcome
measure: product
metric: share of visits that start on time
---
# More home visits start on time
-- roads.md --
---
kind: opportunity
parent: fewer-missed-visits
---
# I only find out on the road that a street is closed
-- keys.md --
---
kind: opportunity
parent: fewer-missed-visits
status: target
---
# I stand at the door and the key is with a colleague
-- notes.md --
---
kind: opportunity
parent: fewer-missed-visits
---
# I read about a change only after the visit
-- key-board.md --
---
kind: solution
parent: keys
differs: the office knows
---
# A board in the office shows who has which key
-- key-safe.md --
---
kind: solution
parent: keys
differs: nobody carries a key
---
# A safe at the door holds the key
-- key-photo.md --
---
kind: solution
parent: keys
differs: the nurses tell each other
---
# Nurses send each other a photo of the key ring
-- p01.md --
---
kind: interview
participant: P01
date: 2026-10-20
consent: research
---
# P01: a morning in the north

## Quick facts
- nurse, six visits each morning

## Memorable quote
> I rang the bell for ten minutes, and the key was in Mona's car.

## Story
1. at seven I picked up the list

## Opportunities
- [[keys]] the key was in a colleague's car
  > I rang the bell for ten minutes, and the key was in Mona's car.

## Insights
- keys are handed over in the car park
-- p02.md --
---
kind: interview
participant: P02
date: 2026-10-27
consent: research
---
# P02: two visits too late

## Quick facts
- nurse since spring

## Memorable quote
> The street was closed, so I turned round twice.

## Story
1. on Tuesday the bridge was closed

## Opportunities
- [[roads]] the bridge was closed
- [[keys]] fetched the key from the office first

## Insights
- the office does not know who is where
-- guide.md --
---
kind: guide
---
# One story

- Tell me about the last visit that started late.
-- ost.toml --
content = "."
"""


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., None]:
    """Runs git in the folder, with a neutral author."""
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
    who |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
    who |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def call(*arguments: str) -> None:
        command = ["git", *arguments]
        subprocess.run(command, cwd=Path.cwd(), env=os.environ | who, check=True, timeout=60)

    return call


@pytest.fixture
def repository(folder: Folder, git: Callable[..., None]) -> Path:
    """The tree, committed on `main`."""
    made = folder(TREE)
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "a tree")
    return made


def files(run: Run) -> set[str]:
    """The files whose findings `--mine` shows."""
    return {each.rpartition(" ")[0] for each in lines(run, "--mine")}


def test_mine_is_what_the_working_tree_and_the_index_hold(
    repository: Path, run: Run, git: Callable[..., None]
) -> None:
    assert files(run) == set()
    vague = repository / "a-vague-one.md"
    vague.write_text(vague.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert files(run) == {"a-vague-one.md"}
    git("add", "a-vague-one.md")
    assert files(run) == {"a-vague-one.md"}
    (repository / "é new one.md").write_text("---\nkind: solution\n---\n# A new one\n", "utf-8")
    assert files(run) == {"a-vague-one.md", "é new one.md"}


def test_mine_is_what_was_committed_since_the_default_branch(
    repository: Path, run: Run, git: Callable[..., None]
) -> None:
    git("switch", "-q", "-c", "topic")
    vague = repository / "a-vague-one.md"
    vague.write_text(vague.read_text("utf-8") + "\nMore.\n", "utf-8")
    git("commit", "-q", "-a", "-m", "more")
    assert files(run) == {"a-vague-one.md"}
    git("switch", "-q", "main")
    assert files(run) == set()


def test_mine_before_the_first_commit_is_everything(
    folder: Folder, run: Run, git: Callable[..., None]
) -> None:
    folder(TREE)
    git("init", "-q", "-b", "main")
    git("add", "veto.md")
    assert files(run) >= {"veto.md", "the-target.md"}


def test_mine_runs_no_program_that_a_repository_names(
    repository: Path, run: Run, git: Callable[..., None]
) -> None:
    hit = repository / "hit"
    program = repository / "program.sh"
    program.write_text(f"#!/bin/sh\ntouch '{hit}'\ncat\n", "utf-8")
    program.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "diff.external",
        "diff.mine.command",
        "diff.mine.textconv",
        "filter.mine.clean",
        "filter.mine.smudge",
        "filter.mine.process",
        "core.pager",
        "pager.diff",
    ):
        git("config", key, str(program))
    git("config", "filter.mine.required", "true")
    (repository / ".git/info/attributes").write_text("*.md diff=mine filter=mine\n", "utf-8")
    vague = repository / "a-vague-one.md"
    vague.write_text(vague.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert "a-vague-one.md" in files(run)
    assert not hit.exists()


def test_mine_outside_of_a_repository_is_one_line(folder: Folder, run: Run) -> None:
    folder(TREE)
    result = run("ost check --mine")
    assert result.exit_code == 2
    assert result.output == ("ost: --mine compares files with git: this is not a git repository\n")


def test_mine_fixes_only_what_is_mine(repository: Path, run: Run, git: Callable[..., None]) -> None:
    broken = repository / "b-broken.md"
    before = broken.read_text("utf-8")
    target = repository / "the-target.md"
    target.write_text(target.read_text("utf-8") + "\nMore.\n", "utf-8")
    run("ost check --mine --fix")
    assert "need: pain\n" in target.read_text("utf-8")
    assert broken.read_text("utf-8") == before
