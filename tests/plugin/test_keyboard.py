"""Every page by keyboard alone, on a screen and a phone, light and dark: Tab reaches every control,
in view and with a visible focus.
"""

import pytest
from selenium import webdriver
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

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

MOST = 400
USABLE = """
const seen = (each) => each.checkVisibility({visibilityProperty: true, opacityProperty: true});
const fields = "a[href], button:not([disabled]), input:not([type=hidden]), select, summary, "
  + "[tabindex='0']";
// In a tree one Tab leads to one item; from there it is the arrow keys.
const within = (each) => each.closest("[role=tree]") && each.getAttribute("tabindex") !== "0";
window.left = new Set([...document.querySelectorAll(fields)].filter((each) =>
  seen(each) && !within(each) && each.tabIndex >= 0 && !each.closest("dialog:not([open])")));
return left.size;
"""
FOCUSED = """
const found = document.activeElement;
if (!found || found === document.body) return null;
left.delete(found);
const box = found.getBoundingClientRect();
const own = [found, found.querySelector(":scope > .box")].filter(Boolean);
const outlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
const marked = (style) => outlined(style) || style.boxShadow !== "none";
return {
  what: found.outerHTML.slice(0, 90),
  left: left.size,
  marked: own.some((each) => marked(getComputedStyle(each))),
  inSight: box.width > 0 && box.bottom > 0 && box.top < innerHeight
    && box.right > 0 && box.left < innerWidth,
};
"""
LEFT = "return [...left].map((each) => each.outerHTML.slice(0, 90))"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 375)])
def test_everything_is_reached(
    driver: webdriver.Chrome, base: str, width: int, scheme: str
) -> None:
    amiss = {}
    for path in visited(driver, base, (*PATHS, "activity"), width, scheme):
        driver.execute_script("document.activeElement.blur(); scrollTo(0, 0)")
        usable = driver.execute_script(USABLE)
        assert 0 < usable < MOST, path
        wrong = []
        for _ in range(2 * usable + 5):  # from wherever the page begins, once around
            ActionChains(driver).send_keys(Keys.TAB).perform()
            found = driver.execute_script(FOCUSED)
            if found and not (found["marked"] and found["inSight"]):
                wrong.append(found)
            if found and not found["left"]:
                break
        never = driver.execute_script(LEFT)
        if wrong or never:
            amiss[path] = (wrong, never)
    assert amiss == {}
