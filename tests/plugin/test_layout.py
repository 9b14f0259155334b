"""The layout of node pages: nothing is cut off, and important parts come first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from tests.plugin.browser import available, size, until  # noqa: F401 - `pytestmark` asks
from tests.plugin.sample import large, publish, write
from tests.plugin.test_answers import TREE
from tests.plugin.test_browser import driver, opened, pytestmark  # noqa: F401 - fixtures
from tests.plugin.test_following import running

# ruff: noqa: F811 - fixtures by their names

NODES = ("stay", "lost", "inside", "ribbon", "corner", "app", "bound", "ten-books", "choice")
HEBREW = "אנחנו לא מצליחים להחליט מה לראות ביחד בערב"
LONG = "i-cannot-find-it".replace("-", "") * 6
OTHERS = ("", "outcome/stay", "person/P1", "bets", "compare/lost", "siblings/stay", "tree/stay")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("layout")
    tree = large(46).replace("^n21\n", "{status: target} ^n21\n")
    wordy = (
        f"-- wordy.md --\n---\nkind: opportunity\nparent: lost\n---\n# {'I forget words ' * 20}\n"
        f"-- {LONG}.md --\n---\nkind: opportunity\nparent: lost\n---\n# {LONG}\n"
        f"-- hebrew.md --\n---\nkind: opportunity\nparent: stay\n---\n# {HEBREW}\n"
        f"-- below.md --\n---\nkind: opportunity\nparent: hebrew\n---\n# I wait\n"
    )
    write(folder / "project", TREE + tree + wordy)
    publish(folder / "project", folder / "site")
    with running(folder / "site") as port:
        yield f"http://127.0.0.1:{port}/-/ost"


def test_no_page_scrolls_sideways_on_a_phone(driver: webdriver.Chrome, address: str) -> None:
    size(driver, 375, 812)
    wide = {}
    for path in (*(f"node/{each}" for each in NODES), *OTHERS):
        driver.get(f"{address}/{path}".rstrip("/"))
        wide[path] = driver.execute_script("return document.documentElement.scrollWidth")
    assert {path: width for path, width in wide.items() if width > 375} == {}


def test_head_of_a_page_has_room_for_its_name_and_the_search(
    driver: webdriver.Chrome, address: str
) -> None:
    for width in (375, 768, 1024, 1280):
        size(driver, width, 812)
        driver.get(f"{address}/bets")
        name, search, page = driver.execute_script("""
          const name = document.querySelector('.brand bdi');
          name.textContent = 'Opportunity solution trees';
          return [name.clientWidth - name.scrollWidth,
            document.querySelector('.find').offsetWidth, document.documentElement.scrollWidth];
        """)
        assert (name, page) == (0, width)
        assert search > 150


def test_cut_name_keeps_its_beginning_in_any_script(driver: webdriver.Chrome, address: str) -> None:
    size(driver, 375, 812)
    for path, name in (
        ("tree/stay", "#hebrew > .box bdi"),
        ("node/below", ".crumbs a:last-child bdi"),
    ):
        driver.get(f"{address}/{path}")
        until(driver, f"return document.querySelector('{name}')?.checkVisibility()")
        cut, first, box = driver.execute_script(
            """
          const name = document.querySelector(arguments[0]), letter = document.createRange();
          letter.setStart(name.firstChild, 0);
          letter.setEnd(name.firstChild, 1);
          return [name.scrollWidth > name.clientWidth,
            ...[letter, name].map((each) => each.getBoundingClientRect().toJSON())];
        """,
            name,
        )
        assert cut
        assert box["left"] < first["left"] < first["right"] < box["right"] + 1


def test_first_answer_is_on_the_first_screen_of_a_phone(
    driver: webdriver.Chrome, address: str
) -> None:
    size(driver, 375, 812)
    for node in NODES:
        driver.get(f"{address}/node/{node}")
        top = "return document.querySelector('.voiced').getBoundingClientRect().top"
        assert driver.execute_script(top) < 450, node
        heights = driver.execute_script(
            "return [...document.querySelectorAll('.plot text')]"
            ".map((each) => each.getBoundingClientRect().height)"
        )
        assert all(each > 11 for each in heights), node


def test_menu_of_details_opens_inside_the_screen(driver: webdriver.Chrome, address: str) -> None:
    for width in (375, 1280):
        size(driver, width, 812)
        driver.get(f"{address}/node/lost")
        driver.execute_script("document.querySelector('.more-of').open = true")
        box = driver.execute_script(
            "return document.querySelector('.more-of > div').getBoundingClientRect().toJSON()"
        )
        assert box["left"] >= 0
        assert box["right"] <= width


def test_filter_of_a_phone_stays_on_the_screen(driver: webdriver.Chrome, address: str) -> None:
    size(driver, 375, 812)
    for path in ("tree/stay", "tree/stay?q=lost&kind=opportunity", "tree/stay?view=picture&q=lost"):
        driver.get(f"{address}/{path}")
        until(driver, "return document.documentElement.dataset.ready")
        driver.execute_script(
            "for (const each of document.querySelectorAll('.tools .keys')) each.open = true"
        )
        places = driver.execute_script(
            "return [...document.querySelectorAll('#in-tree, .tools .keys > :not(summary)')]"
            ".filter((each) => each.checkVisibility())"
            ".map((each) => each.getBoundingClientRect().toJSON())"
        )
        assert all(each["left"] >= 0 and each["right"] <= 375 for each in places), path
        assert places[0]["width"] > 120, path


def test_head_of_a_comparison_stays(driver: webdriver.Chrome, address: str) -> None:
    for path in ("compare/lost", "compare/n21"):
        size(driver, 1280, 400)
        driver.get(f"{address}/{path}")
        driver.execute_script(
            "const all = document.querySelector('.compare');"
            "const inside = all.scrollHeight > all.clientHeight;"
            "scrollTo(0, all.getBoundingClientRect().top + scrollY + (inside ? 0 : 160));"
            "all.scrollTop = 200"
        )
        until(
            driver,
            "const [head, all] = ['.compare thead th:last-child', '.compare']"
            ".map((each) => document.querySelector(each).getBoundingClientRect());"
            "return Math.abs(head.top - Math.max(0, all.top)) < 4",
        )


def test_paper_has_all_columns_and_all_icons(driver: webdriver.Chrome, address: str) -> None:
    size(driver, 718, 1000)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    for path in ("compare/lost", "compare/n21"):
        driver.get(f"{address}/{path}")
        columns = driver.execute_script(
            "return [...document.querySelectorAll('.compare thead th')]"
            ".map((each) => each.getBoundingClientRect().toJSON())"
        )
        assert len({each["left"] for each in columns}) > 2, path
        assert all(each["right"] <= 718 for each in columns), path
    for path, table in (("evidence", ".heat"), ("practice", ".strip")):
        driver.get(f"{address}/{path}")
        right, colours, first = driver.execute_script(
            """
          const table = document.querySelector(arguments[0]);
          return [table.getBoundingClientRect().right,
            getComputedStyle(table.querySelector('th'), '::before').printColorAdjust,
            getComputedStyle(table.querySelector('tbody th')).position];
        """,
            table,
        )
        assert (right <= 718, colours, first) == (True, "exact", "static"), path
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_large_tree_begins_with_its_target(driver: webdriver.Chrome, address: str) -> None:
    size(driver, 1440, 900)
    driver.get(f"{address}/tree/all")
    until(driver, "return document.documentElement.dataset.ready && window.ost.picture.on")
    found = driver.execute_script("""
      const frame = document.querySelector('.canvas').getBoundingClientRect();
      const inside = (box) => box.left >= frame.left && box.right <= frame.right
        && box.top >= frame.top && box.bottom <= frame.bottom;
      const seen = (id) => inside(document.querySelector(`#${id} > .box`).getBoundingClientRect());
      const title = document.querySelector('#n21 > .box > .title');
      return {
        seen: ['all', 'n21', 's21-0'].map(seen),
        pixels: parseFloat(getComputedStyle(title).fontSize) * window.ost.picture.camera.k,
        closed: document.querySelector('#o0 > details > summary > .all').innerText.trim(),
        open: [...document.querySelectorAll('.tree details[open]')].length,
      };
    """)
    assert found["seen"] == [True, True, True]
    assert found["pixels"] >= 12.9
    assert found["closed"] == "660"
    assert found["open"] == 3


def test_list_of_a_large_tree_begins_near_the_top_of_a_phone(
    driver: webdriver.Chrome, address: str
) -> None:
    size(driver, 375, 812)
    driver.get(f"{address}/tree/all")
    until(driver, "return document.documentElement.dataset.ready")
    tops = driver.execute_script("""
      return [...document.querySelectorAll('.tree .box')].filter((each) => each.checkVisibility())
        .slice(0, 12).map((each) => each.getBoundingClientRect())
        .map((each) => [each.top, each.height]);
    """)
    assert tops[0][0] < 200
    title = driver.find_element(By.TAG_NAME, "h1").rect
    assert title["height"] > 20
    assert title["y"] + title["height"] <= tops[0][0]
    assert max(height for _, height in tops) < 44


def test_icon_stays_with_the_first_letters_of_a_long_name(
    driver: webdriver.Chrome, address: str
) -> None:
    size(driver, 375, 812)
    driver.get(f"{address}/node/lost")
    first = driver.execute_script(
        """
      const link = [...document.querySelectorAll('.mention')]
        .find((each) => each.textContent === arguments[0]);
      const letter = document.createRange();
      letter.setStart(link.firstChild, 0);
      letter.setEnd(link.firstChild, 1);
      const [one, all] = [letter.getBoundingClientRect(), link.getClientRects()];
      return [one.top - all[0].top, one.left - all[0].left, all.length];
    """,
        LONG,
    )
    assert abs(first[0]) < 6
    assert first[1] > 12
    assert first[2] > 1


def test_quotes_are_as_wide_as_text_can_be_read(driver: webdriver.Chrome, address: str) -> None:
    size(driver, 2000, 900)
    driver.get(f"{address}/evidence")
    widths = driver.execute_script("""
      document.querySelector('main').insertAdjacentHTML('beforeend',
        '<ul class="moments"><li class="moment"><blockquote>Said</blockquote></li></ul>');
      return [...document.querySelectorAll('main, .moment')].map((each) => each.offsetWidth);
    """)
    assert widths[0] > 1500
    assert max(widths[1:]) <= 760


def test_long_title_is_three_lines_of_the_evidence_until_it_is_chosen(
    driver: webdriver.Chrome, address: str
) -> None:
    size(driver, 375, 812)
    driver.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
    driver.get(f"{address}/evidence?from=40")
    measure = """
      const link = document.querySelector('.people-by a[href*="wordy"]');
      const line = parseFloat(getComputedStyle(link).lineHeight);
      const lines = () => link.getBoundingClientRect().height / line;
      const found = [lines(), link.closest('tr').offsetHeight, link.title === link.textContent];
      link.focus();
      return [...found, lines()];
    """
    shown, height, titled, chosen = driver.execute_script(measure)
    assert 2.5 < shown < 3.5
    assert height < 100
    assert titled
    assert chosen > 6
    size(driver, 1280, 812)
    assert driver.execute_script(measure)[0] > 3.5


COUNT = """
  return [...document.querySelectorAll('.tree .box')].filter((each) => each.checkVisibility())
    .length;
