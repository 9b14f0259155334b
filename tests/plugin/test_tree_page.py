"""Search in a tree, and the panel beside it."""

import re

import pytest
from datasette.app import Datasette

from tests.plugin.test_pages import page, server  # noqa: F401 - a fixture

TREE = "/-/ost/tree/more-film-nights"

FINDS = {
    "q=sofa": {"all-take-part"},
    "q=Everyb": {"everybody-vetoes", "all-take-part"},
    "status=dropped": {"a-film-a-day"},
    "kind=decision": {"go-with-vetoes"},
    "kind=solution&status=testing": {"everybody-vetoes"},
    "segment=couples": {"cant-agree"},
    "since=2026-11-14": {"hostile"},
    "segment=couples&since=2026-11-14": set(),
    "until=2026-10-31": {"cant-agree"},
    "since=yesterday&kind=test": {"veto-on-paper"},
    "rule=waived": {"nothing-for-mixed-ages"},
    "rule=nothing": set(),
    "q=nothing+holds+this": set(),
    "q='": set(),
    "only=1": set(),
    "select=everybody-vetoes%2B1": {"everybody-vetoes", "all-take-part"},
    "select=%2Ball-take-part+-kind:outcome": {"cant-agree", "everybody-vetoes", "all-take-part"},
    "select=kind:solution,status:testing&q=nothing+holds+this": set(),
    "select=segment:couples&status=target": {"cant-agree"},
    "select=kind:interview": set(),
    "": set(),
}


@pytest.mark.parametrize("asked", FINDS)
async def test_tree_finds_words(server: Datasette, asked: str) -> None:  # noqa: F811 - the fixture
    found = (await server.client.get(f"{TREE}.json?{asked}")).json()
    assert set(found["hits"]) == FINDS[asked]
    assert found["hit_count"] == len(FINDS[asked])
    html = await page(server, f"{TREE}?{asked}")
    marked = set(re.findall(r'data-id="([^"]+)"[^>]*><div class="box [^"]* hit"', html))
    assert marked == FINDS[asked]


async def test_mistake_in_a_selector_is_shown(server: Datasette) -> None:  # noqa: F811
    asked = "select=kind:solution+status:<b>"
    found = (await server.client.get(f"{TREE}.json?{asked}")).json()
    assert found["mistake"] == [
        "'<b>' is not a status",
        "  kind:solution status:<b>",
        "                       ^^^",
    ]
    assert found["hits"] == []
    html = await page(server, f"{TREE}?{asked}")
    assert "kind:solution status:&lt;b&gt;\n                       ^^^</pre>" in html


async def test_rules_are_offered_and_found(server: Datasette) -> None:  # noqa: F811
    found = (await server.client.get(f"{TREE}.json")).json()
    for code, name in found["choices"]["rules"].items():
        by_code, by_name = [
            (await server.client.get(f"{TREE}.json?rule={each}")).json()["hits"]
            for each in (code, name)
        ]
        assert by_code == by_name != []
    anything = (await server.client.get(f"{TREE}.json?rule=any")).json()["hits"]
    assert set(by_code) <= set(anything)


async def test_only_keeps_matches_and_nodes_above_them(server: Datasette) -> None:  # noqa: F811
    found = (await server.client.get(f"{TREE}.json?q=sofa&only=1")).json()
    assert [each["id"] for each in found["boxes"]] == [
        "more-film-nights",
        "cant-agree",
        "everybody-vetoes",
        "all-take-part",
    ]
    html = await page(server, f"{TREE}?q=sofa&only=1")
    assert "data-more" not in html
    assert 'href="/-/ost/tree/more-film-nights?q=sofa"' in html


async def test_only_without_a_match_keeps_the_top(server: Datasette) -> None:  # noqa: F811
    found = (await server.client.get(f"{TREE}.json?q=xyzzy&only=1")).json()
    assert [each["id"] for each in found["boxes"]] == ["more-film-nights"]


async def test_deep_search_hit_is_on_the_page(server: Datasette) -> None:  # noqa: F811
    html = await page(server, f"{TREE}?levels=1&q=cards")
    assert 'id="veto-on-paper"' in html
    shut = re.findall(r'id="([^"]+)"(?:(?!<li).)*<details>', html)
    assert not {"cant-agree", "everybody-vetoes", "all-take-part"} & set(shut)


async def test_decisions_come_last(server: Datasette) -> None:  # noqa: F811
    html = await page(server, TREE)
    placed = re.findall(r'<li id="([^"]+)"', html)
    own = ("go-with-vetoes", "one-chooser", "everybody-vetoes", "nothing-for-mixed-ages")
    assert max(own, key=placed.index) == "go-with-vetoes"


async def test_figures_of_a_box(server: Datasette) -> None:  # noqa: F811
    html = await page(server, TREE)
    assert "mark" not in html.split('<ul class="tree')[1].split("</ul>\n</div>")[0]
    assert "people p2" in html.split('<li id="cant-agree"')[1].split("</div>")[0]


async def test_panel_shows_evidence(server: Datasette) -> None:  # noqa: F811
    html = await page(server, "/-/ost/panel/cant-agree")
    for said in (
        "We cannot agree on what to watch",
        "By the time we agree, somebody has gone to bed.",
        'href="https://youtu.be/9RFaz9ZBXpk?t=785s"',
        "2 people",
        "1 against",
        'href="/-/ost/tree/cant-agree"',
    ):
        assert said in html
    assert "heard in support" in await page(server, "/-/ost/panel/nothing-for-mixed-ages")
    for other in ("p07", "nobody"):
        assert (await server.client.get(f"/-/ost/panel/{other}")).status_code == 404


async def test_form_needs_no_script(server: Datasette) -> None:  # noqa: F811
    html = await page(server, f"{TREE}?status=dropped&segment=couples")
    form = html.split('<form class="filter"')[1].split("</form>")[0]
    named = set(re.findall(r'name="(\w+)"', form))
    assert named == {"q", "kind", "status", "segment", "since", "until", "rule", "only", "select"}
    assert "<option selected>dropped</option>" in form
    assert "<option selected>couples</option>" in form
