"""A kind in which people speak, other than interviews, is evidence wherever interviews are."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pytest
from msgspec import Meta

import ost
from datasette_ost.file.interviews import Rhythm, newest_interviews, rhythm
from datasette_ost.page import PageRequest
from datasette_ost.pages import activity, evidence, person, practice
from ost.exchange.differences import markdown
from ost.judge.catalog import all_rules, configure
from ost.judge.check import check
from ost.tree.model import Day, Node, People, register, unregister
from ost.tree.tree import Tree
from tests.plugin.sample import publish
from tests.test_diff_comment import named_difference
from tests.test_kinds import CONTENT

if TYPE_CHECKING:
    from click.testing import Result


class Ticket(Node, frozen=True, kw_only=True):
    """A message from a customer to support."""

    kind = "ticket"
    plural = "tickets"
    placed = False
    speaks = "story"
    day_field = "date"

    date: Annotated[Day | None, Meta(description="The day.")] = None
    participant: Annotated[People | None, Meta(description="Who wrote.")] = None
    segment: Annotated[str | None, Meta(description="The kind of customer.")] = None


STORIES = """\
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
---
# We cannot agree on what to watch
-- p07.md --
---
kind: interview
date: 2026-10-03
participant: P07
---
# P07: film night

## Opportunities
- [[agree]] four people, three vetoes
-- p07-again.md --
---
kind: interview
date: 2026-10-05
participant: P07
---
# P07: the week after

## Opportunities
- [[agree]] four people, two vetoes
"""

TICKET = CONTENT.replace("kind: interview", "kind: ticket\nsegment: families").replace(
    "consent: research\n", ""
)


@pytest.fixture
def ticket(folder: Callable[[str], Path]) -> Iterator[Path]:
    """A project with a kind other than interviews in which people speak."""
    register([Ticket])
    yield folder(TICKET.replace("kind: barrier", "kind: opportunity"))
    unregister("ticket")


def test_another_kind_that_speaks_is_evidence_in_the_graph_and_in_the_file(ticket: Path) -> None:
    graph = ost.load(ticket).graph
    attributes = graph.nodes["p07"]
    assert (
        attributes["participant"],
        attributes["segment"],
        attributes["date"],
    ) == ("P07", "families", "2026-10-30")
    with closing(sqlite3.connect(publish(ticket, ticket / "ost.db").path)) as db:
        row = db.execute("select participant, segment, date, sections from node where id = 'p07'")
        *said, sections = row.fetchone()
    assert said == [
        attributes["participant"],
        attributes["segment"],
        attributes["date"],
    ]
    assert json.loads(sections)[0]["part"] == "opportunities"


def test_another_kind_that_speaks_is_evidence_in_a_difference(ticket: Path) -> None:
    before = {path.name: path.read_text("utf-8") for path in ticket.glob("*.md")}
    after = {**before, "p07.md": before["p07.md"].replace("[[wall]]", "[[low]]")}
    said = markdown.render(named_difference(before, after))
    assert "P07" in said
    assert "Nobody owns the remote" in said


def test_another_kind_that_tells_a_story_is_on_the_pages_of_interviews(ticket: Path) -> None:
    asked = PageRequest(today="2026-11-02", id="P07")
    with closing(sqlite3.connect(publish(ticket, ticket / "ost.db").path)) as db:
        assert [each.kind for each in newest_interviews(db, 6)] == ["ticket"]
        assert rhythm(db, asked.today) == Rhythm(people=1, weeks=1, last="2026-10-30")
        (event,) = activity.read(db, asked).changes
        assert (event.said, event.words, event.node.id) == ("ticket", "P07", "p07")
        assert evidence.read(db, asked).months == ["2026-10"]
        assert sum(week.interviews for week in practice.read(db, asked).weeks) == 1
        found = person.read(db, asked)
    assert found is not None
    assert [each.kind for each in found.interviews] == ["ticket"]


def test_another_kind_that_tells_a_story_keeps_the_habit(tree: Callable[[str], Tree]) -> None:
    register([Ticket])
    try:
        found = _calendar(tree(STORIES.replace("kind: interview", "kind: ticket")))
        told = _calendar(tree(STORIES))
    finally:
        unregister("ticket")
    assert found == told
    assert {"OST506", "OST508"} <= found


def _calendar(tree: Tree) -> set[str]:
    """The rules about evidence and the habit that report an outcome or an opportunity."""
    rules = configure(all_rules(), {"narrow-sample": {"times": 1}}, calendar=True)
    return {each.code for each in check(tree, rules) if each.node in {"more", "agree"}}


def test_new_writes_a_kind_without_a_template(ticket: Path, run: Callable[[str], "Result"]) -> None:
    ended = run("ost new ticket 'P08 wrote' --set participant=P08")
    assert ended.exit_code == 0, ended.stderr
    text = (ticket / "p08-wrote.md").read_text("utf-8")
    assert "kind: ticket" in text
    assert text.endswith("# P08 wrote\n")
