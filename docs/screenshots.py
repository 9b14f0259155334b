"""Takes the pictures in `docs/images` of the worked example: `python -m docs.screenshots`."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver

ROOT = Path(__file__).parent.parent
PAGES: Mapping[str, str] = {"tree.png": "/-/ost/tree/{outcome}"}
SIZE = (1280, 800)


def main() -> None:
    """Write every picture."""
    with served() as address, browser() as driver:
        outcome = _outcome()
        for name, page in PAGES.items():
            driver.get(address + page.format(outcome=outcome))
            time.sleep(1)  # for what unfolds by itself
            driver.save_screenshot(str(ROOT / "docs" / "images" / name))


@contextmanager
def served() -> Iterator[str]:
    """The address of a server that shows `content/`."""
    command = [sys.executable, "-c", "from ost.cli import main; main()", "serve", "content"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None  # noqa: S101 - it is a pipe
            words = next(line for line in server.stdout if "serving " in line).split()
            address = words[1].split("/-/")[0]
            with urllib.request.urlopen(f"{address}/-/ost"):  # noqa: S310 - our own address
                pass
            yield address
        finally:
            server.terminate()


@contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    """A headless Chromium."""
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--hide-scrollbars"):
        options.add_argument(argument)
    options.add_argument(f"--window-size={SIZE[0]},{SIZE[1]}")
    driver = webdriver.Chrome(options)
    try:
        yield driver
    finally:
        driver.quit()


def _outcome() -> str:
    """The id of the worked example's first outcome."""
    for path in sorted((ROOT / "content").rglob("*.md")):
        if "\nkind: outcome\n" in path.read_text("utf-8"):
            return path.stem
    message = "content/ has no outcome"
    raise LookupError(message)


if __name__ == "__main__":
    main()
