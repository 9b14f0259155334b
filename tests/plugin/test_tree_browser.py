"""The picture of a tree in a real browser: its camera, panel, filter, images and pace."""

import base64
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.plugin.browser import size, until
from tests.plugin.test_browser import (  # noqa: F401 - fixtures
    base,
    driver,
    focused,
    opened,
    pytestmark,
    shown,
    site,
    tree,
)
from tests.plugin.test_following import running

# ruff: noqa: F811 - fixtures by their names

CAMERA = "return ost.picture.camera"
PANEL = "return document.querySelector('[data-panel] h2')?.textContent.trim()"
BOX = "#{} > .box"


def box(driver: webdriver.Chrome, node: str) -> dict[str, float]:
    script = f"return document.querySelector('{BOX.format(node)}').getBoundingClientRect().toJSON()"
    return dict(driver.execute_script(script))


def camera(driver: webdriver.Chrome) -> dict[str, float]:
    return dict(driver.execute_script(CAMERA))


def press(driver: webdriver.Chrome, *keys: str) -> None:
    driver.switch_to.active_element.send_keys(*keys)


def start(driver: webdriver.Chrome, base: str, more: str = "") -> None:
    tree(driver, base, more)
    driver.execute_script("document.querySelector('[data-tree] > li').focus()")


def test_boxes_are_top_down_and_never_overlap(driver: webdriver.Chrome, base: str) -> None:
    tree(driver, base)
    driver.find_element(By.CSS_SELECTOR, "[data-do=unfold]").click()
    until(driver, "return document.getElementById('veto-on-paper')?.checkVisibility()")
    until(driver, "return document.querySelector('#all-take-part > details > svg path')")
    script = """
      const all = [...document.querySelectorAll('.tree .box')];
      return all.filter((each) => each.checkVisibility()).map((each) => [
        each.parentElement.id,
        each.parentElement.parentElement.closest('li')?.id,
        each.getBoundingClientRect().toJSON(),
      ]);
    """
    found: list[Any] = driver.execute_script(script)
    places = {node: place for node, _, place in found}
    assert len(places) >= 10
    for node, parent, place in found:
        if parent:
            assert place["top"] > places[parent]["bottom"], node
        for other, there in places.items():
            apart = (
                other == node
                or place["right"] <= there["left"]
                or place["left"] >= there["right"]
                or place["bottom"] <= there["top"]
                or place["top"] >= there["bottom"]
            )
            assert apart, (node, other)


def test_keys_move_the_camera(driver: webdriver.Chrome, base: str) -> None:
    start(driver, base)
    before = camera(driver)
    press(driver, "+")
    until(driver, f"return ost.picture.camera.k > {before['k']}")
    press(driver, "0")
    until(driver, "return ost.picture.camera.k <= 1")
    held = camera(driver)
    press(driver, Keys.SHIFT + Keys.ARROW_DOWN)
    until(driver, f"return ost.picture.camera.y < {held['y']} - 50")
    assert focused(driver) == "more-film-nights"


def test_focus_is_never_out_of_sight(driver: webdriver.Chrome, base: str) -> None:
    size(driver, 1280, 640)
    start(driver, base)
    press(driver, Keys.END)
    for key in (Keys.HOME, "e", Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT):
        press(driver, key)
        node = focused(driver)
        inside = f"""
          const box = document.querySelector('{BOX.format(node)}').getBoundingClientRect();
          const frame = document.querySelector('.canvas').getBoundingClientRect();
          return box.left >= frame.left && box.right <= frame.right
            && box.top >= frame.top && box.bottom <= frame.bottom;
        """
        until(driver, inside)


def test_mouse_drags_and_turns(driver: webdriver.Chrome, base: str) -> None:
    tree(driver, base)
    before = box(driver, "cant-agree")
    held = driver.find_element(By.CSS_SELECTOR, BOX.format("cant-agree"))
    ActionChains(driver).click_and_hold(held).move_by_offset(60, 40).release().perform()
    until(
        driver,
        f"return document.querySelector('{BOX.format('cant-agree')}').getBoundingClientRect().left"
        f" > {before['left'] + 50}",
    )
    assert driver.execute_script("return document.querySelector('[data-panel]').hidden")
    wheel = {"type": "mouseWheel", "x": 600, "y": 500, "deltaX": 0, "deltaY": -120}
    k = camera(driver)["k"]
    driver.execute_cdp_cmd("Input.dispatchMouseEvent", {**wheel, "modifiers": 2})
    until(driver, f"return ost.picture.camera.k > {k}")


