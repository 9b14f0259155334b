"""The styles and scripts that a page loads: their bytes, and icons in forced colours."""

import re
from pathlib import Path

import pytest

from datasette_ost.page import Page, every_page

STATIC = Path(__file__).parents[2] / "plugins/datasette_ost/static"
STYLES = 48_000
SCRIPTS = 70_000
OF_ALL = ("ost.css", "pages.css", "answers.css")


def _bytes(*names: str) -> int:
    return sum((STATIC / name).stat().st_size for name in names)


@pytest.mark.parametrize("page", every_page().values(), ids=every_page().keys())
def test_styles_of_a_page_are_small(page: Page) -> None:
    assert _bytes(*OF_ALL, *page.styles) <= STYLES
    assert _bytes("saved.css", *OF_ALL, *page.styles) <= STYLES


@pytest.mark.parametrize("page", every_page().values(), ids=every_page().keys())
def test_scripts_of_a_page_are_small(page: Page) -> None:
    assert _bytes("live.js", *page.scripts) <= SCRIPTS
    ours = (name for name in page.saved_scripts if (STATIC / name).exists())
    assert _bytes(*ours) <= SCRIPTS


COLOURED = re.compile(r"([^{}]*)\{([^{}]*background:currentColor[^{}]*)\}")
"""The rule of icons: a background in the colour of the text, of which a mask leaves the shape."""


def test_icons_are_seen_in_forced_colours() -> None:
    styles = "".join((STATIC / name).read_text("utf-8") for name in OF_ALL)
    [(selectors, declared)] = COLOURED.findall(styles)
    assert "forced-color-adjust:none" in declared
    assert "mask:var(--i)" in declared
    icons = {each.strip().removesuffix("::before") for each in selectors.split("*/")[-1].split(",")}
    assert icons >= {".icon", ".people", ".chip", ".kind", ".mention", ".stamp", ".mark", ".play"}
