"""Each kind's page begins with its main facts, and its JSON holds the same."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from datasette.app import Datasette

from datasette_ost.file.measurements import MeasuredDay
from datasette_ost.view import bars
from datasette_ost.view.series import series
from datasette_ost.view.words import criterion as criterion_in_words
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write
from tests.plugin.test_pages import page, words
from tests.scratch import Scratch

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[[str], "Result"]

TREE = """\
-- ost.toml --
title = "Reading"
-- stay.md --
---
kind: outcome
metric: readers who come back
baseline: 10
target: 30
by: 2026-12-01
measurements: {2026-08-01: 10, 2026-10-01: 14}
---
# More readers come back
-- lost.md --
---
kind: opportunity
parent: stay
status: target
aliases: [bookmark]
---
# I lose my place
-- inside.md --
---
kind: opportunity
parent: lost
---
# I lose it on the train
-- ribbon.md --
---
kind: solution
parent: lost
status: testing
differs: it is part of the book
bet: {expect: 20, metric: readers who find their page, by: 2026-09-01, confidence: two to one}
---
# A ribbon
-- corner.md --
---
kind: solution
parent: lost
status: shipped
bet: {expect: 10, metric: pages found, by: 2026-09-01}
result: {on: 2026-09-02, actual: 4, verdict: missed}
---
# A folded corner
-- app.md --
---
kind: solution
parent: lost
status: dropped
because: nobody carries it
---
# An app
-- bound.md --
---
kind: assumption
parent: [ribbon, corner]
risk: feasibility
importance: high
---
# A ribbon can be bound in
-- seen.md --
---
kind: assumption
parent: ribbon
importance: high
---
# People see it
-- liked.md --
---
kind: assumption
parent: ribbon
importance: low
---
# People like it
-- ten-books.md --
---
kind: test
parent: bound
criterion: {measure: books bound, at_least: 7, of: 10}
result: {measure: 3, of: 5}
ended: 2026-10-01
verdict: refuted
---
# Ten books
-- choice.md --
---
kind: decision
parent: lost
on: 2026-10-02
chose: [ribbon]
over: [corner, app]
door: two-way
because: The ribbon was found by most. Corners tear.
revisit: 2026-10-20
---
# The ribbon
-- p1.md --
---
kind: interview
date: 2026-10-05
participant: P1
segment: commuters
---
# P1
## Opportunities
- [[lost]] twice a week
  > I begin the chapter again. [02:00]
- [[inside]] doors close
  > The train was full. [04:00]
-- p2.md --
---
kind: interview
date: 2026-10-06
participant: P2
---
# P2
## Opportunities
- [[lost]] once
  > I guess the page.
- [[lost]] and again
  > It fell on the floor.