def test_two_fingers_zoom(driver: webdriver.Chrome, base: str) -> None:
    size(driver, 375, 800)
    tree(driver, base, "?view=picture")
    driver.execute_script("document.querySelector('.canvas').scrollIntoView()")
    before = camera(driver)

    def touch(kind: str, *points: tuple[int, int]) -> None:
        given = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": given})

    touch("touchStart", (120, 300))
    touch("touchMove", (160, 340))
    touch("touchMove", (180, 360))
    touch("touchEnd")
    until(driver, f"return ost.picture.camera.y > {before['y']} + 10")
    k = camera(driver)["k"]
    touch("touchStart", (150, 300), (200, 300))
    touch("touchMove", (130, 300), (220, 300))
    touch("touchMove", (110, 300), (240, 300))
    touch("touchEnd")
    until(driver, f"return ost.picture.camera.k > {k} * 1.2")


def test_panel_by_mouse_and_by_keys(driver: webdriver.Chrome, base: str) -> None:
    tree(driver, base)
    driver.find_element(By.CSS_SELECTOR, BOX.format("cant-agree")).click()
    assert until(driver, PANEL) == "We cannot agree on what to watch"
    assert "panel=cant-agree" in driver.current_url
    link = driver.find_element(By.CSS_SELECTOR, "[data-panel] blockquote .stamp")
    assert link.get_attribute("href") == "https://youtu.be/9RFaz9ZBXpk?t=785s"
    assert focused(driver) == "cant-agree"
    press(driver, Keys.ARROW_UP)
    until(driver, f"{PANEL} === 'More evenings begin with a film'")
    press(driver, Keys.ESCAPE)
    until(driver, "return document.querySelector('[data-panel]').hidden")
    assert "panel=" not in driver.current_url
    tree(driver, base, "?panel=cant-agree")
    assert until(driver, PANEL) == "We cannot agree on what to watch"
    driver.find_element(By.CSS_SELECTOR, "[data-panel] .close").click()
    assert focused(driver) == "cant-agree"


def test_filter_takes_the_pages_place(driver: webdriver.Chrome, base: str) -> None:
    tree(driver, base)
    driver.execute_script("window.same = true")
    driver.find_element(By.ID, "in-tree").send_keys("cards", Keys.ENTER)
    until(driver, "return document.querySelector('#veto-on-paper > .box.hit')?.checkVisibility()")
    assert driver.execute_script("return location.search") == "?q=cards"
    assert driver.execute_script("return window.same && document.activeElement.id") == "in-tree"
    driver.find_element(By.CSS_SELECTOR, "[data-do=next]").click()
    until(driver, "return document.activeElement.dataset.id === 'veto-on-paper'")
    driver.find_element(By.CSS_SELECTOR, ".chosen-few a").click()
    until(driver, "return location.search === '' && !document.querySelector('.box.hit')")
    driver.back()
    until(driver, "return document.querySelector('#veto-on-paper > .box.hit')")
    driver.find_element(By.CSS_SELECTOR, ".filter summary").click()
    driver.find_element(By.CSS_SELECTOR, ".filter [name=only]").click()
    until(driver, "return !document.getElementById('one-chooser')")
    assert driver.execute_script("return location.search") == "?q=cards&only=1"


def test_list_and_picture(driver: webdriver.Chrome, base: str) -> None:
    tree(driver, base)
    button = driver.find_element(By.CSS_SELECTOR, "[data-do=view]")
    assert button.text == "List"
    button.click()
    until(driver, "return !document.querySelector('.drawn')")
    assert shown(driver, "cant-agree")
    assert "view=list" in driver.current_url
    driver.find_element(By.CSS_SELECTOR, "[data-do=view]").click()
    until(driver, "return document.querySelector('.drawn')")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_image(driver: webdriver.Chrome, base: str, theme: str) -> None:
    feature = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
    tree(driver, base)
    drawn = ElementTree.fromstring(driver.execute_script("return ost.image.svg()"))  # noqa: S314
    said = " ".join("".join(each.itertext()) for each in drawn)
    assert "We cannot agree on" in said
    assert "alert(1)" in said
    assert not drawn.findall(".//{http://www.w3.org/2000/svg}script")
    script = """
      const done = arguments[0], reader = new FileReader();
      reader.onload = () => done(reader.result);
      ost.image.png().then((blob) => reader.readAsDataURL(blob), (error) => done(String(error)));
    """
    image = base64.b64decode(driver.execute_async_script(script).split(",")[1])
    assert image.startswith(b"\x89PNG")
    assert len(image) > 10_000
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_printed_tree_is_a_list(driver: webdriver.Chrome, base: str) -> None:
    tree(driver, base)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    outer, inner = box(driver, "more-film-nights"), box(driver, "cant-agree")
    assert inner["top"] >= outer["bottom"] - 1
    assert 0 < inner["left"] - outer["left"] < 60
    assert not driver.find_element(By.CSS_SELECTOR, ".buttons").is_displayed()
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_every_item_has_its_place(driver: webdriver.Chrome, base: str) -> None:
    tree(driver, base)
    script = """
      return [...document.querySelectorAll('[role=treeitem]')].filter((each) =>
        !each.getAttribute('aria-label') || !each.ariaSetSize || !each.ariaPosInSet
        || (each.querySelector(':scope > details') && !each.ariaExpanded)).map((each) => each.id);
    """
    assert driver.execute_script(script) == []
    unnamed = """
      const named = (each) => each.ariaLabel || each.textContent.trim() || each.labels?.length;
      return [...document.querySelectorAll('main :is(button, input, select, summary)')].filter(
        (each) => each.checkVisibility() && !each.closest('[aria-hidden]') && !named(each)).length;
    """
    assert driver.execute_script(unnamed) == 0


