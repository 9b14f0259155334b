"""`ost export png` and `ost export pdf`: the SVG, drawn by an installed Chromium."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from ost.errors import Misuse, Trouble

FORMS = {
    "png": "A picture as PNG, drawn by Chromium from the SVG. It needs Chromium or Chrome.",
    "pdf": "A picture as PDF on one page, drawn by Chromium from the SVG. It needs Chromium or"
    " Chrome.",
}
"""The help of each form."""

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_WIDEST = 8192
"""The widest picture in pixels: Chromium draws at twice the size, at most 16,384."""
_SECONDS = 120
_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')


def drawn(svg: str, form: str) -> bytes:
    """The picture's bytes. The browser runs without network and with a temporary profile."""
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found is None:
        raise Misuse(
            f"{form} needs Chromium or Chrome, which is not installed;"
            f" use `ost export svg`, or `ost export dot - | dot -T{form}`"
        )
    size = _SIZE.search(svg)
    wide, high = (int(size[1]), int(size[2])) if size else (1, 1)
    if form == "png" and max(wide, high) > _WIDEST:
        raise Misuse("the picture is too large for PNG; choose a branch with --select, or use svg")
    with TemporaryDirectory() as folder:
        page, out = Path(folder, "page.html"), Path(folder, f"out.{form}")
        page.write_text(
            f"<!doctype html><meta charset=utf-8><style>@page{{size:{wide}px {high}px;margin:0}}"
            f"body{{margin:0}}svg{{display:block}}</style>{svg}",
            "utf-8",
        )
        asked = (
            [f"--screenshot={out}", f"--window-size={wide},{high}", "--force-device-scale-factor=2"]
            if form == "png"
            else [f"--print-to-pdf={out}", "--no-pdf-header-footer"]
        )
        _run([found, *_flags(folder), *asked, page.as_uri()])
        if not out.is_file():
            raise Trouble(f"{found} drew no picture; use `ost export svg`")
        return out.read_bytes()


def _flags(folder: str) -> list[str]:
    flags = [
        *("--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder}/profile"),
    ]
    # Chromium refuses to run as root otherwise; the page is our own and holds no script.
    root = getattr(os, "geteuid", lambda: 1)() == 0
    return [*flags, "--no-sandbox"] if root else flags


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Trouble(f"{command[0]} failed to draw: {type(error).__name__}") from None
