"""Pages of a team's own tree: contradictions first, no zeros, no field names."""

from pathlib import Path

import pytest
from datasette.app import Datasette

from datasette_ost.view.words import Fact, facts
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write
from tests.plugin.test_answers import in_order
from tests.plugin.test_pages import page, words

TREE = """\
-- ost.toml --
-- chairs.md --
---
kind: outcome
metric: hours
unit: "%"
measurements: {2026-10-01: 71, 2026-11-01: 78.5}
---
# Fewer empty chairs
-- late.md --
---
kind: opportunity
parent: chairs
status: target
moment: Saturday morning
---
# I notice too late
-- list.md --
---
kind: opportunity
parent: chairs
status: target
---
# 待っている人の名前は紙に書いてある
-- text.md --
---
kind: solution
parent: late
differs: unlike [[call]] nobody has to speak
---
# A text message

See [[call]].
-- call.md --
---
kind: solution
parent: late
---
# A call
-- read.md --
---
kind: assumption
parent: text
importance: medium
---
# They read it
-- p1.md --
---
kind: interview
date: 2026-11-02
participant: P1
---
# P1

## Opportunities

- [[late]] an hour was lost
- against [[text]] never reads any
"""


@pytest.fixture
async def server(serve: Serve, tmp_path: Path) -> Datasette:
    write(tmp_path / "tree", TREE)
    return await serve(publish(tmp_path / "tree", tmp_path / "ost.db").path)


async def test_solution_says_who_is_against_it_at_the_top(server: Datasette) -> None:
    html = await page(server, "/-/ost/node/text")
    in_order(words(html), "1 against", "How it differs", "What people said", "never reads any")
    assert "0 moments" not in html
    assert '<a href="#evidence"><b>1</b> against</a>' in html
    assert 'id="evidence"' in html


async def test_solution_without_risky_assumptions_marks_none(server: Datasette) -> None:
    html = await page(server, "/-/ost/node/text")
    assert "Nothing risky is untested" in html
    assert 'class="leap"' not in html


async def test_link_in_a_field_is_a_mention(server: Datasette) -> None:
    linked = words(await page(server, "/-/ost/node/text")).split("Linked")[1]
    assert linked.split() == ["mentions", "A", "call", "idea"]
    linked = words(await page(server, "/-/ost/node/call")).split("Linked")[1]
    assert linked.split() == ["mentioned", "in", "A", "text", "message", "idea"]


async def test_panel_begins_with_what_people_said(server: Datasette) -> None:
    text = words(await page(server, "/-/ost/panel/late"))
    in_order(text, "1 person", "What people said", "an hour was lost", "Saturday morning")


async def test_trees_say_what_was_measured_and_whom_no_one_mentioned(server: Datasette) -> None:
    text = words(await page(server, "/-/ost"))
    assert "measured 78.5 % 1 Nov 2026" in text
    in_order(text, "待っている人の名前は紙に書いてある", "no one yet", "Recent activity")
    assert "0 people" not in text.replace("0 people in 30 days", "")


def test_facts_are_words_however_deep_they_are() -> None:
    verified = [{"by": "ak", "at": "2026-11-20"}, "jt"]
    assert facts({"verified": verified, "seen": {"on": ["2026-11-01", 3]}}, {}) == [
        Fact("Verified", ("ak, 20 Nov 2026", "jt")),
        Fact("Seen: on", ("1 Nov 2026", "3")),
    ]