CONTRAST = """
  const part = (each) => (each <= .04045 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4);
  const light = ([r, g, b]) =>
    .2126 * part(r / 255) + .7152 * part(g / 255) + .0722 * part(b / 255) + .05;
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const mixed = (colours) => {
    for (const each of colours) { pen.fillStyle = each; pen.fillRect(0, 0, 1, 1); }
    return light(pen.getImageData(0, 0, 1, 1).data);
  };
  const behind = (each) =>
    (each ? [...behind(each.parentElement), getComputedStyle(each).backgroundColor] : []);
  const bad = [];
  for (const each of document.querySelectorAll('main *:not(.hidden)')) {
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !each.checkVisibility({ visibilityProperty: true })) continue;
    const back = behind(each);
    const two = [mixed(back), mixed([...back, getComputedStyle(each).color])];
    const ratio = Math.max(...two) / Math.min(...two);
    if (ratio < 4.5) bad.push([each.className, each.textContent.trim().slice(0, 30), ratio]);
  }
  return bad;
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("more", ["?panel=cant-agree", "?status=target"])
def test_contrast(driver: webdriver.Chrome, base: str, theme: str, more: str) -> None:
    feature = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
    tree(driver, base, more)
    if "panel" in more:
        until(driver, PANEL)
    assert driver.execute_script(CONTRAST) == []
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_filter_without_script(scriptless: webdriver.Chrome, base: str) -> None:
    scriptless.get(f"{base}/tree/more-film-nights")
    scriptless.find_element(By.ID, "in-tree").send_keys("cards", Keys.ENTER)
    hit = scriptless.find_element(By.CSS_SELECTOR, "#veto-on-paper > .box.hit")
    assert hit.is_displayed()
    assert "q=cards" in scriptless.current_url


PACE = """
  const done = arguments[0], took = [];
  let turn = 0, last = performance.now();
  const step = (now) => {
    const began = performance.now();
    ost.picture.jump(turn < 20 ? -37 : 37, turn % 20 < 10 ? -11 : 11);
    document.querySelector('[data-tree] .box').getBoundingClientRect();
    took.push(performance.now() - began);
    turn += 1;
    if (turn < 40) requestAnimationFrame(step); else done(took.sort((a, b) => a - b));
  };
  requestAnimationFrame(step);
"""


GROW = """
  const list = (sizes, path) => (sizes.length ? `<ul>${[...Array(sizes[0]).keys()].map((each) => `
    <li id="${path}-${each}" data-id="${path}-${each}"><div class="box k-opportunity">
    <a class="title" href="#"><span class="kind">opportunity: </span>${path}</a>
    </div>${sizes.length > 1 ? `<details open><summary><span class="many">5</span></summary>
    ${list(sizes.slice(1), `${path}-${each}`)}</details>` : ''}</li>`).join('')}</ul>` : '');
  const top = document.querySelector('[data-tree] > li > details');
  top.querySelector(':scope > ul').remove();
  top.insertAdjacentHTML('beforeend', list([15, 10, 5, 6, 1], 'x'));
  document.dispatchEvent(new Event('ost:swapped'));
"""


FRAME = 1000 / 60
"""Milliseconds in which a frame has to be made, so that sixty are shown a second."""


def test_ten_thousand_boxes_keep_pace(driver: webdriver.Chrome, large_site: Path) -> None:
    """Everything unfolded: a frame's own work stays below a third of a sixtieth of a second."""
    with running(large_site) as port:
        driver.get(f"http://127.0.0.1:{port}/-/ost/tree/all")
        until(driver, "return document.documentElement.dataset.ready")
        driver.execute_script(GROW)
        count = "return document.querySelectorAll('[data-tree] .box').length"
        assert int(driver.execute_script(count)) > 9900
        for k in (1, 0.5, 0.1):
            driver.execute_script(f"ost.picture.zoom({k} / ost.picture.camera.k)")
            rounds = (driver.execute_async_script(PACE) for _ in range(3))
            assert any(took[len(took) // 2] < FRAME for took in rounds), k
        drawn = (
            "return document.querySelectorAll('[data-tree] li:not(.off, .off li) > .box').length"
        )
        driver.execute_script("ost.picture.zoom(1 / ost.picture.camera.k)")
        assert int(driver.execute_script(drawn)) < 400
