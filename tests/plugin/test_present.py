"""The slides for a meeting: five with keys and without scripts, five pages on paper."""

import base64
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from datasette_ost.export import html
from tests.plugin.browser import available, needed, size, until  # noqa: F401 - `needed` asks
from tests.plugin.conftest import Serve
from tests.plugin.sample import SAMPLE, publish, write
from tests.plugin.test_saved import severe

SLIDES = ["outcome", "target", "solutions", "quotes", "against"]
CONTENT = Path(__file__).parents[2] / "content"
UNKIND = f"""\
-- second.md --
---
kind: opportunity
parent: more-film-nights
status: target
---
# {"A title without an end, " * 12}
""" + "".join(
    f"""\
-- way{number}.md --
---
kind: solution
parent: second
differs: {"in many words, " * 30}
---
# {"Another way with a long title " * 4}{number}
-- q{number}.md --
---
kind: interview
participant: Q{number}
---
# Q{number}

## Opportunities
- [[second]] said
  > {f"A quote {number} without an end. " * 30}
- against [[second]] {"and a note as long as that, " * 12}
"""
    for number in range(6)
)


def slides(page: str) -> list[str]:
    return re.findall(r'<section class="slide" id="(\w+)"', page)


async def test_walk_goes_from_the_outcome_to_what_is_against(serve: Serve, file: Path) -> None:
    server = await serve(file)
    page = (await server.client.get("/-/ost/present")).text
    assert slides(page) == SLIDES
    parts = page.split('<section class="slide"')
    for part, words in zip(
        parts[1:],
        (
            "More evenings begin with a film",
            "We cannot agree on what to watch",
            "Everybody vetoes on their own phone",
            "By the time we agree, somebody has gone to bed.",
            "on birthdays it is no question",
        ),
        strict=True,
    ):
        assert words in part
    assert "the cards worked" in parts[3]
    assert parts[4].count("<q>") == 3
    assert all(f'href="#{name}"' in page for name in SLIDES)
    assert 'href="/-/ost/present"' in (await server.client.get("/-/ost")).text


async def test_json_twin_has_what_the_page_shows(serve: Serve, file: Path) -> None:
    server = await serve(file)
    found = (await server.client.get("/-/ost/present.json")).json()
    assert found["outcome"]["id"] == "more-film-nights"
    assert found["target"]["id"] == "cant-agree"
    assert [each["id"] for each in found["solutions"]][-1] == "a-film-a-day"
    assert found["against"][0]["words"] == "on birthdays it is no question"
    other = (await server.client.get("/-/ost/present.json?of=nothing-for-mixed-ages")).json()
    assert other["target"]["id"] == "nothing-for-mixed-ages"
    unknown = (await server.client.get("/-/ost/present.json?of=nowhere")).json()
    assert unknown["target"]["id"] == "cant-agree"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SAMPLE.replace("status: target\n", ""), "status: target"),
        ("-- need.md --\n---\nkind: opportunity\n---\n# A need\n", "ost new outcome"),
    ],
)
async def test_page_without_a_target_says_what_to_do(
    serve: Serve, tmp_path: Path, text: str, said: str
) -> None:
    write(tmp_path, text)
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    page = (await server.client.get("/-/ost/present")).text
    assert slides(page) == []
    assert f"<pre>{said}</pre>" in page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Saved pages: of the worked example, and of a tree whose texts do not end."""
    folder = tmp_path_factory.mktemp("present")
    write(folder / "long", SAMPLE + UNKIND)
    for name, content in (("example", CONTENT), ("long", folder / "long")):
        file = publish(content, folder / f"{name}.db").path
        with closing(sqlite3.connect(file)) as connection:
            html(connection, folder / "site" / name)
    return folder / "site"


def test_every_target_has_a_saved_walk(site: Path) -> None:
    assert slides((site / "long/present.html").read_text()) == SLIDES
    page = (site / "long/present/second.html").read_text()
    assert slides(page) == SLIDES
    assert 'href="../present/cant-agree.html"' in page


@needed
@pytest.mark.browser
@pytest.mark.parametrize("page", ["example/present.html", "long/present/second.html"])
def test_walk_prints_on_five_pages(driver: webdriver.Chrome, site: Path, page: str) -> None:
    driver.get((site / page).as_uri())
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pages = re.findall(rb"/Type\s*/Page\b", base64.b64decode(printed["data"]))
    assert len(pages) == 5


@needed
@pytest.mark.browser
def test_the_plot_says_its_first_day_and_its_last_apart(
    driver: webdriver.Chrome, site: Path
) -> None:
    size(driver, 375, 900)
    driver.get((site / "example/present.html").as_uri())
    first, last = driver.execute_script("""
      return [...document.querySelectorAll(".slide .plot figcaption span")]
        .map((each) => each.getBoundingClientRect().toJSON());
    """)
    assert first["top"] == last["top"]
    assert last["left"] > first["right"] + 20


@needed
@pytest.mark.browser
def test_keys_go_from_slide_to_slide(driver: webdriver.Chrome, site: Path) -> None:
    size(driver, 1440, 900)
    driver.get((site / "example/present.html").as_uri())

    def seen() -> str:
        return str(
            driver.execute_script("""
              return [...document.querySelectorAll('.slide')]
                .find((each) => Math.abs(each.getBoundingClientRect().top) < 2)?.id ?? '';
            """)
        )

    walked = []
    for key in (*[Keys.ARROW_RIGHT] * 5, Keys.ARROW_LEFT, Keys.HOME, Keys.PAGE_DOWN, Keys.END):
        ActionChains(driver).send_keys(key).perform()
        walked.append(seen())
    assert walked == [*SLIDES[1:], "against", "quotes", "outcome", "target", "against"]
    assert until(driver, "return document.querySelector('[data-slide][aria-current]').hash") == (
        "#against"
    )
    assert severe(driver) == []