- against [[inside]] has a seat
"""


@pytest.fixture
async def server(serve: Serve, tmp_path: Path) -> Datasette:
    write(tmp_path / "tree", TREE)
    return await serve(publish(tmp_path / "tree", tmp_path / "ost.db").path)


async def values(server: Datasette, node: str) -> dict[str, Any]:
    return dict((await server.client.get(f"/-/ost/node/{node}.json")).json())


async def page_words(server: Datasette, node: str) -> str:
    return words(await page(server, f"/-/ost/node/{node}"))


def in_order(text: str, *parts: str) -> None:
    places = [text.find(each) for each in parts]
    assert -1 not in places, (text, parts)
    assert places == sorted(places), (text, parts)


async def test_opportunity_shows_people_then_contradiction_then_solutions(
    server: Datasette,
) -> None:
    text = await page_words(server, "lost")
    in_order(
        text,
        "2 people said so in 2 interviews, last on 6 Oct 2026",
        "I guess the page.",
        "I begin the chapter again.",
        "1 against",
        "has a seat",
        "on I lose it on the train",
        "Solutions 3",
        "chosen A ribbon",
        "passed over An app Dropped: nobody carries it",
        "What people said",
    )
    assert text.index("bookmark") < text.index("2 people")  # in the menu of the head
    html = await page(server, "/-/ost/node/lost")
    assert "bookmark" in html.split("<details", 2)[2].split("</details>")[0]
    opening = text.split("1 against")[0]
    assert "It fell on the floor." not in opening  # one quote of each person


async def test_solution_is_a_bet_and_a_map(server: Datasette) -> None:
    html = await page(server, "/-/ost/node/ribbon")
    text = words(html)
    in_order(
        text,
        "We expect 20 readers who find their page by 1 Sep 2026 . Confidence: two to one.",
        "Due on 1 Sep 2026",
        "it is part of the book",
        "Alternatives A folded corner",
        "An app",
        "What must be true 3",
    )
    rows = re.findall(r"<tr><th scope=\"row\">(\w+).*?</tr>", html, re.DOTALL)
    assert rows == ["High", "Medium", "Low"]
    high = html.split('<th scope="row">High')[1].split("</tr>")[0].split("<td")
    titles = [re.findall(r"<span> (.*?)</span>", cell) for cell in high[1:]]
    assert titles == [["A ribbon can be bound in"], [], ["People see it"]]
    assert 'class="leap"' in "<td".join(high[3:]) or "leap" in high[3]
    listed = re.findall(r'<li id="a-(\d)">.*?<h3><a[^>]*>(.*?)</a>', html, re.DOTALL)
    assert listed == [
        ("1", "People see it"),
        ("2", "A ribbon can be bound in"),
        ("3", "People like it"),
    ]
    found = await values(server, "ribbon")
    assert [each["id"] for each in found["alternatives"]] == ["corner", "app"]


async def test_result_of_a_bet_is_a_sentence(server: Datasette) -> None:
    text = await page_words(server, "corner")
    in_order(text, "We expected 10 pages found", "It was 4 on 2 Sep 2026: missed")
    assert 'aria-label="4 against 10"' in await page(server, "/-/ost/node/corner")


async def test_assumption_and_test_say_the_result_and_what_it_decides(server: Datasette) -> None:
    for node in ("bound", "ten-books"):
        html = await page(server, f"/-/ost/node/{node}")
        text = words(html)
        assert "3 of 5" in text
        assert "at least 7 of 10: books bound" in text
        assert "Refuted" in text
        assert 'class="seen short" y="7" width="60.0%"' in html
        decided = [each["id"] for each in (await values(server, node))["decides"]]
        assert decided[-2:] == ["corner", "ribbon"] or decided[-2:] == ["ribbon", "corner"]
    assert (await values(server, "ten-books"))["decides"][0]["id"] == "bound"


async def test_decision_is_a_sentence(server: Datasette) -> None:
    html = await page(server, "/-/ost/node/choice")
    text = words(html)
    in_order(
        text,
        "On 2 Oct 2026 we chose A ribbon over A folded corner and An app , because:",
        "The ribbon was found by most. Corners tear.",
        "Revisit on 20 Oct 2026. That day has come.",
        "two-way door: easy to take back",
    )
    for node in ("ribbon", "corner", "app"):
        assert f'href="/-/ost/node/{node}"' in html
    found = await values(server, "choice")
    assert found["suspect"] is None  # without history nobody can know
    assert "rests on has changed" not in text


async def test_decision_is_suspect_when_its_ground_has_changed(
    scratch: Scratch, run: Run, serve: Serve
) -> None:
    def named(title: str) -> str:
        return f"-- need.md --\n---\nkind: opportunity\n---\n# {title}\n"

    decision = "-- first.md --\n---\nkind: decision\nchose: [need]\n---\n# This first\n"
    scratch.commit(named("I lose my place") + decision)
    file = scratch.folder.parent / "past.db"
    texts = []
    for change in ("", named("I fall asleep"), decision.replace("# This", "# Still this")):
        scratch.commit(change)
        ended = run("ost build --history --output ../past.db")
        assert ended.exit_code == 0, ended.output
        texts.append(await page_words(await serve(file), "first"))
    assert "Nothing it rests on has changed" in texts[0]
    assert "Suspect: what it rests on has changed" in texts[1]
    assert "Nothing it rests on has changed" in texts[2]


async def test_outcome_shows_its_pace_and_what_is_worked_on(server: Datasette) -> None:
    html = await page(server, "/-/ost/node/stay")
    text = words(html)
    in_order(
        text, "10 → 30 by 1 Dec 2026", "due 1 Dec 2026", "14 on 1 Oct 2026: behind the pace of 20"
    )
    in_order(text, "Working on", "I lose my place", "2 people", "Compare 2 solutions", "A ribbon")
    assert 'class="pace"' in html
    found = await values(server, "stay")
    assert [each["box"]["id"] for each in found["targets"]] == ["lost"]


@pytest.mark.parametrize(
    ("values", "fields", "verdict"),
    [
        ([1, 2], {"baseline": 1, "target": 3, "by": "2026-03-01"}, "on pace of 2"),
        ([1, 3], {"target": 3, "by": "2026-03-01"}, "target reached"),
        ([9, 8], {"baseline": 9, "target": 3, "by": "2026-03-01"}, "behind the pace of 6.1"),
        ([9, 2], {"target": 3, "by": "2026-03-01"}, "target reached"),
        ([1, 2], {"target": 3}, "2 on 30 Jan 2026"),
        ([1, 2], {}, ""),
        ([1, 2], {"target": "many", "by": 7}, ""),
    ],
)
def test_pace_is_said_in_words(
    values: list[float], fields: dict[str, object], verdict: str
) -> None:
    days = ("2026-01-01", "2026-01-30")
    made = series(
        [MeasuredDay("o", day, each) for day, each in zip(days, values, strict=True)], fields
    )
    assert made is not None
    assert made.verdict.endswith(verdict)
    places = [each.x for each in made.dots] + [each.y for each in made.dots]
    assert all(0 <= each <= 100 for each in places)


def needs(least: float, of: float | None = None) -> dict[str, object]:
    return {"at_least": least, **({} if of is None else {"of": of})}


BARS = [
    (needs(7, 10), {"measure": 8, "of": 10}, (80.0, 70.0, True, "10")),
    (needs(7, 10), {"measure": 3, "of": 5}, (60.0, 70.0, False, "10")),
    (needs(4, 200), {"measure": 9, "of": 200}, (90.0, 40.0, True, "10 of 200")),
    ({"at_most": 0.8}, {"measure": 0.4}, (40.0, 80.0, True, "1")),
    (needs(7, 10), {}, (None, 70.0, None, "10")),
    ({}, {"measure": 3}, (75.0, None, None, "4")),
]


@pytest.mark.parametrize(("criterion", "result", "shown"), BARS)
def test_bar_gives_places_in_percent(
    criterion: dict[str, object], result: dict[str, object], shown: object
) -> None:
    found = bars.of_test({"criterion": criterion, "result": result})
    assert found is not None
    assert (found.seen, found.limit, found.met, found.end) == shown
    assert 0 <= found.begin <= found.begin + found.width <= 100


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({**needs(7, 10), "measure": "families"}, "at least 7 of 10: families"),
        ({"at_most": 40, "unit": "seconds"}, "at most 40 seconds"),
        ({"measure": "families", "unit": "people"}, "families"),
    ],
)
def test_criterion_in_words(given: dict[str, object], said: str) -> None:
    assert criterion_in_words(given) == said


@pytest.mark.parametrize("odd", [None, "7 of 10", [], {"at_least": "seven"}, {"at_least": True}])
def test_bars_need_numbers(odd: object) -> None:
    assert bars.of_test({"criterion": odd, "result": odd}) is None
    assert bars.of_bet({"bet": odd, "result": odd}) is None


COMMANDS = {
    "": "ost new interview",
    "node/a": "ost new interview",
    "node/b": "ost new solution --parent b",
    "node/c": "ost new assumption --parent c",
    "node/d": "ost new test --parent d",
    "node/e": "criterion: {",
    "tree/e": "Nothing goes below this kind of node",
    "siblings/b": "ost new opportunity --parent b",
    "compare/b": "ost new solution --parent b",
    "outcome/a": "measurements: {",
    "evidence": "Evidence",
    "practice": "ost new interview",
    "bets": "bet: {expect",
    "activity": "ost new interview",
}


async def test_empty_pages_say_what_to_do_next(serve: Serve, tmp_path: Path) -> None:
    kinds = ("outcome", "opportunity", "solution", "assumption", "test")
    text = ""
    for node, kind, parent in zip("abcde", kinds, (None, *"abcd"), strict=True):
        below = f"parent: {parent}\n" if parent else ""
        text += f"-- {node}.md --\n---\nkind: {kind}\n{below}---\n# Node {node}\n"
    for removed in range(5):
        part = text.split(f"-- {'bcdef'[removed]}.md --")[0]
        folder = tmp_path / str(removed)
        write(folder, part)
        server = await serve(publish(folder, folder / "ost.db").path)
        last = "abcde"[removed]
        for path, command in COMMANDS.items():
            if path.endswith(f"/{last}") or (removed == 0 and "/" not in path):
                assert command in await page(server, f"/-/ost/{path}"), (path, removed)
