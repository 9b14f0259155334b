"""The played quarter in a real browser, and who cannot see it play."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from datasette_ost.export import html
from docs.screenshots import served
from tests.plugin.browser import (  # noqa: F401 - `needed` asks
    available,
    needed,
    size,
    until,
    visited,
)
from tests.plugin.test_axe import AXE, GRAVE, LOOK
from tests.plugin.test_browser import told as console
from tests.plugin.test_history_pages import TREE, told  # noqa: F401 - a fixture

# ruff: noqa: F811 - fixtures by their names

pytestmark = [
    needed,
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

PATHS = (
    f"{TREE}?on=2026-11-01",
    "history",
    "biography/start-from-zero-every-week",
    "grounds/monday-is-the-target",
)
BOXES = """
const text = (box) => box.textContent.replace(/\\d+ had said so/, "").replace(/\\s/g, "");
return [...document.querySelectorAll("[data-then] .box")].map((box) =>
  [box.parentElement.dataset.id, box.className, text(box)]);
"""


@pytest.fixture(scope="module")
def base(told: Path) -> Iterator[str]:
    with served(told) as address:
        yield address


def motion(driver: webdriver.Chrome, wanted: str) -> None:
    feature = {"name": "prefers-reduced-motion", "value": wanted}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def day(driver: webdriver.Chrome) -> str:
    return driver.find_element(By.CSS_SELECTOR, "[data-day]").text


def shown(driver: webdriver.Chrome) -> list[list[str]]:
    found: list[list[str]] = driver.execute_script(BOXES)
    return found


def test_played_weeks_are_those_of_the_server(driver: webdriver.Chrome, base: str) -> None:
    size(driver, 1280, 900)
    motion(driver, "no-preference")
    driver.get(f"{base}/{TREE}?on=2026-10-25")
    play = driver.find_element(By.CSS_SELECTOR, "[data-do=play]")
    play.click()
    until(driver, "return document.querySelector('[data-day]').textContent === '1 Nov 2026'")
    play.click()
    assert (play.text, driver.current_url.partition("?")[2]) == ("Play", "on=2026-11-01")
    played = shown(driver)
    said = driver.find_element(By.CSS_SELECTOR, ".told-week").text
    driver.get(driver.current_url)
    assert played == shown(driver)
    assert said == driver.find_element(By.CSS_SELECTOR, ".told-week").text
    driver.find_element(By.CSS_SELECTOR, "[rel=prev]").click()
    assert day(driver) == "25 Oct 2026"
    assert driver.find_element(By.CSS_SELECTOR, "[data-gone]").text == (
        "We have no good place for interview notes"
    )
    assert console(driver) == []


def test_less_motion_is_one_week_at_a_press(driver: webdriver.Chrome, base: str) -> None:
    motion(driver, "reduce")
    driver.get(f"{base}/{TREE}?on=2026-10-25")
    button = driver.find_element(By.CSS_SELECTOR, "[data-do=play]")
    assert button.text == "Next week"
    button.click()
    assert day(driver) == "1 Nov 2026"
    moving = "return document.getAnimations().length"
    assert driver.execute_script(moving) == 0
    button.click()
    assert day(driver) == "8 Nov 2026"


def test_words_of_a_plot_keep_their_size_on_a_phone(driver: webdriver.Chrome, base: str) -> None:
    size(driver, 375, 900)
    driver.get(f"{base}/{PATHS[2]}")
    heights, right = driver.execute_script("""
      const words = [...document.querySelectorAll(".steps text")]
        .map((each) => each.getBoundingClientRect());
      return [words.map((each) => each.height), Math.max(...words.map((each) => each.right))];
    """)
    assert min(heights) >= 11
    assert right < 375


def test_saved_pages_play(driver: webdriver.Chrome, told: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(told)) as connection:
        html(connection, tmp_path)
    driver.get(f"{(tmp_path / f'{TREE}.html').as_uri()}")
    driver.execute_script("""
        const range = document.querySelector("[type=range]");
        range.value = 8;
        range.dispatchEvent(new Event("input"));
    """)
    assert day(driver) == "1 Nov 2026"
    assert "The target is now" in driver.find_element(By.CSS_SELECTOR, "[data-said]").text
    link = driver.find_element(By.CSS_SELECTOR, "[data-then] a.title").get_attribute("href")
    assert link
    assert (tmp_path / "biography" / link.rpartition("/")[2]).is_file()
    assert console(driver) == []


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (375, "light")])
def test_everybody_can_read_it(
    driver: webdriver.Chrome, base: str, width: int, scheme: str
) -> None:
    for path in visited(driver, base, PATHS, width, scheme):
        wide = driver.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, path
        driver.execute_script(AXE)
        found = driver.execute_async_script(LOOK)
        assert [each for each in found if each[0] in GRAVE] == [], path
