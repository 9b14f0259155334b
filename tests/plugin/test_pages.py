"""The pages and their twins: their content and their links."""

import json
import re
from pathlib import Path

import pytest
from datasette.app import Datasette
from jinja2 import Environment

from tests.plugin.conftest import Serve
from tests.plugin.everywhere import addresses

PAGES = (
    "/-/ost",
    "/-/ost/tree/more-film-nights",
    "/-/ost/node/cant-agree",
    "/-/ost/interview/p07",
    "/-/ost/search?q=veto",
    "/-/ost/check",
)


@pytest.fixture
async def server(serve: Serve, file: Path) -> Datasette:
    return await serve(file)


async def page(server: Datasette, path: str) -> str:
    answer = await server.client.get(path)
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def words(html: str) -> str:
    """A page as a reader sees it."""
    return " ".join(
        re.sub(r"<[^>]*>", " ", html.split("<main")[1].split("</main", maxsplit=1)[0]).split()
    )


SAYS = {
    "/-/ost": (
        "Film nights",
        "More evenings begin with a film",
        "1.1 → 1.6 evenings a week",
        "by 31 Mar 2027",
        "1.25 on 1 Nov 2026",
        "3 solutions",
        "P07: film night with two teenagers",
        "illustrative",
        "3 Nov 2026",
    ),
    "/-/ost/tree/more-film-nights": (
        "evenings on which a film starts within ten minutes",
        "We cannot agree on what to watch",
        "target",
        "Veto cards on paper with ten families",
        "no one yet",
        "1 against",
    ),
    "/-/ost/node/cant-agree": (
        "More evenings begin with a film",
        "four people, three vetoes",
        "By the time we agree, somebody has gone to bed.",
        "13:05",
        "Against on birthdays",
        "on birthdays it is no question",
        "counted separately",
        "asked for a list to vote on",
        "everybody may say no",
        "Dropped: nobody wanted it",
        "1 supported",
        "We build the veto",
        "2 people said so in 2 interviews, last on 10 Nov 2026.",
        "every household",
        "cant-agree.md:8",
    ),
    "/-/ost/node/nothing-for-mixed-ages": ("heard in support", "until 1 Mar 2027", "in force"),
    "/-/ost/node/everybody-vetoes": (
        "Everybody on the sofa takes part",
        "usability",
        "high importance",
        "supported",
        "8 of 10 needed: at least 7 of 10: families in which all vote",
        "Alternatives One person chooses, in turn",
        "Chose Everybody vetoes on their own phone over The service chooses",
    ),
    "/-/ost/node/go-with-vetoes": (
        "On 12 Nov 2026 we chose Everybody vetoes on their own phone over The service chooses",
        ", because the cards worked.",
    ),
    "/-/ost/interview/p07": (
        "two teenagers, three streaming services",
        "We spend longer choosing than watching.",
        "Friday, everyone on the sofa",
        "the phone is the remote",
        "families",
        "ak (pm)",
    ),
    "/-/ost/interview/p08": ("Made up to show how the method works",),
    "/-/ost/interview/ticket-12": ("Twelve tickets ask for a shared list", "support"),
    "/-/ost/search?q=veto": ("Veto cards on paper with ten families", "four people, three vetoes"),
    "/-/ost/search?q=bed": ("somebody has gone to bed",),
    "/-/ost/search?q=xyzzy": ("Nothing found for “xyzzy”",),
    "/-/ost/check": ("personal-data", "Waivers", "found nothing", "cant-agree.md:"),
    "/-/ost/check?rule=single-solution": ("whether or not", "OST301", "Findings"),
}


@pytest.mark.parametrize("path", SAYS)
async def test_page_says(server: Datasette, path: str) -> None:
    said = words(await page(server, path))
    missing = [each for each in SAYS[path] if each not in said]
    assert not missing, said


LEADS = {
    "/-/ost/node/cant-agree": (
        "https://youtu.be/9RFaz9ZBXpk?t=761s",
        "https://youtu.be/9RFaz9ZBXpk?t=785s",
        "/-/ost/interview/p07",
        "/-/ost/node/everybody-vetoes",
        "/-/ost/tree/more-film-nights?at=cant-agree#cant-agree",
        "https://forge.example/edit/cant-agree.md#L8",
        "https://example.org/?a=1&amp;b=2",
        "/ost/node/cant-agree",
        "/-/ost/check?rule=",
    ),
    "/-/ost/interview/p07": (
        "https://youtu.be/9RFaz9ZBXpk",
        "https://youtu.be/9RFaz9ZBXpk?t=190s",
        "https://youtu.be/9RFaz9ZBXpk?t=1862s",
        "/-/ost/node/cant-agree",
    ),
    "/-/ost/search?q=bed": ("https://youtu.be/9RFaz9ZBXpk?t=785s", "/-/ost/interview/p07"),
}


