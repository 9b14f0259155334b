"""The pages in a real browser: unfolding, keys, deep links, phones, no script, live pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.plugin.browser import forget, size, until
from tests.plugin.sample import HOSTILE_FILES, SAMPLE, publish, write
from tests.plugin.test_following import running

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

PATHS = (
    "",
    "tree/more-film-nights",
    "tree/hostile",
    "node/cant-agree",
    "node/hostile",
    "node/more-film-nights",
    "node/go-with-vetoes",
    "node/everybody-vetoes",
    "node/veto-on-paper",
    "interview/p07",
    "interview/p09",
    "compare/cant-agree",
    "compare/nothing-for-mixed-ages",
    "siblings/more-film-nights",
    "outcome/more-film-nights",
    "evidence",
    "person/P07",
    "practice",
    "bets",
    "search?q=veto",
    "search",
    "check",
    "check?rule=single-solution",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write(folder / "project", SAMPLE)
    write(folder / "project", HOSTILE_FILES)
    publish(folder / "project", folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    with running(site, live=True) as port:
        yield f"http://127.0.0.1:{port}/-/ost"


@pytest.fixture(scope="module")
def opened(started: webdriver.Chrome) -> webdriver.Chrome:
    forget(started)
    return started


def console_messages(driver: webdriver.Chrome) -> list[str]:
    """The messages of the browser's console since the last call."""
    entries = driver.get_log("browser")  # type: ignore[no-untyped-call]  # selenium leaves it out
    return [each["message"] for each in entries if each["level"] != "DEBUG"]


@pytest.fixture
def driver(opened: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """The browser, at a usual size; nothing may have gone wrong in it in the end."""
    size(opened, 1280, 900)
    console_messages(opened)
    yield opened
    said = console_messages(opened)
    assert said == []


def tree(driver: webdriver.Chrome, base: str, more: str = "") -> None:
    driver.get("about:blank")
    driver.get(f"{base}/tree/more-film-nights{more}")
    until(driver, "return document.documentElement.dataset.ready")


def focused(driver: webdriver.Chrome) -> str:
    return str(driver.execute_script("return document.activeElement.dataset.id || ''"))


def shown(driver: webdriver.Chrome, node: str) -> bool:
    script = "return document.getElementById(arguments[0])?.checkVisibility() ?? false"
    return bool(driver.execute_script(script, node))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [1440, 375])
def test_page_fits_and_says_nothing_in_the_console(
    driver: webdriver.Chrome, base: str, path: str, width: int
) -> None:
    size(driver, width, 800)
    driver.get(f"{base}/{path}".rstrip("/"))
    until(driver, "return document.readyState === 'complete'")
    wide = driver.execute_script("return document.documentElement.scrollWidth")
    assert wide <= width
    assert driver.execute_script("return typeof window.alerted") == "undefined"


def test_search_as_you_type(driver: webdriver.Chrome, base: str) -> None:
    driver.get(f"{base}/search")
    field = until(driver, "return document.activeElement.id === 'ost-q' && document.activeElement")
    assert isinstance(field, WebElement)
    field.send_keys("veto")
    until(driver, "return document.querySelector('.hits mark, .hits a')")
    until(driver, "return location.search === '?q=veto'")
    assert driver.execute_script("return document.querySelector('[data-said]').textContent")
    field.send_keys(Keys.ARROW_DOWN)
    first = driver.switch_to.active_element.get_attribute("href")
    driver.switch_to.active_element.send_keys(Keys.ARROW_UP)
    assert driver.switch_to.active_element.get_attribute("id") == "ost-q"
    field.send_keys(Keys.ARROW_DOWN, Keys.NULL)
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    until(driver, f"return location.href === '{first}'")


def test_unfold_and_fold(driver: webdriver.Chrome, base: str) -> None:
    tree(driver, base)
    item = driver.find_element(By.ID, "everybody-vetoes")
    toggle = item.find_element(By.CSS_SELECTOR, ":scope > details > summary")
    before = shown(driver, "all-take-part")
    driver.execute_script("arguments[0].click()", toggle)  # the picture may still be moving
    assert shown(driver, "all-take-part") is not before
    assert item.get_attribute("aria-expanded") == str(not before).lower()
    driver.execute_script("arguments[0].click()", toggle)  # the picture may still be moving
    assert shown(driver, "all-take-part") is before


