"""The pages as files: every link leads to a file, and foreign files stay."""

import json
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from datasette_ost.export import LIST, html
from datasette_ost.file.kinds import kinds
from datasette_ost.page import PageRequest, every_page, file_name
from datasette_ost.pages.tree import AT_MOST
from datasette_ost.view.feed import NAMESPACE
from ost.export import ForeignError, Saved
from tests.plugin.browser import available, needed, until  # noqa: F401 - `needed` asks
from tests.plugin.sample import HOSTILE, large, publish, write


def saved(file: Path, folder: Path) -> Saved:
    with closing(sqlite3.connect(file)) as connection:
        return html(connection, folder)


@pytest.fixture(scope="module")
def site(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("datasette_ost.pages.search._EXCERPT", 20)  # most texts are longer
        saved(file, folder)
    return folder


class Seen(HTMLParser):
    """A page's links, its ids, and the scripts inside it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.inline: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [given[each] or "" for each in ("href", "src", "action") if each in given]
        self.ids |= {given[each] or "" for each in ("id", "data-id") if each in given}
        if (tag == "script" and "src" not in given) or any(each.startswith("on") for each in given):
            self.inline.append(given)


def parsed_page(page: Path) -> Seen:
    found = Seen()
    found.feed(page.read_text("utf-8"))
    return found


def test_every_link_leads_to_a_file(site: Path) -> None:
    pages = {each: parsed_page(each) for each in sorted(site.rglob("*.html"))}
    assert len(pages) > 30
    astray = []
    for page, found in pages.items():
        for link in found.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                assert parts.scheme in {"https", "http", "mailto"}, (page, link)
                continue
            target = (page.parent / parts.path).resolve() if parts.path else page
            if not target.is_file():
                astray.append((str(page.relative_to(site)), link))
                continue
            known = pages[target].ids if target in pages else {parts.fragment}
            if parts.fragment and unquote(parts.fragment) not in known:
                astray.append((str(page.relative_to(site)), link))
    assert astray == []


def test_feed_is_saved_and_leads_to_pages(site: Path) -> None:
    feed = ElementTree.fromstring((site / "activity.atom").read_bytes())  # noqa: S314 - our own
    links = [each.attrib["href"] for each in feed.iter(f"{{{NAMESPACE}}}link")]
    assert links[:2] == ["activity.atom", "activity.html"]
    assert len(links) > 4
    assert [each for each in links if not (site / each.partition("#")[0]).is_file()] == []
    for page, address in (("activity.html", "activity.atom"), ("node/cant-agree.html", "../")):
        assert f'href="{address}' in (site / page).read_text("utf-8")
    assert "As a feed" in (site / "activity.html").read_text("utf-8")


def test_stored_text_is_not_markup(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert HOSTILE not in text
        assert "<script>alert" not in text
        assert parsed_page(page).inline == []


def test_everything_can_be_found(site: Path, file: Path) -> None:
    script = (site / "assets/found.js").read_text("ascii")
    found = json.loads(script.removeprefix("window.ostFound=").removesuffix(";\n"))
    with closing(sqlite3.connect(file)) as connection:
        (nodes,) = connection.execute("select count(*) from node").fetchone()
        quotes = {row[0] for row in connection.execute("select text from quote")}
    assert len(found["nodes"]) == nodes
    assert quotes <= {each[0] for each in found["said"]}
    assert all((site / each[-1]).is_file() for each in (*found["nodes"], *found["said"]))


def test_second_export_writes_only_differences(tmp_path: Path, file: Path) -> None:
    first = saved(file, tmp_path / "site")
    assert first.written == first.files
    assert saved(file, tmp_path / "site") == Saved(first.files, 0, 0, first.first)
    (tmp_path / "site/index.html").write_text("edited")
    (tmp_path / "site/node/old.html").write_text("gone since")
    (tmp_path / "site/CNAME").write_text("tree.example")
    with (tmp_path / "site" / LIST).open("a") as listed:
        listed.write("node/old.html\n../../outside\n/etc/passwd\n")
    (tmp_path.parent / "outside").write_text("somebody else's")
    assert saved(file, tmp_path / "site") == Saved(first.files, 1, 1, first.first)
    assert not (tmp_path / "site/node/old.html").exists()
    assert (tmp_path / "site/CNAME").read_text() == "tree.example"
    assert (tmp_path.parent / "outside").exists()


def test_interrupted_export_continues(tmp_path: Path, file: Path) -> None:
    def stop(_: str, done: int, __: int) -> None:
        if done > 30:
            raise KeyboardInterrupt

    with closing(sqlite3.connect(file)) as connection, pytest.raises(KeyboardInterrupt):
        html(connection, tmp_path / "site", stop)
    whole = saved(file, tmp_path / "site")
    assert 0 < whole.written < whole.files


def test_another_users_folder_stays_untouched(tmp_path: Path, file: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(ForeignError):
        saved(file, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.tex"]


def test_file_names_are_safe_and_unique() -> None:
    ids = [
        "p07",
        "P07",
        "Grün/../x",
        "grün",
        "a" * 300,
        "a" * 301,
        "..",
        "con.aux",
        "%2e",
        "日" * 90,
    ]
    names = [file_name(each) for each in ids]
    assert len({each.casefold() for each in names}) == len(ids)
    for each in names:
        assert len(each) < 130
        assert each.isascii()
        assert not set(each) & set('/\\:*?"<>|%#.')
    assert file_name("cant-agree") == "cant-agree"


def test_large_tree_is_saved_completely(tmp_path: Path) -> None:
    write(tmp_path, large(15))
    file = publish(tmp_path, tmp_path / "large.db").path
    saved(file, tmp_path / "site")
    with closing(sqlite3.connect(file)) as connection:
        placed = {row[0] for row in connection.execute("select id from node where lft not null")}
    pages = [parsed_page(each) for each in (tmp_path / "site/tree").iterdir()]
    assert len(placed) > AT_MOST
    assert placed <= set().union(*(each.ids for each in pages))
    assert not any("data-more" in each.read_text() for each in (tmp_path / "site/tree").iterdir())


def severe(driver: Any) -> list[str]:
    return [each["message"] for each in driver.get_log("browser") if each["level"] == "SEVERE"]


@needed
def test_saved_tree_is_drawn_and_linked(driver: webdriver.Chrome, site: Path) -> None:
    driver.get((site / "tree/more-film-nights.html").as_uri() + "#everybody-vetoes")
    until(driver, "return document.documentElement.dataset.ready")
    until(driver, "return document.activeElement.dataset.id === 'everybody-vetoes'")
    assert driver.execute_script("return window.ost.picture.on")
    driver.find_element(By.CSS_SELECTOR, "#everybody-vetoes > .box > .foot").click()
    title = "return document.querySelector('[data-panel] h2 a')?.textContent"
    assert until(driver, title) == "Everybody vetoes on their own phone"
    driver.find_element(By.CSS_SELECTOR, "[data-panel] h2 a").click()
    until(driver, "return location.pathname.endsWith('/node/everybody-vetoes.html')")
    driver.get((site / "tree/more-film-nights.html").as_uri())
    until(driver, "return document.documentElement.dataset.ready")
    driver.find_element(By.CSS_SELECTOR, "[data-do=view]").click()
    until(driver, "return location.search === '?view=list' && !window.ost.picture.on")
    assert severe(driver) == []


CHIPS = "return [...document.querySelectorAll('.choices a')].map((each) => each.textContent)"


@needed
def test_saved_pages_search_words(driver: webdriver.Chrome, site: Path, file: Path) -> None:
    driver.get((site / "node/cant-agree.html").as_uri())
    box = driver.find_element(By.ID, "ost-find")
    box.send_keys("AGREE")
    box.submit()
    until(driver, "return location.pathname.endsWith('/search.html')")
    hit = "return document.querySelector('.hits > li > a')?.getAttribute('href')"
    assert until(driver, hit) == "node/cant-agree.html"
    assert (
        driver.execute_script("return document.querySelector('.hits mark').textContent") == "agree"
    )
    field = driver.find_element(By.ID, "ost-q")
    field.clear()
    field.send_keys("zebra<b>")
    until(driver, "return document.querySelector('.empty')?.textContent.includes('zebra<b>')")
    with closing(sqlite3.connect(file)) as connection:
        for word in ("agree", "everyone", "film"):
            field.clear()
            field.send_keys(word)
            found = every_page()["search"].read(connection, PageRequest(args={"q": word}))
            names = {each.name: each.several.capitalize() for each in kinds(connection)}
            chips = [f"{names[kind]} {many}" for kind, many in found.kinds.items()]
            assert chips
            shown = driver.execute_script(CHIPS)
            assert sorted(shown) == sorted([f"Everything {sum(found.kinds.values())}", *chips])
    driver.get((site / "search.html").as_uri() + "?kind=interview")
    until(driver, "return document.querySelectorAll('.hits > li').length > 0")
    assert severe(driver) == []


HITS = "return [...document.querySelectorAll('.box.hit')].map((each) => each.parentElement.id)"


@needed
def test_saved_tree_is_filtered_as_on_a_server(
    driver: webdriver.Chrome, site: Path, file: Path
) -> None:
    driver.get((site / "tree/more-film-nights.html").as_uri())
    until(driver, "return document.documentElement.dataset.ready")
    with closing(sqlite3.connect(file)) as connection:
        for asked in FILTERS:
            wanted = every_page()["tree"].read(connection, PageRequest("more-film-nights", asked))
            for name in ("q", "kind", "status", "segment", "since", "until", "rule"):
                driver.execute_script(
                    "document.querySelector('.filter').elements[arguments[0]].value = arguments[1]",
                    name,
                    asked.get(name, ""),
                )
            driver.execute_script("document.querySelector('.filter').requestSubmit()")
            told = "return document.querySelector('[data-tally] b').textContent"
            until(driver, f"{told} === '{wanted.hit_count}'")
            assert driver.execute_script(HITS) == wanted.hits, asked
    driver.execute_script("""
      document.querySelector('.filter [name=only]').checked = true;
      document.querySelector('.filter').requestSubmit();
    """)
    until(driver, "return !document.getElementById('one-chooser')")
    assert driver.execute_script(HITS) == wanted.hits
    assert severe(driver) == []


FILTERS: tuple[dict[str, str], ...] = (
    {"q": "veto"},
    {"q": "AGREE watch"},
    {"q": "eryb"},
    {"q": "nothing at all like this"},
    {"kind": "solution"},
    {"kind": "solution", "status": "dropped"},
    {"segment": "families"},
    {"segment": "families", "since": "2026-11-04"},
    {"until": "2026-10-31"},
    {"rule": "waived"},
    {"rule": "any"},
    {"status": "testing"},
)


@needed
def test_shared_filter_of_a_saved_tree_is_applied(driver: webdriver.Chrome, site: Path) -> None:
    driver.get((site / "tree/more-film-nights.html").as_uri() + "?q=phone&kind=solution")
    assert until(driver, HITS) == ["everybody-vetoes"]
    value = "return document.querySelector('.filter').elements.kind.value"
    assert driver.execute_script(value) == "solution"
    assert severe(driver) == []
