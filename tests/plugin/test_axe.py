"""axe-core finds no serious barrier on any page, on a screen and a phone, light and dark."""

from pathlib import Path

import pytest
from selenium import webdriver

from tests.plugin.browser import visited
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
def test_pages_have_no_serious_violations(
    driver: webdriver.Chrome, base: str, width: int, scheme: str
) -> None:
    grave = {}
    for path in visited(driver, base, (*PATHS, "activity", "present", "questions"), width, scheme):
        driver.execute_script(AXE)
        found = driver.execute_async_script(LOOK)
        left = [each for each in found if each[0] in GRAVE and each[1] not in NOT_FAULTS]
        if left:
            grave[path] = left
    assert grave == {}


CONTRAST = LOOK.replace("{resultTypes", '{runOnly: ["color-contrast"], resultTypes')
ROWS_FIRST = """
const top = (found) => document.querySelector(found)?.getBoundingClientRect().top ?? 1e9;
const rows = top("table.rows-and-columns");
return rows < 600 && [".column-descriptions", ".facet-results", "#sql-query", ".export-links"]
  .every((each) => rows < top(each)) && top(".ost-nav") < top("section.content h1");
"""
FOLDED = """
const shown = () => document.querySelector(".column-descriptions")?.checkVisibility();
const before = shown();
document.querySelector(".ost-columns").open = true;
return [before, shown()];
"""
TABLES = ("ost/node", "ost/targets")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_datasettes_pages_of_our_tables_can_be_read(
    driver: webdriver.Chrome, base: str, scheme: str
) -> None:
    root = base.removesuffix("/-/ost")
    for path in visited(driver, root, (*TABLES, "ost/node/cant-agree"), 1440, scheme):
        driver.execute_script(AXE)
        found = driver.execute_async_script(CONTRAST)
        assert [node.split(" Expected")[0] for each in found for node in each[2]] == [], path
        if path in TABLES:
            assert path == "ost/targets" or driver.execute_script(FOLDED) == [False, True]
            assert driver.execute_script(ROWS_FIRST), path
