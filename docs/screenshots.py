"""Retakes the pictures in docs/images: `python -m docs.screenshots`. Needs Chromium, and npm for
the picture of a comment.
"""

import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from docs import comment, quarter

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
TREE = "tree/better-bets-every-week"

SHOTS = (
    ("tree", TREE, 1440, 900, "light"),
    ("tree-dark", TREE, 1440, 900, "dark"),
    ("tree-phone", TREE, 375, 812, "light"),
    ("trees", "", 1280, 900, "light"),
    ("node", "node/finding-someone-takes-longer", 1280, 1100, "light"),
    ("node-dark", "node/finding-someone-takes-longer", 1280, 1100, "dark"),
    ("interview", "interview/lennys-podcast-teresa-torres", 1280, 1100, "light"),
    ("compare", "compare/start-from-zero-every-week", 1440, 1300, "light"),
    ("compare-phone", "compare/start-from-zero-every-week", 375, 812, "light"),
    ("siblings", "siblings/better-bets-every-week", 1440, 1000, "light"),
    ("outcome", "outcome/better-bets-every-week", 1280, 800, "light"),
    ("evidence", "evidence", 1280, 900, "light"),
    ("practice", "practice", 1280, 1000, "light"),
    ("bets", "bets", 1280, 800, "light"),
    ("activity", "activity", 1280, 800, "light"),
    ("search", "search?q=story", 1280, 900, "light"),
    ("check", "check", 1280, 900, "light"),
)

PAST = (
    ("past", f"{TREE}?on=2026-11-01", 1280, 900, "light"),
    ("past-phone", f"{TREE}?on=2026-10-18", 375, 812, "dark"),
    ("biography", "biography/start-from-zero-every-week", 1280, 900, "light"),
    ("grounds", "grounds/monday-is-the-target", 1280, 900, "light"),
    ("history", "history", 1280, 900, "light"),
)
"""Pictures of the example's quarter."""

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


@contextmanager
def served(file: Path) -> Iterator[str]:
    """Serves the pages of a published file; yields their address."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", str(file), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}/-/ost"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{base}/build.json")  # noqa: S310 - our own server
                break
            except OSError:
                time.sleep(0.1)
        yield base
    finally:
        server.terminate()
        server.wait()


@contextmanager
def browser(profile: str) -> Iterator[webdriver.Chrome]:
    """A headless Chromium."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        yield driver
    finally:
        driver.quit()


Shots = tuple[tuple[str, str, int, int, str], ...]
"""Pictures: name, page, width, height, and `light` or `dark`."""


def shoot(driver: webdriver.Chrome, base: str, folder: Path, shots: Shots = SHOTS) -> None:
    """Takes pictures into a folder."""
    for name, page, width, height, theme in shots:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        feature = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
        driver.get(f"{base}/{page}".rstrip("/"))
        time.sleep(1)
        driver.save_screenshot(str(folder / f"{name}.png"))


def main() -> None:
    """Builds the worked example, serves it, and takes the pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ost.db"
        ost = Path(sys.executable).with_name("ost")
        subprocess.run([ost, "build", ROOT / "content", "--output", file], check=True)
        with served(file) as base, browser(f"{folder}/profile") as driver:
            shoot(driver, base, IMAGES)
            work = Path(folder) / "comment"
            work.mkdir()
            comment.shoot(driver, work, IMAGES / "comment.png")
        quarter.write(Path(folder) / "quarter")
        past = Path(folder) / "past.db"
        content = Path(folder) / "quarter"
        subprocess.run([ost, "build", content, "--history", "--output", past], check=True)
        with served(past) as base, browser(f"{folder}/past") as driver:
            shoot(driver, base, IMAGES, PAST)


if __name__ == "__main__":
    main()
