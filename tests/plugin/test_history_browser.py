"""The weeks play in a real browser, and stay readable without playing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from datasette_ost.export import html
from docs.screenshots import served
from tests.plugin.browser import (  # noqa: F401 - `needed` asks
    available,
    in_every_page,
    needed,
    size,
    until,
    visited,
)
from tests.plugin.test_axe import AXE, serious
from tests.plugin.test_browser import console_messages as console
from tests.plugin.test_history_pages import TREE, history_file  # noqa: F401 - a fixture

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
    "digest?since=2026-08-01",
)
BOXES = """
return [...document.querySelectorAll("[data-tree] .box")].map((box) =>
  [box.parentElement.dataset.id, box.className, box.textContent]);
"""


@pytest.fixture(scope="module")
def base(history_file: Path) -> Iterator[str]:
    with served(history_file) as address:
        yield address


def motion(driver: webdriver.Chrome, wanted: str) -> None:
    feature = {"name": "prefers-reduced-motion", "value": wanted}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def shown(driver: webdriver.Chrome) -> list[list[str]]:
    found: list[list[str]] = driver.execute_script(BOXES)
    return found


SHOWN = "return document.querySelector('.day-shown b')?.textContent === '{}'"


def test_played_weeks_are_those_of_the_server(driver: webdriver.Chrome, base: str) -> None:
    size(driver, 1280, 900)
    motion(driver, "no-preference")
    driver.get(f"{base}/{TREE}?on=2026-10-25&view=list")
    driver.find_element(By.CSS_SELECTOR, "[data-play]").click()
    until(driver, SHOWN.format("1 Nov 2026"))
    play = driver.find_element(By.CSS_SELECTOR, "[data-play]")
    assert play.text == "Pause"
    assert driver.switch_to.active_element == play
    play.click()
    assert play.text == "Play"
    assert driver.current_url.partition("?")[2] == "on=2026-11-01&view=list"
    until(driver, "return document.querySelector('[data-said]').textContent")
    played, said = shown(driver), driver.find_element(By.CSS_SELECTOR, ".when").text
    driver.get(driver.current_url)
    assert played == shown(driver)
    assert said == driver.find_element(By.CSS_SELECTOR, ".when").text
    driver.find_element(By.CSS_SELECTOR, "[rel=prev]").click()
    until(driver, SHOWN.format("25 Oct 2026"))
    gone = driver.find_element(By.CSS_SELECTOR, ".when a.was-gone")
    assert gone.text == "We have no good place for interview notes"
    assert console(driver) == []


def test_link_plays_to_the_last_week(driver: webdriver.Chrome, base: str) -> None:
    motion(driver, "no-preference")
    driver.get(f"{base}/{TREE}?on=2026-11-15&play=1")
    until(driver, SHOWN.format("22 Nov 2026"))
    until(driver, SHOWN.format("23 Nov 2026"))
    until(driver, "return document.querySelector('[data-play]').textContent === 'Play'")


def test_picture_of_a_day_is_that_of_the_tree(driver: webdriver.Chrome, base: str) -> None:
    size(driver, 1280, 900)
    driver.get(f"{base}/{TREE}?on=2026-11-01")
    until(driver, "return document.documentElement.dataset.ready")
    assert driver.find_element(By.CSS_SELECTOR, ".drawn .box.was-chosen").is_displayed()
    driver.find_element(By.CSS_SELECTOR, "[type=date]").send_keys("10182026", Keys.ENTER)
    until(driver, SHOWN.format("18 Oct 2026"))
    until(driver, "return document.querySelector('.drawn .box.was-moved')")
    assert "on=2026-10-18" in driver.current_url
    until(driver, "return document.documentElement.dataset.ready")
    driver.find_element(By.LINK_TEXT, "Back to today").click()
    until(driver, f"return location.href === '{base}/{TREE}'")


def test_less_motion_is_one_week_at_a_press(driver: webdriver.Chrome, base: str) -> None:
    motion(driver, "reduce")
    driver.get(f"{base}/{TREE}?on=2026-10-25")
    for day in ("1 Nov 2026", "8 Nov 2026"):
        button = driver.find_element(By.CSS_SELECTOR, "[data-play]")
        assert button.text == "Next week"
        button.click()
        until(driver, SHOWN.format(day))
        assert driver.execute_script("return document.getAnimations().length") == 0
    motion(driver, "no-preference")


def test_marks_of_a_week_are_whole_on_a_phone(driver: webdriver.Chrome, base: str) -> None:
    size(driver, 390, 844)
    driver.get(f"{base}/{TREE}?on=2026-11-01")
    until(driver, "return document.documentElement.dataset.ready")
    marks = driver.execute_script("""
      return [...document.querySelectorAll('.was')].filter((mark) => mark.checkVisibility())
        .map((mark) => [mark.textContent, mark.getBoundingClientRect().right]);
    """)
    assert "target chosen" in [mark for mark, _ in marks]
    assert [mark for mark, right in marks if right > 390] == []


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


def test_saved_pages_play(driver: webdriver.Chrome, history_file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(history_file)) as connection:
        html(connection, tmp_path)
    week = tmp_path / f"{TREE}.2026-10-25.html"
    driver.get(f"{week.as_uri()}?play=1")
    until(driver, SHOWN.format("1 Nov 2026"))
    assert "play=1" in driver.current_url
    driver.execute_script("""
        const range = document.querySelector("[type=range]");
        range.value = 10;
        range.dispatchEvent(new Event("change", { bubbles: true }));
    """)
    until(driver, SHOWN.format("15 Nov 2026"))
    assert "?play" not in driver.current_url
    link = driver.find_element(By.CSS_SELECTOR, "[data-tree] a.title").get_attribute("href")
    assert link
    assert (tmp_path / "biography" / link.rpartition("/")[2]).is_file()
    driver.find_element(By.LINK_TEXT, "Back to today").click()
    until(driver, f"return location.href === '{(tmp_path / f'{TREE}.html').as_uri()}'")
    assert console(driver) == []


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (375, "light")])
def test_everybody_can_read_it(
    driver: webdriver.Chrome, base: str, width: int, scheme: str
) -> None:
    with in_every_page(driver, AXE):
        for path in visited(driver, base, PATHS, width, scheme):
            wide = driver.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, path
            assert serious(driver) == [], path
