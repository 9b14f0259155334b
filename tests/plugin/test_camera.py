"""The root of a tree stays in view, whatever is folded, unfolded, opened or looked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from tests.plugin.browser import available, size, until  # noqa: F401 - `pytestmark` asks
from tests.plugin.sample import publish, write
from tests.plugin.test_browser import driver, opened, pytestmark  # noqa: F401 - fixtures
from tests.plugin.test_following import running

# ruff: noqa: F811 - fixtures by their names

IN_VIEW = """
  const [frame, box] = [".canvas", "[data-tree] > li > .box"]
    .map((each) => document.querySelector(each).getBoundingClientRect());
  return box.width > 0 && box.left >= frame.left && box.right <= frame.right
    && box.top >= frame.top && box.bottom <= frame.bottom;
"""
SEEN = IN_VIEW.replace("[data-tree] > li > .box", "#{} > .box")


def trio() -> str:
    """A tree as one team has it: 32 nodes, five levels."""
    lines = ["-- t.md --", "---", "kind: tree", "---", "# T", "## outcome: More teams stay ^root"]
    for top in range(4):
        lines.append(f"- opportunity: Area {top} in which a team needs many things ^o{top}")
        for inner in range(2):
            own = f"{top}{inner}"
            lines.append(f"  - opportunity: {'A need that takes words to tell ' * 3}{own} ^n{own}")
            lines.append(f"    - solution: A way to meet need {own} ^s{own}")
            if not inner:
                lines.append(f"      - assumption: People would do it {own} ^a{own}")
                lines.append(f"        - test: A quick try of {own} ^t{own}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("trio")
    write(folder / "project", trio())
    publish(folder / "project", folder / "site")
    with running(folder / "site") as port:
        yield f"http://127.0.0.1:{port}/-/ost/tree/root"


def visit(driver: webdriver.Chrome, address: str, width: int = 1440) -> None:
    size(driver, width, 900)
    driver.get("about:blank")
    driver.get(address)
    until(driver, "return document.documentElement.dataset.ready && window.ost.picture.on")


def pressed(driver: webdriver.Chrome, button: str) -> None:
    driver.find_element(By.CSS_SELECTOR, f"[data-do={button}]").click()


def count(driver: webdriver.Chrome) -> int:
    script = """return [...document.querySelectorAll('.tree .box')]
      .filter((each) => !each.closest('details:not([open]) > ul')).length"""
    return int(driver.execute_script(script))


@pytest.mark.parametrize("width", [1440, 1024])
def test_root_in_view_after_unfold_and_fold(
    driver: webdriver.Chrome, address: str, width: int
) -> None:
    visit(driver, address, width)
    assert driver.execute_script(IN_VIEW)
    pressed(driver, "fold")
    until(driver, IN_VIEW)
    assert count(driver) == 5
    pressed(driver, "unfold")
    until(driver, f"return {count(driver)} && document.getElementById('t30').checkVisibility()")
    until(driver, IN_VIEW)
    assert count(driver) == 29


@pytest.mark.parametrize("node", ["t00", "t30", "n31"])
def test_deep_link_shows_root_and_node(driver: webdriver.Chrome, address: str, node: str) -> None:
    visit(driver, f"{address}?at={node}#{node}")
    until(driver, SEEN.format(node))
    until(driver, IN_VIEW)
    until(driver, "return window.scrollY === 0")
    assert driver.execute_script("return window.ost.picture.camera.k") >= 0.4


def test_panel_leaves_root_and_node_in_view(driver: webdriver.Chrome, address: str) -> None:
    visit(driver, address)
    pressed(driver, "unfold")
    until(driver, IN_VIEW)
    driver.execute_script("document.querySelector('#n31 > .box').click()")
    until(driver, "return !document.querySelector('[data-panel]').hidden")
    until(driver, SEEN.format("n31"))
    until(driver, IN_VIEW)


def test_branch_unfolds_beside_the_root(driver: webdriver.Chrome, address: str) -> None:
    visit(driver, address)
    pressed(driver, "fold")
    until(driver, IN_VIEW)
    driver.execute_script("document.querySelector('#o3 > details > summary').click()")
    until(driver, SEEN.format("n31"))
    until(driver, IN_VIEW)


def test_title_fits_its_box_from_afar(driver: webdriver.Chrome, address: str) -> None:
    visit(driver, address)
    pressed(driver, "unfold")
    until(driver, IN_VIEW)
    driver.execute_script("window.ost.picture.zoom(0.45 / window.ost.picture.camera.k)")
    until(driver, "return !document.querySelector('.canvas').classList.contains('near')")
    cut = driver.execute_script("""
      return [...document.querySelectorAll('.tree .title')].filter((each) => each.checkVisibility()
        && each.scrollHeight > each.clientHeight + 2).map((each) => each.textContent);
    """)
    assert cut == []


def test_map_and_legend_cover_no_box(driver: webdriver.Chrome, address: str) -> None:
    visit(driver, address, 1024)
    pressed(driver, "unfold")
    until(driver, IN_VIEW)
    driver.execute_script("window.ost.picture.zoom(2)")
    until(driver, "return !document.querySelector('.map').hidden")
    apart = """
      const frame = document.querySelector('.canvas').getBoundingClientRect();
      return ['.map', '.legend'].every((each) => {
        const found = document.querySelector(each).getBoundingClientRect();
        return found.bottom <= frame.top || found.top >= frame.bottom;
      });
    """
    assert driver.execute_script(apart)


def test_words_are_found_as_they_are_typed(driver: webdriver.Chrome, address: str) -> None:
    visit(driver, address)
    before = driver.execute_script("return history.length")
    driver.find_element(By.ID, "in-tree").send_keys("quick")
    until(driver, "return document.querySelectorAll('.box.hit').length === 4")
    until(driver, "return location.search === '?q=quick'")
    until(driver, "return document.activeElement.id === 'in-tree'")
    assert driver.execute_script("return history.length") == before


def test_first_line_of_a_phone_is_near_the_top(driver: webdriver.Chrome, address: str) -> None:
    size(driver, 375, 812)
    driver.get("about:blank")
    driver.get(address)
    until(driver, "return document.documentElement.dataset.ready")
    line = "return document.querySelector('{}').getBoundingClientRect()"
    first = driver.execute_script(line.format("#root > .box"))
    assert first["top"] < 200
    assert driver.execute_script(line.format("#n00 > .box"))["height"] < 44
