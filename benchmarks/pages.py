"""Measures pages: a node's page against Datasette's own row page, and a tree in Chromium."""

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.builds import OST, Line, run
from benchmarks.corpus import write
from benchmarks.history import write as write_history

# Without this, other installed plugins would be measured as well.
os.environ["DATASETTE_LOAD_PLUGINS"] = "datasette-ost"

READY = "return document.documentElement.dataset.ready"
FIRST_BYTE = "return performance.getEntriesByType('navigation')[0].responseStart"
BOXES = "return document.querySelectorAll('[role=treeitem]').length"
FRAMES = """
window.frames_seen = [];
let last = 0;
const frame = (now) => {
  if (last) frames_seen.push(now - last);
  last = now;
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
"""
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


PAGES = {
    "Datasette's row page": "/pages/node/opportunity-{}",
    "node page": "/-/ost/node/opportunity-{}",
    "trees page": "/-/ost",
    "tree page": "/-/ost/tree/outcome-{}",
    "panel beside a tree": "/-/ost/panel/opportunity-{}",
    "interview page": "/-/ost/interview/interview-{}",
    "compare page": "/-/ost/compare/opportunity-{}",
    "siblings page": "/-/ost/siblings/outcome-{}",
    "outcome page": "/-/ost/outcome/outcome-{}",
    "evidence page": "/-/ost/evidence",
    "one participant's page": "/-/ost/person/P{}",
    "practice page": "/-/ost/practice",
    "bets page": "/-/ost/bets",
    "activity page": "/-/ost/activity",
    "check page": "/-/ost/check",
    "search, one person": "/-/ost/search?q=P{}",
    "search, words everywhere": "/-/ost/search?q=the+team",
    "search, one letter": "/-/ost/search?q=t",
}


PAST_PAGES = {
    "Datasette's row page": PAGES["Datasette's row page"],
    "tree on a day": "/-/ost/tree/outcome-0?on={day}",
    "branch on a day": "/-/ost/tree/opportunity-{}?on={day}",
    "biography page": "/-/ost/biography/opportunity-{}",
    "history page": "/-/ost/history",
    "history page of a commit": "/-/ost/history?revision={}",
}


def pages(root: Path, rounds: int) -> Iterable[Line]:
    """Each page against Datasette's own page of a row, requested in turn."""
    yield from _compared(root, PAGES, rounds)


def past_pages(root: Path, files: int, rounds: int) -> Iterable[Line]:
    """Measures the pages of history in the same way."""
    day = write_history(root, files // 25, files)
    asked = {what: path.replace("{day}", day) for what, path in PAST_PAGES.items()}
    yield from _compared(root, asked, rounds, "--history")


def _compared(root: Path, asked: Mapping[str, str], rounds: int, *options: str) -> Iterable[Line]:
    run(*OST, "build", root, "--output", root / "pages", *options)
    took = asyncio.run(_asked(root / "pages" / "current.json", asked, rounds * 5))
    floor = median(took["Datasette's row page"])
    for what, times in took.items():
        if what == "Datasette's row page":
            yield Line(what, floor)
        else:
            yield Line(what, median(times), median(times) / floor, 0.5 if "node" in what else 1)


async def _asked(pointer: Path, asked: Mapping[str, str], rounds: int) -> dict[str, list[float]]:
    from datasette.app import Datasette

    shown = {"pointer": str(pointer), "database": "pages"}  # as `ost serve` has it
    server = Datasette([], config={"plugins": {"datasette-ost": shown}})
    await server.invoke_startup()
    took: dict[str, list[float]] = {what: [] for what in asked}
    for number in range(rounds + 5):
        for what, path in asked.items():
            began = time.perf_counter()
            answer = await server.client.get(path.format(number % 12 + 1))
            if number >= 5:  # one-time loading counts for neither
                took[what].append(time.perf_counter() - began)
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status_code}")
    await server.invoke_shutdown()
    server.close()
    return took


def tree(folder: Path, nodes: int, rounds: int) -> Iterable[Line]:
    """A whole tree of this many nodes in Chromium, from the first byte until the page is usable."""
    if shutil.which("chromium") is None or shutil.which("chromedriver") is None:
        return
    root = folder / f"tree-{nodes}"
    if not root.exists():
        write(root, nodes, share=0, outcomes=1)
    run(*OST, "build", root, "--output", root / "tree.db")
    with _served(root / "tree.db") as address, _chromium() as driver:
        page = f"{address}/-/ost/tree/outcome-0"
        took = list(_opened(driver, page, rounds))
        frames = _dragged(driver, nodes)
    yield Line(f"tree of {nodes:,} nodes in Chromium", median(took), None, 0.5)
    # A screen shows a new frame every 16.7 ms; a missed frame costs two of these intervals.
    yield Line("a frame while the whole tree is dragged", frames, None, 0.02)


@contextmanager
def _served(file: Path) -> Iterator[str]:
    command = (sys.executable, "-m", "datasette", str(file), "--port", "0")
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        for line in server.stderr or ():
            if "running on http" in line:
                yield line.split("running on ")[1].split()[0]
                break
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _chromium() -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    with TemporaryDirectory() as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            yield driver
        finally:
            driver.quit()


def _opened(driver: Any, page: str, rounds: int) -> Iterator[float]:
    from selenium.webdriver.support.wait import WebDriverWait

    for _ in range(rounds + 1):
        driver.get(page)
        wait = WebDriverWait(driver, 60, 0.02)
        ready = wait.until(lambda each: each.execute_script(READY))
        yield (float(ready) - float(driver.execute_script(FIRST_BYTE))) / 1000


def _dragged(driver: Any, nodes: int) -> float:
    """The 95th percentile of frame times in seconds, while the whole tree is dragged."""
    from selenium.webdriver import ActionChains

    for _ in range(600):
        if driver.execute_script(BOXES) >= nodes:
            break
        driver.find_element("css selector", "[data-do=unfold]").click()
        time.sleep(0.5)
    driver.execute_script(FRAMES)
    drag = ActionChains(driver, duration=16)
    drag.move_to_element(driver.find_element("css selector", ".stage")).click_and_hold()
    for step in range(90):
        drag.move_by_offset(5 if step % 40 < 20 else -5, 2 if step % 30 < 15 else -2)
    drag.release().perform()
    frames = sorted(driver.execute_script("return window.frames_seen"))
    return float(frames[len(frames) * 95 // 100]) / 1000
