"""axe-core finds no serious barrier on any page, on a screen and a phone, light and dark."""

from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

from tests.plugin.browser import in_every_page, prefer, visited
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
const done = arguments[arguments.length - 1], [grave, colours] = arguments;
// What a rule with an impact of its own finds has that impact: of lesser ones nothing is wanted.
const lesser = (each) => each.impact && !grave.includes(each.impact);
const idle = (each) => lesser(each) || (colours && !each.tags.includes("cat.color"));
const rules = Object.fromEntries(
  axe._audit.rules.filter(idle).map((each) => [each.id, { enabled: false }]));
axe.run(document, {resultTypes: ["violations"], rules}).then((found) => done(found.violations.map(
  (each) => [each.impact, each.id,
    each.nodes.map((node) => `${node.target} ${node.failureSummary}`)])));
"""
NOT_FAULTS = {
    # The text in a tree item is that of its whole branch; its name is that of its own box.
    "label-content-name-mismatch",
}
OTHER_THAN_COLOURS = """
const inside = (each) => (each.cssRules ? [...each.cssRules].flatMap(inside) : []).concat(
  each.style ? [...each.style].map((name) => each.style.getPropertyValue(name).trim()) : []);
const dark = (each) => (each.media?.mediaText.includes("prefers-color-scheme") ? [each]
  : [...(each.cssRules ?? [])].flatMap(dark));
const values = [...document.styleSheets].flatMap(dark).flatMap(inside);
return [values.length, values.filter((each) => each !== "dark"
  && !CSS.supports("color", each) && !CSS.supports("box-shadow", each))];
"""


def serious(driver: webdriver.Chrome, *, colours: bool = False) -> list[list[Any]]:
    """The serious violations on the page, of its colours alone or of all rules."""
    found = driver.execute_async_script(LOOK, sorted(GRAVE), colours)
    return [each for each in found if each[0] in GRAVE and each[1] not in NOT_FAULTS]


OPEN = """
// What people open on a page, and the darkest square of evidence with a voice against it.
for (const each of document.querySelectorAll('details:not(.tree *)')) each.open = true;
for (const each of document.querySelectorAll('.heat td:has(.contra)')) each.className = 'h3';
return document.querySelectorAll('details[open]:not(.tree *)').length;
"""


@pytest.mark.parametrize(("width", "script"), [(1440, OPEN), (375, "return 1")])
def test_pages_have_no_serious_violations(
    driver: webdriver.Chrome, base: str, width: int, script: str
) -> None:
    left = {}
    paths = (*PATHS, "tree/more-film-nights?q=a", "activity", "present", "questions")
    with in_every_page(driver, AXE):
        for path in visited(driver, base, paths, width, "light"):
            assert driver.execute_script(script)
            left[path] = serious(driver)
            many, others = driver.execute_script(OTHER_THAN_COLOURS)
            assert many > 20
            assert others == [], "only the colours are judged of what is dark"
            prefer(driver, "dark")
            left[f"{path}, dark"] = serious(driver, colours=True)
            prefer(driver, "light")
    assert {path: found for path, found in left.items() if found} == {}


CONTRAST = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: ["color-contrast"], resultTypes: ["violations"]}).then((found) =>
  done(found.violations.flatMap((each) =>
    each.nodes.map((node) => `${node.target} ${node.failureSummary}`.split(" Expected")[0]))));
"""
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
    with in_every_page(driver, AXE):
        for path in visited(driver, root, (*TABLES, "ost/node/cant-agree"), 1440, scheme):
            assert driver.execute_async_script(CONTRAST) == [], path
            if path in TABLES:
                assert path == "ost/targets" or driver.execute_script(FOLDED) == [False, True]
                assert driver.execute_script(ROWS_FIRST), path
