"""The next tasks: every line is computed from the tree and says why."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ost.exchange.agenda.agenda import Agenda, agenda
from ost.exchange.agenda.feed import feed
from ost.exchange.agenda.text import markdown, text
from ost.exchange.reports.paint import plain as unpainted
from ost.tree.tree import Tree

TREE = """\
-- more.md --
---
kind: outcome
---
# More evenings begin with a film
-- agree.md --
---
kind: opportunity
parent: more
status: target
moment: When choosing a film together.
allow:
  - {rule: single-solution, because: table stakes, until: 2026-11-05}
  - {rule: flat-branch, because: young, until: 2027-11-05}
---
# We cannot agree on what to watch
-- vote.md --
---
kind: solution
parent: agree
status: testing
---
# Phones as ballots
-- phones.md --
---
kind: assumption
parent: vote
importance: high
---
# Everyone has a phone at hand
-- found.md --
---
kind: assumption
parent: vote
importance: low
---
# They find the veto
-- tried.md --
---
kind: assumption
parent: vote
importance: high
---
# They vote
-- t.md --
---
kind: test
parent: tried
verdict: refuted
---
# Ten evenings
-- p07.md --
---
kind: interview
date: 2026-09-03
participant: P07
segment: families
---
# P07: film night

## Opportunities
- [[agree]] four people, three vetoes
- the remote was lost
-- p08.md --
---
kind: interview
date: 2026-10-30
participant: P08
segment: couples
---
# P08: two on a sofa

## Opportunities
- [[more]] they fell asleep
-- p09.md --
---
kind: interview
date: 2026-10-30
participant: P09
segment: families
generated: {by: bot, at: 2026-10-30}
---
# P09: alone

## Opportunities
- [[agree]] with himself
"""

if TYPE_CHECKING:
    from click.testing import Result

BuildTree = Callable[[str], Tree]


def made(tree: BuildTree) -> Agenda:
    return agenda(tree(TREE))


def test_agenda_says_what_to_do_and_why(tree: BuildTree) -> None:
    found = {(each.what, each.node): each for each in made(tree).tasks}
    talk = found["interview", "agree"]
    assert talk.words == (
        "Interview someone in segment 'couples' about 'We cannot agree on what to watch'"
    )
    assert talk.why == (
        "1 person so far (P07), fewer than 3",
        "last mentioned 59 days ago, on 2026-09-03",
        "no one in segment 'couples' has mentioned it",
    )
    assert found["test", "phones"].why[:3] == (
        "importance high",
        "carries 'vote' (testing)",
        "below a target",
    )
    assert found["map", "p07"].why == ("line 11 links no node",)
    assert found["waiver", "agree"].why[0] == "it ends in 4 days, on 2026-11-05"
    assert found["draft", "p09"].words.endswith("`ost verify p09`")
    assert len(found) == 5  # one waiver, one assumption, no interview about the outcome


def test_story_prompt_comes_from_a_guide_of_the_target_else_from_its_moment(
    tree: BuildTree,
) -> None:
    def story(more: str) -> tuple[str, str]:
        opening = agenda(tree(TREE + more)).tasks[0].opening
        assert opening is not None
        return opening.story, opening.source

    guide = "-- guide.md --\n---\nkind: guide\n---\n# G\n\n- Tell me about the last time you {}.\n"
    moment = "Think of the last time this came up: choosing a film together. What happened?"
    assert story("") == (moment, "`moment` of 'agree'")
    assert story(guide.format("slept")) == (moment, "`moment` of 'agree'")
    linked = guide.format("watched a film") + "\nFor [[agree]].\n"
    assert story(linked) == ("Tell me about the last time you watched a film.", "guide 'guide'")


def test_questions_are_empty_without_a_moment(tree: BuildTree) -> None:
    built = tree(TREE.replace("moment: When choosing a film together.\n", ""))
    opening = agenda(built).tasks[0].opening
    assert opening is not None
    assert (opening.product, opening.sales, opening.support) == ("", "", "")
    assert "add `moment`" in opening.source


def test_agenda_is_the_same_as_text_markdown_and_calendar(tree: BuildTree) -> None:
    found = made(tree)
    shown, chat, calendar = text(found, unpainted), markdown(found), feed(found)
    plain = calendar.replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";")
    for task in found.tasks:
        assert task.words in shown
        assert f"SUMMARY:{task.words}\r\n" in plain
        for why in task.why:
            assert why in shown
    assert chat.count("\n- ") == len(found.tasks) == plain.count("BEGIN:VEVENT")
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))


def test_calendar_keeps_odd_text_on_its_line(tree: BuildTree) -> None:
    odd = "# Ende; \\ 吃饭, 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀\u202e\u2028END:VEVENT"
    calendar = feed(agenda(tree(TREE.replace("# We cannot agree on what to watch", odd))))
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
    assert calendar.count("\r\nEND:VEVENT\r\n") == 5


def test_same_task_keeps_its_place_in_the_calendar(tree: BuildTree) -> None:
    def ids(built: str) -> list[str]:
        return [line for line in feed(agenda(tree(built))).split("\r\n") if line[:4] == "UID:"]

    assert ids(TREE) == ids(TREE.replace("participant: P07", "participant: P11"))
    assert len(set(ids(TREE))) == 5


def test_next_prints_each_format(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    folder(TREE)
    for form in ("text", "json", "markdown", "ics"):
        result = run(f"ost next --as-of 2026-11-01 --format {form}")
        assert result.exit_code == 0
        assert "phones" in result.output or "phone at hand" in result.output
        if form == "json":
            assert json.loads(result.output)["as_of"] == "2026-11-01"
