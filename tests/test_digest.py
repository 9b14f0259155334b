"""The digest: every change since a day, in the right part."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from click.testing import Result

    from tests.scratch import Scratch

RunCommand = Callable[[str], "Result"]

BEFORE = """\
-- ost.toml --
-- more.md --
---
kind: outcome
---
# More evenings begin with a film
-- agree.md --
---
kind: opportunity
parent: more
---
# We cannot agree on what to watch
-- vote.md --
---
kind: solution
parent: agree
status: candidate
---
# Phones as ballots
-- asleep.md --
---
kind: opportunity
parent: more
---
# The kids fall asleep
"""
AFTER = """\
-- agree.md --
---
kind: opportunity
parent: more
status: target
---
# We cannot agree on what to watch
-- asleep.md --
---
kind: opportunity
parent: agree
---
# The kids fall asleep
-- vote.md --
---
kind: solution
parent: agree
status: dropped
because: two of eight tried it twice
---
# Phones as ballots
-- p07.md --
---
kind: interview
date: 2026-10-03
participant: P07
---
# P07: film night

## Opportunities
- [[agree]] four people, three vetoes
-- p08.md --
---
kind: interview
participant: P08
generated: {by: bot}
---
# P08: drafted

## Opportunities
- [[asleep]] at nine
"""


@pytest.fixture
def history(scratch: "Scratch") -> "Scratch":
    scratch.commit(BEFORE, day="2026-10-01")
    scratch.write(AFTER)
    return scratch


@pytest.mark.usefixtures("history")
def test_digest_puts_each_change_in_its_part(run: RunCommand) -> None:
    found = json.loads(run("ost digest --since 2026-10-01 --format json").output)
    parts = {name: {(each["change"], each["node"]) for each in found[name]} for name in PARTS}
    assert {("added", "p07"), ("heard", "agree"), ("evidence", "agree")} <= parts["heard"] | {
        (change, "agree") for change, node in parts["heard"] if node == "p07"
    }
    assert ("target-chosen", "agree") in parts["decided"]
    assert ("status", "vote") in parts["decided"]
    assert ("moved", "asleep") in parts["moved"]
    assert not parts["heard"] & parts["moved"]
    assert "asleep" not in {node for _, node in parts["heard"]}  # a draft is no evidence


PARTS = ("heard", "decided", "moved")


@pytest.mark.usefixtures("history")
def test_digest_reads_alike_as_text_and_markdown(run: RunCommand) -> None:
    shown = run("ost digest --since 2026-10-01").output
    chat = run("ost digest --since 2026-10-01 --format markdown").output
    for title in ("What we heard", "What was decided", "What moved"):
        assert f"\n{title}\n" in shown
        assert f"\n### {title}\n" in chat
    assert shown.count("\n  ") == chat.count("\n- ")
    assert "new draft interview" in shown


@pytest.mark.usefixtures("history")
def test_digest_of_a_week_counts_from_an_empty_tree_where_history_is_younger(
    run: RunCommand,
) -> None:
    everything = run("ost digest --since 2026-09-01").output
    assert "new outcome" in everything
    assert "new interview" in everything


def test_digest_of_a_quiet_week_says_so(scratch: "Scratch", run: RunCommand) -> None:
    scratch.commit(BEFORE, day="2026-10-01")
    assert "nothing changed in the tree" in run("ost digest --since 2026-10-02").output
    assert "Nothing changed" in run("ost digest --since HEAD --format markdown").output


def test_digest_before_the_first_commit_says_so(scratch: "Scratch", run: RunCommand) -> None:
    scratch.write(BEFORE)
    ended = run("ost digest")
    assert ended.exit_code == 2
    assert ended.stderr.endswith("has no commit yet\n")


@pytest.mark.parametrize("since", ["2026-13-01", "nothing", "''x"])
@pytest.mark.usefixtures("history")
def test_digest_refuses_words_that_are_neither_day_nor_revision(
    run: RunCommand, since: str
) -> None:
    assert run(f"ost digest --since {since}").exit_code == 2
