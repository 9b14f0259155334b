"""Pages across nodes: their text with none, one and many, and what they never do."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from datasette_ost.file.measurements import MeasuredDay
from datasette_ost.view.series import PlotLabel, series
from tests.plugin.conftest import Serve
from tests.plugin.sample import HOSTILE, publish, write
from tests.plugin.test_pages import page, words

NODES = ("compare/cant-agree", "siblings/more-film-nights", "outcome/more-film-nights")
WHOLE = ("evidence", "practice", "bets")
PAGES = tuple(f"/-/ost/{each}" for each in (*NODES, *WHOLE))


@pytest.fixture
async def server(serve: Serve, file: Path) -> Datasette:
    return await serve(file)


SAYS = {
    "compare/cant-agree": (
        "everybody may say no",
        "one person chooses, in turn",
        "No description yet",
        "Everybody on the sofa takes part",
        "8 of 10 needed at least 7 of 10: families in which all vote",
        "chosen 12 Nov 2026",
        "No assumption about: desirability",
        "We build the veto",
        "Because nobody wanted it",
        "By the time we agree, somebody has gone to bed.",
        "No assumptions yet",
        "No bet: what is it expected to do, by when?",
    ),
    "compare/nothing-for-mixed-ages": ("No candidate yet", "whether to do it", "31:41"),
    "siblings/more-film-nights": (
        "We cannot agree on what to watch",
        "every household",
        "1 × families",
        "1 against",
        "1 signal",
        "3 solutions",
        "— not filled in",
        "not a ranking",
    ),
    "siblings/cant-agree": ("Nothing suits all ages", "No one yet"),
    "siblings/hostile": ("No opportunities under it yet",),
    "evidence": ("families", "Nov 2026", "No one yet", "1 against", "Including everything below"),
    "person/P07": (
        "families",
        "1 interview",
        "3 Nov 2026",
        "1 against",
        "We spend longer choosing than watching.",
        "four people, three vetoes",
        "Against We cannot agree on what to watch",
    ),
    "practice": ("3 interviews in 26 weeks", "in-product", "ak 1 interview", "Product manager"),
    "bets": ("No bets yet",),
    "outcome/more-film-nights": ("1.1 → 1.6", "target 1.6", "baseline 1.1", "We build the veto"),
}


@pytest.mark.parametrize("path", SAYS)
async def test_page_says(server: Datasette, path: str) -> None:
    said = words(await page(server, f"/-/ost/{path}"))
    assert [each for each in SAYS[path] if each not in said] == [], said


EMPTY = {
    "evidence": "No opportunities yet",
    "practice": "No interviews yet",
    "bets": "No bets yet",
}


async def test_pages_of_nothing(serve: Serve, tmp_path: Path) -> None:
    write(tmp_path, "-- guide.md --\n---\nkind: guide\n---\n# A guide\n")
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    for path, said in EMPTY.items():
        assert said in words(await page(server, f"/-/ost/{path}"))
        assert (await server.client.get(f"/-/ost/{path}.json")).status_code == 200


BET = """\
-- need.md --
---
kind: opportunity
---
# We wait
-- ticket.md --
---
kind: solution
parent: need
status: shipped
bet: {expect: 12, metric: "teams <b>of</b> 40", by: 2026-10-01, confidence: six to four}
result: {on: 2026-10-02, actual: 7, verdict: missed}
---
# A ticket
-- queue.md --
---
kind: solution
parent: need
bet: {expect: "<script>alert(1)</script>"}
---
# A queue
-- late.md --
---
kind: solution
parent: need
bet: {expect: 3, by: 2026-11-20, confidence: six to four}
---
# Nobody has looked
"""


async def test_bets(serve: Serve, tmp_path: Path) -> None:
    write(tmp_path, BET)
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    html = await page(server, "/-/ost/bets")
    for each in (
        "12",
        "It was 7 on 2 Oct 2026: missed",
        "six to four",
        "1 Oct 2026",
        "No result yet",
    ):
        assert each in words(html)
    found = (await server.client.get("/-/ost/bets.json")).json()
    assert found["calibration"] == {"": {"open": 1}, "six to four": {"missed": 1, "due": 1}}
    assert "1 missed 1 due 1 open" in words(html)
    assert "1 result, by how sure the team was" in words(html)
    assert "actual 7: missed" in words(await page(server, "/-/ost/compare/need"))
    assert "<script>alert" not in html


MANY = """\
-- need.md --
---
kind: opportunity
---
# We wait
"""


async def test_page_says_how_much_it_leaves_out(serve: Serve, tmp_path: Path) -> None:
    solutions = (
        f"-- s{n}.md --\n---\nkind: solution\nparent: need\n---\n# Way {n}\n" for n in range(11)
    )
    needs = (
        f"-- n{n}.md --\n---\nkind: opportunity\nparent: need\n---\n# Need {n}\n"
        for n in range(110)
    )
    write(tmp_path, MANY + "".join(solutions) + "".join(needs))
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    compared = (await server.client.get("/-/ost/compare/need.json")).json()
    assert (len(compared["rivals"]), compared["live"], compared["more"]) == (8, 11, 3)
    assert "3 more solutions" in words(await page(server, "/-/ost/compare/need"))
    assert "70 more opportunities" in words(await page(server, "/-/ost/siblings/need"))
    assert "71 more rows" in words(await page(server, "/-/ost/evidence"))
    last = (await server.client.get("/-/ost/evidence.json?from=100")).json()
    assert (len(last["opportunities"]), last["more"]) == (11, 0)


ONE_TREE = """\
-- sofa.md --
---
kind: outcome
---
# More film nights
-- choose.md --
---
kind: opportunity
parent: sofa
---
# Choosing takes too long
-- veto.md --
---
kind: opportunity
parent: choose
---
# Somebody always says no
-- p1.md --
---
kind: interview
date: 2026-11-02
participant: P1
segment: families
---
# P1
## Opportunities
- [[veto]] every Friday
-- p2.md --
---
kind: interview
date: 2026-11-04
participant: P2
segment: couples
---
# P2
## Opportunities
- against [[veto]] we like the same films
- I cannot find the remote
-- p3.md --
---
kind: interview
date: 2026-11-10
---
# Somebody
## Opportunities
- against [[choose]] it is half of the fun
"""


async def test_evidence_counts_for_and_against_itself_and_below(
    serve: Serve, tmp_path: Path
) -> None:
    write(tmp_path, ONE_TREE)
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    below = (await server.client.get("/-/ost/evidence.json")).json()
    own = (await server.client.get("/-/ost/evidence.json?scope=own")).json()

    def people(found: dict[str, Any]) -> dict[str, tuple[int, int]]:
        rows = found["opportunities"]
        return {each["box"]["id"]: (each["people"], each["people_against"]) for each in rows}

    assert people(below) == {"sofa": (1, 2), "choose": (1, 2), "veto": (1, 1)}
    assert people(own) == {"sofa": (0, 0), "choose": (0, 1), "veto": (1, 1)}
    (sofa, choose, _) = below["opportunities"]
    assert sofa["segments"] == {"families": 1}
    assert sofa["against"] == {"": 1, "couples": 1}
    assert choose["months"] == {"2026-11": 1}
    assert choose["months_against"] == {"2026-11": 2}
    html = await page(server, "/-/ost/evidence")
    assert "2 against" in words(html)
    assert "Not mapped" not in words(html)
    assert "No one yet" not in words(html)
    said = words(await page(server, "/-/ost/evidence?scope=own"))
    assert "Only against" in said


async def test_months_of_one_segment(server: Datasette) -> None:
    whole = (await server.client.get("/-/ost/evidence.json")).json()["opportunities"]
    part = (await server.client.get("/-/ost/evidence.json?segment=couples")).json()["opportunities"]
    assert [each["segments"] for each in part] == [each["segments"] for each in whole]
    heard = {each["box"]["id"]: sum(each["months"].values()) for each in part}
    everyone = {each["box"]["id"]: sum(each["months"].values()) for each in whole}
    assert 0 < heard["cant-agree"] < everyone["cant-agree"]
    html = await page(server, "/-/ost/evidence?segment=couples")
    assert "Months count couples only" in words(html)
    assert 'href="/-/ost/evidence?segment=families"' in html
    none = (await server.client.get("/-/ost/evidence.json?segment='%00")).json()
    assert not any(each["months"] for each in none["opportunities"])


async def test_twins(server: Datasette) -> None:
    compared = (await server.client.get("/-/ost/compare/cant-agree.json")).json()
    assert [each["box"]["id"] for each in compared["rivals"]][-1] == "a-film-a-day"
    assert compared["rivals"][0]["assumptions"][0]["tests"][0]["status"] == "supported"
    assert [each["id"] for each in compared["decisions"][0]["over"]] == ["a-film-a-day"]
    siblings = (await server.client.get("/-/ost/siblings/more-film-nights.json")).json()
    segments = {each["box"]["id"]: each["segments"] for each in siblings["siblings"]}
    assert segments["cant-agree"] == {"couples": 1, "families": 1}
    told = (await server.client.get("/-/ost/practice.json")).json()
    weeks = {each["monday"]: each["interviews"] for each in told["weeks"]}
    assert len(weeks) == 26
    assert (weeks.get("2026-11-02", 1), weeks.get("2026-11-09", 2)) == (1, 2)
    assert "score" not in str(compared) + str(siblings)


@pytest.mark.parametrize("path", [*PAGES, "/-/ost/siblings/hostile", "/-/ost/compare/hostile"])
async def test_content_is_text(server: Datasette, path: str) -> None:
    html = await page(server, path)
    assert HOSTILE not in html
    assert "onerror=alert(2)>" not in html
    assert not [each for each in ("javascript:", "style=", "onclick") if f'="{each}' in html]


@pytest.mark.parametrize("path", [*(f"{each.split('/')[0]}/nobody" for each in NODES)])
async def test_unknown_is_404(server: Datasette, path: str) -> None:
    for each in (path, f"{path}.json", path.replace("nobody", "p07")):
        assert (await server.client.get(f"/-/ost/{each}")).status_code == 404


async def test_odd_arguments(server: Datasette) -> None:
    for each in ("from=-1", "from=99999999999", "from=²"):
        assert (await server.client.get(f"/-/ost/evidence?{each}")).status_code == 200
    for each in ("%00", "'", "~25", "P99", "~3Cscript~3E"):
        assert (await server.client.get(f"/-/ost/person/{each}")).status_code == 404


def test_plots() -> None:
    assert series([], {}) is None
    assert series([MeasuredDay("o", "2026-01-01", 1.0)], {}) is None
    values = [MeasuredDay("o", "2026-01-01", 3.0), MeasuredDay("o", "2026-02-01", 3.0)]
    found = series(values, {"target": None}, [("soon", "x"), ("2026-03-01", "y")])
    assert found is not None
    assert [each.said for each in found.marks] == ["y on 1 Mar 2026"]
    assert found.dots[0].y == found.dots[1].y


def saved(folder: Path, files: dict[str, str]) -> Path:
    write(folder, "".join(f"-- content/{path} --\n{text}" for path, text in files.items()))
    return publish(folder, folder / "ost.db").path


@pytest.mark.parametrize(("baseline", "target"), [(12, 40), (40, 12), (39, 40), (20, 35)])
@pytest.mark.parametrize("last", [13.0, 30.0, 60.0])
def test_words_of_a_plot_are_apart(baseline: int, target: int, last: float) -> None:
    fields = {"baseline": baseline, "target": target, "by": "2026-12-31"}
    values = [MeasuredDay("o", "2026-01-01", 12.0), MeasuredDay("o", "2026-11-01", last)]
    for today in ("2026-01-02", "2026-06-01", "2026-12-30"):
        found = series(values, fields, today=today)
        assert found is not None
        names = [each.said.split()[0] for each in found.labels]
        assert names == ["target", "baseline", "pace", "today"]
        for width, height in ((300, 170), (980, 260)):
            boxes = [label_box(each, width, height) for each in found.labels]
            assert all(0 <= left <= right <= width for left, right, _, _ in boxes)
            assert all(bottom < height for _, _, _, bottom in boxes)
            for one, other in combinations(boxes, 2):
                beside = one[1] <= other[0] or other[1] <= one[0]
                assert beside or one[3] <= other[2] or other[3] <= one[2], (today, one, other)


def label_box(label: PlotLabel, width: int, height: int) -> tuple[float, float, float, float]:
    """The left, right, top and bottom of words that are seven pixels a letter and eleven high."""
    wide = 7 * len(label.said)
    left = label.x / 100 * width + label.dx - (wide if label.ended else 0)
    foot = label.y / 100 * height + label.dy
    return left, left + wide, foot - 9, foot + 2


async def test_words_everywhere_give_titles_first(serve: Serve, tmp_path: Path) -> None:
    many = {
        f"n{each}.md": f"---\nkind: outcome\n---\n# Number {each}\n\n{'salt ' * 9}\n"
        for each in range(50)
    }
    titled = {"z.md": "---\nkind: outcome\n---\n# Salt is missing\n\nNothing else.\n"}
    server = await serve(saved(tmp_path, many | titled))
    found = (await server.client.get("/-/ost/search.json?q=sal")).json()
    assert found["nodes"][0]["node"]["id"] == "z"
    assert len(found["nodes"]) == 20
    assert "The 20 best of 51 matches" in words(await page(server, "/-/ost/search?q=sal"))
    begun = (await server.client.get("/-/ost/search.json?q=s")).json()
    assert [each["node"]["id"] for each in begun["nodes"]] == ["z"]
    assert sum(begun["kinds"].values()) == 1


TWO_PEOPLE = """\
-- wait.md --
---
kind: opportunity
---
# We wait
-- go.md --
---
kind: decision
parent: wait
on: 2026-11-04
chose: [wait]
because: they said so in [[talk]]
---
# We go
-- talk.md --
---
kind: interview
date: 2026-11-03
participant: [P01, P02]
---
# P01 and P02
## Opportunities
- [[wait]] for a week
"""


async def test_interview_links_to_all_of_its_people(serve: Serve, tmp_path: Path) -> None:
    write(tmp_path, TWO_PEOPLE)
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    html = await page(server, "/-/ost/interview/talk")
    for person in ("P01", "P02"):
        assert f'<a href="/-/ost/person/{person}"><b>{person}</b></a>' in html
        assert (await server.client.get(f"/-/ost/person/{person}")).status_code == 200
    assert "mentioned in We go" in words(html)