"""


def test_list_on_a_phone_folds_and_unfolds(driver: webdriver.Chrome, address: str) -> None:
    size(driver, 375, 812)
    driver.get(f"{address}/tree/stay")
    until(driver, "return document.documentElement.dataset.ready")
    whole = driver.execute_script(COUNT)
    counts = []
    for name in ("fold", "unfold"):
        button = driver.find_element(By.CSS_SELECTOR, f"[data-do={name}]")
        assert button.accessible_name == name.capitalize()
        assert 24 <= button.rect["width"] <= 40
        button.click()
        counts.append(driver.execute_script(COUNT))
    assert counts[0] < whole <= counts[1]
    field = driver.find_element(By.CSS_SELECTOR, ".filter [type=search]").rect
    assert field["width"] >= 110
    assert abs(field["y"] - button.rect["y"]) < 6
    assert driver.execute_script("return document.documentElement.scrollWidth") == 375


def test_picture_on_a_phone_folds_and_unfolds(driver: webdriver.Chrome, address: str) -> None:
    size(driver, 375, 812)
    driver.get(f"{address}/tree/stay?view=picture")
    until(driver, "return ost.picture.on")
    assert driver.execute_script("return document.documentElement.scrollWidth") == 375
    tools = driver.find_elements(By.CSS_SELECTOR, ".tools :is(input[type=search], [data-do])")
    shown = [each for each in tools if each.is_displayed()]
    assert {each.text for each in shown} >= {"Fold", "Unfold", "Fit", "List"}
    assert len({each.rect["y"] for each in shown}) == 2
    frame = driver.find_element(By.CSS_SELECTOR, ".canvas").rect
    assert frame["y"] < 200
    counts = []
    for name in ("unfold", "fold"):
        driver.find_element(By.CSS_SELECTOR, f"[data-do={name}]").click()
        counts.append(driver.execute_script(COUNT))
    assert counts[0] > counts[1]