@pytest.mark.parametrize("path", LEADS)
async def test_page_links_back(server: Datasette, path: str) -> None:
    html = await page(server, path)
    missing = [each for each in LEADS[path] if f'href="{each}' not in html]
    if path == "/-/ost/node/cant-agree":
        missing = [each for each in missing if "check" not in each]
    assert not missing


async def test_every_link_of_every_page_works(server: Datasette) -> None:
    seen: dict[str, int] = {}
    waiting = list(PAGES)
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        answer = await server.client.get(path, follow_redirects=True)
        seen[path] = answer.status_code
        if path.startswith("/-/ost") and not path.endswith(".json"):
            found = re.findall(r'(?:href|src)="(/[^"#]*)', answer.text)
            waiting += [each.replace("&amp;", "&") for each in found]
    assert len(seen) > 60
    assert {path: status for path, status in seen.items() if status != 200} == {}


async def test_node_of_an_interview_is_the_interview(server: Datasette) -> None:
    answer = await server.client.get("/-/ost/node/p07")
    assert (answer.status_code, answer.headers["location"]) == (302, "/-/ost/interview/p07")


@pytest.mark.parametrize(
    "path",
    [
        "/-/ost/tree/nobody",
        "/-/ost/node/nobody",
        "/-/ost/interview/cant-agree",
        "/-/ost/check?rule=nothing",
        "/-/ost/node/~2E~2E~2Fetc~2Fpasswd",
        "/-/ost/node/~00",
        "/-/ost/node/" + "x" * 4000,
    ],
)
async def test_unknown_is_404(server: Datasette, path: str) -> None:
    for each in (path, path.replace("?", ".json?") if "?" in path else f"{path}.json"):
        assert (await server.client.get(each)).status_code == 404


ARGUMENTS = (
    "/-/ost/tree/more-film-nights?levels=-1",
    "/-/ost/tree/more-film-nights?levels=999999999999999999999",
    "/-/ost/tree/more-film-nights?levels=²",
    "/-/ost/tree/more-film-nights?at=nobody",
    "/-/ost/tree/more-film-nights?at=" + "x" * 5000,
    "/-/ost/tree/more-film-nights?levels=1&levels=2",
    '/-/ost/search?q="',
    "/-/ost/search?q=AND+OR+NOT+NEAR(",
    "/-/ost/search?q=title:x*+-^",
    "/-/ost/search?q=%00",
    "/-/ost/search?q=%EE%80%80%EE%80%81",
    "/-/ost/search?q=" + "veto+" * 2000,
    "/-/ost/search?q=veto&kind='",
    "/-/ost/search?q=*",
    "/-/ost/search?q=",
)


@pytest.mark.parametrize("path", ARGUMENTS, ids=range(len(ARGUMENTS)))
async def test_odd_arguments(server: Datasette, path: str) -> None:
    for each in (path, path.replace("?", ".json?", 1)):
        assert (await server.client.get(each)).status_code == 200


async def test_twins_hold_what_pages_show(server: Datasette) -> None:
    tree = (await server.client.get("/-/ost/tree/more-film-nights.json")).json()
    assert [each["depth"] for each in tree["boxes"][:2]] == [0, 1]
    assert max(each["depth"] for each in tree["boxes"]) >= 2
    assert tree["counts"]["solution"] == 3
    node = (await server.client.get("/-/ost/node/cant-agree.json")).json()
    assert node["about"]["title"] == "Film nights"
    assert [each["stance"] for each in node["moments"]].count("against") == 1
    assert {"P07", "P08"} == {each["participant"] for each in node["voices"]}
    interview = (await server.client.get("/-/ost/interview/p07.json")).json()
    assert [each["second"] for each in interview["steps"]] == [190, 340]
    found = (await server.client.get("/-/ost/search.json?q=bed")).json()
    assert "\ue000bed\ue001" in found["words"][0]["found"]
    check = (await server.client.get("/-/ost/check.json")).json()
    assert all({"code", "message", "path", "line"} <= set(each) for each in check["diagnostics"])
    build = (await server.client.get("/-/ost/build.json")).json()
    assert build["build"] == tree["about"]["build"]


