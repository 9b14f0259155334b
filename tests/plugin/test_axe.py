"""axe-core looks at every page, on a screen and on a phone, light and dark, and finds nothing that
keeps somebody out.
"""

from pathlib import Path

import pytest
from selenium import webdriver

from tests.plugin.browser import size, until
from tests.plugin.test_browser import (  # noqa: F401 - fixtures
    PATHS,
    base,
    driver,
    opened,
    pytestmark,
    site,
)

# ruff: noqa: F811 - fixtures by their names

AXE = (Path(__file__).parents[1] / "data/axe-core/axe.min.js").read_text("utf-8")
GRAVE = {"serious", "critical"}
LOOK = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then((found) => done(found.violations.map((each) =>
  [each.impact, each.id, each.nodes.map((node) => `${node.target} ${node.failureSummary}`)])));
"""
NOT_FAULTS = {
    # The text in a tree item is that of its whole branch; its name is that of its own box.
    "label-content-name-mismatch",
}


@pytest.mark.parametrize("width", [1440, 375])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_grave(driver: webdriver.Chrome, base: str, width: int, scheme: str) -> None:
    size(driver, width, 900)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    grave = {}
    for path in (*PATHS, "changes"):
        driver.get(f"{base}/{path}".rstrip("/"))
        if path.startswith("tree/"):
            until(driver, "return document.documentElement.dataset.ready")
        driver.execute_script(AXE)
        found = driver.execute_async_script(LOOK)
        left = [each for each in found if each[0] in GRAVE and each[1] not in NOT_FAULTS]
        if left:
            grave[path] = left
    assert grave == {}
