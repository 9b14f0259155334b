"""Stored text stays text, pages run only our code, and broken files are reported."""

import re
import sqlite3
from base64 import b64encode
from functools import partial
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from datasette.app import Datasette

from datasette_ost import datasette_api
from datasette_ost.datasette_api import time_limit
from datasette_ost.page import every_page
from tests.plugin.conftest import Serve
from tests.plugin.everywhere import addresses
from tests.plugin.sample import HOSTILE
from tests.plugin.test_pages import PAGES

HOSTILE_PAGES = (
    "/-/ost",
    "/-/ost/tree/more-film-nights",
    "/-/ost/tree/hostile",
    "/-/ost/node/hostile",
    "/-/ost/panel/hostile",
    "/-/ost/compare/hostile",
    "/-/ost/siblings/hostile",
    "/-/ost/outcome/more-film-nights",
    "/-/ost/interview/p09",
    "/-/ost/evidence",
    "/-/ost/person/P09~3Cscript~3Ealert~281~29~3C~2Fscript~3E~3Cimg+src~3Dx+onerror~3Dalert~282~29~3E",
    "/-/ost/practice",
    "/-/ost/bets",
    "/-/ost/activity",
    "/-/ost/search?q=alert",
    "/-/ost/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/-/ost/check",
    "/-/ost/check?rule=unheard-opportunity",
    "/-/ost/present?of=hostile",
    "/-/ost/questions",
    "/-/ost/history",
    "/-/ost/digest",
    "/-/ost/digest?since=2020-01-01",
    "/-/ost/tree/hostile",
    "/-/ost/biography/hostile",
    "/-/ost/grounds/go-with-vetoes",
)


class Seen(HTMLParser):
    """The parts of a page that a browser would execute or load."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.tags: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self._in_script = tag == "script" and "src" not in given
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        self.addresses += [given[each] or "" for each in ("href", "src", "action") if each in given]

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)
            self._in_script = False


@pytest.fixture
async def server(serve: Serve, file: Path) -> Datasette:
    return await serve(file)


@pytest.mark.parametrize("path", HOSTILE_PAGES)
async def test_stored_text_stays_text(server: Datasette, path: str) -> None:
    answer = await server.client.get(path)
    assert answer.status_code == 200
    seen = Seen()
    seen.feed(answer.text)
    assert not [each for each in seen.scripts if "alert" in each]
    assert not seen.inline
    assert not {"img", "iframe", "object", "embed"} & set(seen.tags)
    schemes = {each.split(":")[0] for each in seen.addresses if re.match(r"\s*\w+:", each)}
    assert schemes <= {"http", "https"}


def test_every_page_is_tried() -> None:
    tried = {re.split(r"[/?]", each.removeprefix("/-/ost").strip("/"))[0] for each in HOSTILE_PAGES}
    assert tried == {"" if page.front else name for name, page in every_page().items()}


async def test_stored_text_is_shown(server: Datasette) -> None:
    """Otherwise the test above could not fail."""
    shown = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")
    for path in ("/-/ost/node/hostile", "/-/ost/interview/p09"):
        assert (await server.client.get(path)).text.count(shown) >= 4


@pytest.mark.parametrize("path", sorted({*PAGES, *addresses()}))
async def test_pages_have_strict_headers(server: Datasette, path: str) -> None:
    answer = await server.client.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-cache"
    if path.partition("?")[0].endswith((".json", ".atom")):
        return
    policy = dict(
        each.strip().split(" ", 1) for each in answer.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in str(policy)
    seen = Seen()
    seen.feed(answer.text)
    allowed = set(re.findall(r"'sha256-([^']+)'", policy["script-src"]))
    assert {b64encode(sha256(each.encode()).digest()).decode() for each in seen.scripts} == allowed


@pytest.mark.parametrize(
    ("mode", "header"),
    [("report-only", "content-security-policy-report-only"), ("off", None)],
)
async def test_policy_can_be_eased(serve: Serve, file: Path, mode: str, header: str | None) -> None:
    server = await serve(file, plugin={"csp": mode})
    found = (await server.client.get("/-/ost")).headers
    assert "content-security-policy" not in found
    assert header is None or header in found


async def test_settings_are_checked(file: Path) -> None:
    config = {"plugins": {"datasette-ost": {"live": "often"}}}
    server = Datasette([str(file)], config=config)
    with pytest.raises(ValueError, match="datasette-ost"):
        await server.invoke_startup()
    server.close()


async def test_slow_query_is_a_clean_page(
    server: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_time = partial(time_limit, milliseconds=0)
    monkeypatch.setattr(datasette_api, "time_limit", lambda connection, _: no_time(connection))
    for path in PAGES:
        answer = await server.client.get(path)
        assert answer.status_code == 503
        assert "Try a smaller part" in answer.text
        assert answer.headers["retry-after"]
    twin = await server.client.get("/-/ost/check.json")
    assert (twin.status_code, twin.json()["ok"]) == (503, False)


async def test_missing_tree_says_what_to_do(serve: Serve, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("create table pet (id integer)").connection.close()
    for server in (await serve(), await serve(other)):
        for path in PAGES:
            answer = await server.client.get(path)
            assert answer.status_code == 503
            assert "Run ost build" in answer.text


@pytest.fixture
def strange(file: Path, tmp_path: Path) -> Path:
    """A file with tables that are not quite ours."""
    copy = tmp_path / "ost.db"
    copy.write_bytes(file.read_bytes())
    connection = sqlite3.connect(copy)
    connection.execute("drop table evidence")
    connection.execute("create table evidence (node text)")
    connection.close()
    return copy


async def test_strange_file_says_so(serve: Serve, strange: Path) -> None:
    server = await serve(strange)
    for path in PAGES[:3]:
        answer = await server.client.get(path)
        assert (answer.status_code, path) == (503, path)
        assert "cannot be read as a tree" in answer.text
        assert str(strange.parent) not in answer.text


@pytest.mark.parametrize(
    "address",
    [
        *("/-/ost/nothing", "/nothing", "/a/b/c/d", "/page.html", "/ost/nothing"),
        *("/ost/node/nobody", "/-/nothing"),
    ],
)
async def test_unknown_address_is_404_in_our_frame(serve: Serve, file: Path, address: str) -> None:
    """Also with `rich` installed, where Datasette's own answer is a 500."""
    server = await serve(file)
    answer = await server.client.get(address)
    assert answer.status_code == 404
    for said in (
        "<h1>Not found</h1>",
        "Film nights",
        'href="/-/ost/evidence"',
        'href="/-/ost/search"',
    ):
        assert said in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_unknown_address_of_data_is_404_as_data(serve: Serve, file: Path) -> None:
    server = await serve(file)
    for address in ("/a/b/c/d.json", "/ost/nothing.json"):
        answer = await server.client.get(address)
        assert (answer.status_code, answer.json()["ok"]) == (404, False)