def test_keys_move_and_fold(driver: webdriver.Chrome, base: str) -> None:
    tree(driver, base)
    driver.execute_script("document.querySelector('[data-tree] > li').focus()")
    for key, expected in (
        (Keys.ARROW_DOWN, "cant-agree"),
        (Keys.HOME, "more-film-nights"),
        (Keys.ARROW_RIGHT, "cant-agree"),
        (Keys.ARROW_LEFT, "cant-agree"),
        (Keys.ARROW_LEFT, "more-film-nights"),
        (Keys.ARROW_RIGHT, "cant-agree"),
        (Keys.ARROW_RIGHT, "cant-agree"),
    ):
        driver.switch_to.active_element.send_keys(key)
        assert focused(driver) == expected
    assert shown(driver, "everybody-vetoes")
    driver.switch_to.active_element.send_keys(Keys.END)
    assert focused(driver) == "hostile"
    tabbable = "return document.querySelectorAll('[data-tree] li[tabindex=\"0\"]').length"
    assert driver.execute_script(tabbable) == 1
    driver.switch_to.active_element.send_keys("e")
    assert focused(driver) == "everybody-vetoes"
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    until(driver, "return document.querySelector('[data-panel] h2')?.textContent")
    assert focused(driver) == "everybody-vetoes"
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    until(driver, "return location.pathname.endsWith('/node/everybody-vetoes')")


@pytest.mark.parametrize("more", ["#veto-on-paper", "?levels=1#veto-on-paper"])
def test_deep_link_opens_the_way(driver: webdriver.Chrome, base: str, more: str) -> None:
    tree(driver, base, more)
    until(driver, "return document.activeElement.dataset.id === 'veto-on-paper'")
    assert shown(driver, "veto-on-paper")
    box = "document.querySelector('#veto-on-paper > .box').getBoundingClientRect()"
    until(driver, f"return {box}.top >= 0 && {box}.bottom <= innerHeight")


def test_opening_a_branch_fetches_it(driver: webdriver.Chrome, base: str) -> None:
    tree(driver, base, "?levels=2")
    assert not driver.find_elements(By.ID, "all-take-part")
    item = driver.find_element(By.ID, "everybody-vetoes")
    item.find_element(By.CSS_SELECTOR, ":scope > details > summary").click()
    until(driver, "return document.getElementById('all-take-part')?.checkVisibility()")
    role = driver.find_element(By.ID, "all-take-part").get_attribute("role")
    assert role == "treeitem"


def test_zoom_buttons_change_the_scale(driver: webdriver.Chrome, base: str) -> None:
    tree(driver, base)
    wide = "return document.querySelector('#cant-agree > .box').getBoundingClientRect().width"
    before = float(driver.execute_script(wide))
    driver.find_element(By.CSS_SELECTOR, "[data-do=in]").click()
    until(driver, f"{wide} > {before * 1.1}")


def test_quote_leads_to_its_second(driver: webdriver.Chrome, base: str) -> None:
    tree(driver, base)
    driver.find_element(By.CSS_SELECTOR, "#cant-agree > .box > .title").click()
    until(driver, "return document.querySelector('[data-panel] blockquote')")
    quote = driver.find_element(By.XPATH, "//blockquote[contains(., 'gone to bed')]/a")
    assert quote.get_attribute("href") == "https://youtu.be/9RFaz9ZBXpk?t=785s"
    assert quote.text == "13:05"


def test_search(driver: webdriver.Chrome, base: str) -> None:
    driver.get(base)
    field = driver.find_element(By.ID, "ost-find")
    field.send_keys("sofa", Keys.ENTER)
    until(driver, "return location.search === '?q=sofa'")
    marked = driver.find_elements(By.TAG_NAME, "mark")
    assert {each.text.lower() for each in marked} == {"sofa"}
    driver.find_element(By.PARTIAL_LINK_TEXT, "Assumption").click()
    until(driver, "return location.search.includes('kind=assumption')")
    hits = driver.find_elements(By.CSS_SELECTOR, ".hits > li")
    assert [each.find_element(By.TAG_NAME, "a").text for each in hits] == [
        "Everybody on the sofa takes part"
    ]


