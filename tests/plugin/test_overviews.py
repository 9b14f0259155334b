"""The pages that look across nodes: what they say with none, one and many; what they never do."""

from pathlib import Path

import pytest
from datasette.app import Datasette

from datasette_ost import plots
from datasette_ost.shapes import Value
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
        "Only its name so far",
        "Everybody on the sofa takes part",
        "8 of 10 needed at least 7 of 10: families in which all vote",
        "chosen 12 Nov 2026",
        "Asked of none of them: desirability",
        "We build the veto",
        "Because nobody wanted it",
        "By the time we agree, somebody has gone to bed.",
        "No assumption is written down",
        "No bet: what is it expected to do, by when?",
    ),
    "compare/nothing-for-mixed-ages": ("No candidate yet", "whether or not", "31:41"),
    "siblings/more-film-nights": (
        "We cannot agree on what to watch",
        "every household",
        "1 × families",
        "1 against",
        "1 signal",
        "3 solutions",
        "not looked at",
        "it ranks nothing",
    ),
    "siblings/cant-agree": ("Nothing suits all ages", "nobody yet"),
    "siblings/hostile": ("No opportunities under it yet",),
    "evidence": ("families", "Nov 2026", "nobody heard", "one voice"),
    "evidence?participant=P07": ("What P07 told", "four people, three vetoes", "Speaks against it"),
    "evidence?participant=P99": ("Nothing heard from “P99”",),
    "practice": ("2 weeks in a row", "3 interviews in 2 weeks", "in-product", "1 of 3"),
    "bets": ("No bet written down yet",),
    "outcome/more-film-nights": ("1.1 → 1.6", "target 1.6", "baseline 1.1", "We build the veto"),
}


@pytest.mark.parametrize("path", SAYS)
async def test_page_says(server: Datasette, path: str) -> None:
    said = words(await page(server, f"/-/ost/{path}"))
    assert [each for each in SAYS[path] if each not in said] == [], said