async def test_levels_and_place(server: Datasette) -> None:
    path = "/-/ost/tree/more-film-nights.json?levels=1"
    shallow = (await server.client.get(path)).json()
    assert shallow["levels"] == 1
    assert {each["depth"] for each in shallow["boxes"]} == {0, 1}
    deep = (await server.client.get(f"{path}&at=veto-on-paper")).json()
    assert deep["at"] == "veto-on-paper"
    assert {"everybody-vetoes", "all-take-part"} < {each["id"] for each in deep["boxes"]}


async def test_tree_html_nests(server: Datasette) -> None:
    """Every list that begins also ends, and each node is inside its parent."""
    html = (await page(server, "/-/ost/tree/more-film-nights")).split("data-tree=")[1]
    open_items: list[str] = []
    parents = {}
    for item, end in re.findall(r'<li id="([^"]+)"|(</li>)', html.split("</div>\n")[0]):
        if end:
            open_items.pop()
        else:
            parents[item] = open_items[-1] if open_items else None
            open_items.append(item)
    assert not open_items
    tree = (await server.client.get("/-/ost/tree/more-film-nights.json")).json()
    assert parents == {each["id"]: each["parent"] for each in tree["boxes"]}
    assert html.count("<details") == html.count("</details>")


@pytest.mark.parametrize("path", addresses())
async def test_same_page_is_not_sent_twice(server: Datasette, path: str) -> None:
    first = await server.client.get(path)
    again = await server.client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await server.client.get(path, headers={"If-None-Match": 'W/"other"'})
    assert other.status_code == 200


async def test_pages_have_distinct_etags(server: Datasette) -> None:
    tags = {(await server.client.get(each)).headers["etag"] for each in PAGES}
    assert len(tags) == len(PAGES)


async def test_pages_below_a_base(serve: Serve, file: Path) -> None:
    server = await serve(file, settings={"base_url": "/kb/"})
    for path in (*PAGES, *addresses()):
        answer = await server.client.get(server.urls.path(path))
        assert answer.status_code == 200
        assert not re.findall(r'(?:href|src|action|data-base|data-more)="/(?!kb/)', answer.text)
    jump = (await server.client.get(server.urls.path("/-/jump?q=agree"))).json()
    assert {each["url"] for each in jump["matches"]} == {"/kb/-/ost/node/cant-agree"}


async def test_ways_from_datasettes_own_pages(server: Datasette) -> None:
    for path, address in (
        ("/?databases", "/-/ost"),
        ("/ost", "/-/ost"),
        ("/ost/node", "/-/ost/node/cant-agree"),
        ("/ost/node/cant-agree", "/-/ost/node/cant-agree"),
        ("/ost/node/p07", "/-/ost/interview/p07"),
        ("/ost/moment", "https://youtu.be/9RFaz9ZBXpk?t=761s"),
    ):
        assert f'href="{address}"' in (await server.client.get(path)).text, path


async def test_tables_are_described(server: Datasette, file: Path) -> None:
    html = (await server.client.get("/ost/moment")).text
    assert "A place in an interview" in html
    assert "The second of the recording" in html
    database = (await server.client.get("/ost.json")).json()
    hidden = {each["name"] for each in database["tables"] if each["hidden"]}
    assert {"description", "file"} <= hidden
    assert "node" not in hidden
    facets = (await server.client.get("/ost/node.json?_extra=facet_results")).json()
    assert {"kind", "status"} <= set(json.dumps(facets).split('"'))


async def test_owners_words_win(serve: Serve, file: Path) -> None:
    tables = {"node": {"description": "Ours", "facets": ["segment"]}}
    server = await serve(file, metadata={"databases": {"ost": {"tables": tables}}})
    html = (await server.client.get("/ost/node")).text
    assert "Ours" in html
    assert "Every node: outcomes" not in html


async def test_templates_are_compiled_once_for_all_servers(
    serve: Serve, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not what users meet, but it took the tests of pages longer than all the rest."""
    await (await serve(file)).client.get("/-/ost/bets")
    compiled: list[object] = []
    monkeypatch.setattr(Environment, "compile", lambda *given, **_: compiled.append(given))
    assert (await (await serve(file)).client.get("/-/ost/bets")).status_code == 200
    assert not compiled