def test_jump_menu_and_menu_work_under_the_policy(driver: webdriver.Chrome, base: str) -> None:
    driver.get(f"{base}/check")
    driver.find_element(By.CSS_SELECTOR, ".nav-menu summary").click()
    driver.find_element(By.CSS_SELECTOR, "[data-navigation-search-open]").click()
    until(driver, "return [...document.querySelectorAll('dialog')].some((each) => each.open)")


def test_phone_shows_an_outline(driver: webdriver.Chrome, base: str) -> None:
    size(driver, 375, 800)
    tree(driver, base)
    script = "return document.querySelector('#{} > .box').getBoundingClientRect().{}"
    outer, inner = (
        float(driver.execute_script(script.format(node, "left")))
        for node in ("more-film-nights", "cant-agree")
    )
    assert 5 < inner - outer < 40
    wide = float(driver.execute_script(script.format("cant-agree", "width")))
    assert wide > 260


def test_tree_works_without_scripts(scriptless: webdriver.Chrome, base: str) -> None:
    driver = scriptless
    driver.get(f"{base}/tree/more-film-nights")
    items = driver.find_elements(By.CSS_SELECTOR, "[data-tree] li[data-id]")
    assert len(items) >= 10
    assert not driver.find_elements(By.CSS_SELECTOR, "[data-tree] li[role]")
    links = driver.find_elements(By.CSS_SELECTOR, "[data-tree] .title[href]")
    assert len(links) == len(items)
    assert not driver.find_element(By.CSS_SELECTOR, "[data-tools]").is_displayed()
    item = driver.find_element(By.ID, "everybody-vetoes")
    child = driver.find_element(By.CSS_SELECTOR, "#all-take-part .title")
    before = child.is_displayed()
    item.find_element(By.TAG_NAME, "summary").click()
    assert child.is_displayed() is not before


def test_live_page_takes_over_an_edit(driver: webdriver.Chrome, base: str, site: Path) -> None:
    tree(driver, base, "?levels=2")
    driver.find_element(By.CSS_SELECTOR, "[data-do=unfold]").click()
    until(driver, "return document.getElementById('veto-on-paper')?.checkVisibility()")
    driver.execute_script("document.getElementById('everybody-vetoes').focus()")
    driver.execute_script("window.same = true")
    file = site.parent / "project" / "one-chooser.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("# One person", "# Somebody"), "utf-8")
    publish(site.parent / "project", site)
    until(driver, "return document.body.textContent.includes('Somebody chooses')", 2)
    assert driver.execute_script("return window.same") is True
    assert shown(driver, "veto-on-paper")
    assert not driver.find_elements(By.CSS_SELECTOR, "[data-more]")
    assert focused(driver) == "everybody-vetoes"
    file.write_text(text, "utf-8")
    publish(site.parent / "project", site)


def test_large_tree_is_ready_at_once(driver: webdriver.Chrome, large_site: Path) -> None:
    """10,000 nodes: half a second after the first byte."""
    first = "return performance.getEntriesByType('navigation')[0].responseStart"
    with running(large_site) as port:

        def took() -> float:
            driver.get("about:blank")
            driver.get(f"http://127.0.0.1:{port}/-/ost/tree/all")
            ready = float(str(until(driver, "return document.documentElement.dataset.ready")))
            return ready - float(driver.execute_script(first))

        assert any(took() < 500 for _ in range(5))
        for node in ("o7", "n70", "s70-0", "a70-0-5"):
            branch = f"document.querySelector('#{node} > details')"
            until(driver, f"return {branch}?.checkVisibility()")
            driver.execute_script(f"if (!{branch}.open) {branch}.firstElementChild.click()")
        until(driver, "return document.getElementById('t70-0-5')")