async def test_unknown_address_shows_nothing_of_ours_to_strangers(serve: Serve, file: Path) -> None:
    shut = {"databases": {"ost": {"allow": {"id": "ann"}}}}
    server = await serve(file, config=shut)
    answer = await server.client.get("/nothing")
    assert (answer.status_code, "/-/ost" in answer.text) == (404, False)
    assert "/-/ost/search" in (await server.client.get("/nothing", actor={"id": "ann"})).text
    kept = await (await serve(file, plugin={"front": False})).client.get("/nothing")
    assert (kept.status_code, "<h1>Not found</h1>" in kept.text) == (404, False)


async def test_error_of_the_system_names_no_folder(
    serve: Serve,
    project: Path,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server = await serve(file)
    path = str(project / "secret.mp3")

    def failing(*_: object) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("datasette_ost.server.recordings.recording_file", failing)
    for address in ("/-/ost/recording/p07", "/-/ost/interview/p07", "/-/ost/interview/p07.json"):
        page = await server.client.get(address)
        assert str(project) not in page.text
    assert page.status_code in {200, 500}
    assert "secret.mp3" in "".join(capsys.readouterr()), "only the log says which file it was"


@pytest.mark.parametrize("address", ["/nothing", "/ost/nothing.json", "/ost/node?_sort=nothing"])
async def test_request_at_fault_is_logged_without_what_was_sent(
    serve: Serve, file: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With `rich`, Datasette logs every frame that an error came through, and all its values."""
    server = await serve(file)
    headers = {"Authorization": "Basic c2VjcmV0"}
    assert (await server.client.get(address, headers=headers)).status_code in {400, 404}
    logged = "".join(capsys.readouterr())
    assert "c2VjcmV0" not in logged
    assert logged.count("\n") < 50


@pytest.mark.parametrize("hosts", [[], ["tree.example"], ["", "Tree.Example:443", "[::2"]])
async def test_names_are_looked_at_where_the_owner_says(
    serve: Serve, file: Path, hosts: list[str]
) -> None:
    server = await serve(file, plugin={"hosts": hosts})
    known_by_host = {"evil.example": False, "tree.example": True, "localhost": True, "": False}
    for host, known in known_by_host.items():
        for path in ("/-/ost", "/-/versions.json", "/-/static/app.css", "/nothing"):
            status = (await server.client.get(path, headers={"Host": host})).status_code
            assert (status == 421) == bool(hosts and not known), (host, path)


async def test_configuration_shows_no_folder(serve: Serve, tmp_path: Path) -> None:
    plugin = {"pointer": f"{tmp_path}/site/current.json", "recordings": f"{tmp_path}/content"}
    shown = await (await serve(plugin=plugin)).client.get("/-/config.json")
    assert "current.json" in shown.text
    assert str(tmp_path) not in shown.text
