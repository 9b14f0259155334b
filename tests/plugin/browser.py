"""A headless Chromium and a real server for it."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.wait import WebDriverWait

from docs.screenshots import FLAGS

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")


def available() -> bool:
    """Whether there is a browser; where CI runs there must be."""
    found = CHROMIUM is not None and DRIVER is not None
    assert found or os.environ.get("CI") != "true", "CI needs chromium and chromium-driver"
    return found


@contextmanager
def chromium(profile: Path, *flags: str) -> Iterator[webdriver.Chrome]:
    """A browser of its own."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, *flags, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


def forget(driver: webdriver.Chrome) -> None:
    """Makes a browser as if it had just been started."""
    driver.get("about:blank")
    for command, given in (
        ("Emulation.clearDeviceMetricsOverride", {}),
        ("Emulation.setEmulatedMedia", {"media": "", "features": []}),
        ("Emulation.setFocusEmulationEnabled", {"enabled": False}),
        ("Network.clearBrowserCache", {}),
        ("Network.clearBrowserCookies", {}),
    ):
        driver.execute_cdp_cmd(command, given)
    driver.get_log("browser")  # type: ignore[no-untyped-call]  # selenium leaves it out


def size(driver: webdriver.Chrome, width: int, height: int) -> None:
    """A screen of that size."""
    given = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", given)


def prefer(driver: webdriver.Chrome, scheme: str) -> None:
    """Asks pages to be `light` or `dark`."""
    feature = {"name": "prefers-color-scheme", "value": scheme}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def visited(
    driver: webdriver.Chrome, base: str, paths: Iterable[str], width: int, scheme: str
) -> Iterator[str]:
    """Goes from page to page, on a screen of that width, `light` or `dark`."""
    size(driver, width, 900)
    prefer(driver, scheme)
    for path in paths:
        driver.get(f"{base}/{path}".rstrip("/"))
        if path.startswith("tree/"):
            until(driver, "return document.documentElement.dataset.ready")
        yield path


@contextmanager
def in_every_page(driver: webdriver.Chrome, script: str) -> Iterator[None]:
    """Runs a script in every page before those of the page. To hand it over again and again takes
    as long as the pages do.
    """
    added = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
    try:
        yield
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def until(driver: webdriver.Chrome, script: str, seconds: float = 10) -> object:
    """Waits until a script gives something true, and gives that."""
    return WebDriverWait(driver, seconds, 0.05).until(lambda each: each.execute_script(script))


needed = pytest.mark.skipif("not available()", reason="no chromium")
