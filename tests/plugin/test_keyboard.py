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
FOLLOW = """
const outlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
const marked = (style) => outlined(style) || style.boxShadow !== "none";
const inSight = (box) => box.width > 0 && box.bottom > 0 && box.top < innerHeight
  && box.right > 0 && box.left < innerWidth;
const short = (each) => each.outerHTML.slice(0, 90);
window.reached = 0;
window.unseen = new Set();
// A key comes up once the focus has moved: to ask from outside after every key took far longer.
addEventListener("keyup", () => {
  const found = document.activeElement;
  if (!found || found === document.body) return;
  reached += 1;
  left.delete(found);
  const own = [found, found.querySelector(":scope > .box")].filter(Boolean);
  if (!own.some((each) => marked(getComputedStyle(each)))) unseen.add(`no mark: ${short(found)}`);
  if (!inSight(found.getBoundingClientRect())) unseen.add(`out of sight: ${short(found)}`);
}, { capture: true });
"""
FOUND = """
return [reached, [...unseen], [...left].map((each) => each.outerHTML.slice(0, 90))];
"""


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 375)])
def test_everything_is_reached(
    driver: webdriver.Chrome, base: str, width: int, scheme: str
) -> None:
    amiss = {}
    for path in visited(driver, base, (*PATHS, "activity"), width, scheme):
        driver.execute_script("document.activeElement.blur(); scrollTo(0, 0)")
        usable = driver.execute_script(USABLE)
        assert 0 < usable < MOST, path
        driver.execute_script(FOLLOW)
        for _ in range(3):  # from wherever the page begins, once around
            ActionChains(driver).send_keys(Keys.TAB * (usable + 2)).perform()
            reached, unseen, never = driver.execute_script(FOUND)
            if not never:
                break
        assert reached >= usable, path
        if unseen or never:
            amiss[path] = (unseen, never)
    assert amiss == {}