EMPTY = {
    "evidence": "No opportunities yet",
    "practice": "No interview yet",
    "bets": "No bet written down yet",
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
"""


async def test_bets(serve: Serve, tmp_path: Path) -> None:
    write(tmp_path, BET)
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    html = await page(server, "/-/ost/bets")
    for each in ("12", "7", "missed", "six to four", "1 Oct 2026", "not known yet"):
        assert each in words(html)
    found = (await server.client.get("/-/ost/bets.json")).json()
    assert found["calibration"] == {"": {"open": 1}, "six to four": {"missed": 1}}
    assert "became 7: missed" in words(await page(server, "/-/ost/compare/need"))
    assert "<script>alert" not in html


MANY = """\
-- need.md --
---
kind: opportunity
---
# We wait
"""


async def test_more_than_a_page_holds_is_said(serve: Serve, tmp_path: Path) -> None:
    solutions = (
        f"-- s{n}.md --\n---\nkind: solution\nparent: need\n---\n# Way {n}\n" for n in range(11)
    )
    needs = (
        f"-- n{n}.md --\n---\nkind: opportunity\nparent: need\n---\n# Need {n}\n" for n in range(55)
    )
    write(tmp_path, MANY + "".join(solutions) + "".join(needs))
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    compared = (await server.client.get("/-/ost/compare/need.json")).json()
    assert (len(compared["rivals"]), compared["live"], compared["more"]) == (8, 11, 3)
    assert "3 more solutions" in words(await page(server, "/-/ost/compare/need"))
    assert "15 more opportunities" in words(await page(server, "/-/ost/siblings/need"))
    assert "6 more opportunities" in words(await page(server, "/-/ost/evidence"))
    last = (await server.client.get("/-/ost/evidence.json?from=50")).json()
    assert (len(last["opportunities"]), last["more"]) == (6, 0)


async def test_months_of_one_segment(server: Datasette) -> None:
    whole = (await server.client.get("/-/ost/evidence.json")).json()["opportunities"]
    part = (await server.client.get("/-/ost/evidence.json?segment=couples")).json()["opportunities"]
    assert [each["segments"] for each in part] == [each["segments"] for each in whole]
    heard = {each["box"]["id"]: sum(each["months"].values()) for each in part}
    everyone = {each["box"]["id"]: sum(each["months"].values()) for each in whole}
    assert 0 < heard["cant-agree"] < everyone["cant-agree"]
    html = await page(server, "/-/ost/evidence?segment=couples")
    assert "Months show only what couples told" in words(html)
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
    practice = (await server.client.get("/-/ost/practice.json")).json()
    assert [each["interviews"] for each in practice["weeks"]] == [1, 2]
    assert practice["weeks"][0]["monday"] == "2026-11-02"
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
    for each in ("from=-1", "from=99999999999", "participant=%00", "participant='", "from=²"):
        assert (await server.client.get(f"/-/ost/evidence?{each}")).status_code == 200


def test_plots() -> None:
    assert plots.series([Value("o", "2026-01-01", 1.0)], [], []) is None
    assert plots.bars([]) == ()
    values = [Value("o", "2026-01-01", 3.0), Value("o", "2026-02-01", 3.0)]
    found = plots.series(values, [("target", None)], [("soon", "x"), ("2026-03-01", "y")])
    assert found is not None
    assert [each.said for each in found.marks] == ["y on 1 Mar 2026"]
    assert found.dots[0].y == found.dots[1].y
    heights = [each.height for each in plots.bars([("a", 0), ("b", 1), ("c", 2)])]
    assert heights == [0.0, 76.0, 152.0]


def saved(folder: Path, files: dict[str, str]) -> Path:
    write(folder, "".join(f"-- content/{path} --\n{text}" for path, text in files.items()))
    return publish(folder, folder / "ost.db").path


TEAMS = {
    "all.md": "---\nkind: outcome\nteam: whole house\n---\n# All use it\n",
    "kitchen.md": "---\nkind: outcome\nparent: all\nteam: <b>kitchen</b>\n---\n# Cooks use it\n",
    "need.md": "---\nkind: opportunity\nparent: kitchen\n---\n# I burn rice\n",
    "door.md": "---\nkind: opportunity\nparent: all\n---\n# I lose my key\n",
    "loose.md": "---\nkind: opportunity\n---\n# Nobody's\n",
}


def talk(day: str, *about: str) -> str:
    heard = "".join(f"- [[{each}]] Heard.\n" for each in about)
    return f"---\nkind: interview\ndate: {day}\n---\n# A talk\n\n## Opportunities\n\n{heard}"


async def test_interviews_count_for_the_teams_they_mention(serve: Serve, tmp_path: Path) -> None:
    talks = {
        "a.md": talk("2026-11-02", "need", "need"),
        "b.md": talk("2026-11-03", "need", "door"),
        "c.md": talk("2026-11-12", "loose"),
        "d.md": talk("2026-11-19", "door"),
        "e.md": talk("2026-11-20"),
    }
    server = await serve(saved(tmp_path, TEAMS | talks))
    found = (await server.client.get("/-/ost/practice.json")).json()
    teams = {each["name"]: (each["weeks"], each["streak"]) for each in found["teams"]}
    assert [each["interviews"] for each in found["weeks"]] == [2, 1, 2, 0][: len(found["weeks"])]
    assert {name: (weeks[:3], streak) for name, (weeks, streak) in teams.items()} == {
        "<b>kitchen</b>": ([2, 0, 0], 0),
        "whole house": ([1, 0, 1], 1),
        "": ([0, 1, 1], 0),
    }
    html = await page(server, "/-/ost/practice")
    assert "By team" in words(html)
    assert "no team" in words(html)
    assert "<b>kitchen" not in html


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
    assert "The nearest 20 of 51" in words(await page(server, "/-/ost/search?q=sal"))
    begun = (await server.client.get("/-/ost/search.json?q=s")).json()
    assert [each["node"]["id"] for each in begun["nodes"]] == ["z"]
    assert sum(begun["kinds"].values()) == 1
