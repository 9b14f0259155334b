"""The root of a tree stays in view, whatever is folded, unfolded, opened or searched."""

from collections.abc import Iterator
from contextlib import contextmanager
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
        words = "in which a team needs many things"
        title = "我们永远无法就看什么电影达成一致" * 4 if top == 2 else words
        lines.append(f"- opportunity: Area {top} {title} ^o{top}")
        for inner in range(2):
            own = f"{top}{inner}"
            lines.append(f"  - opportunity: {'A need that takes words to tell ' * 3}{own} ^n{own}")
            lines.append(f"    - solution: A way to meet need {own} ^s{own}")
            if not inner:
                lines.append(f"      - assumption: People would do it {own} ^a{own}")
                lines.append(f"        - test: A quick try of {own} ^t{own}")
    return "\n".join(lines) + "\n"


@contextmanager
def served(folder: Path, text: str) -> Iterator[str]:
    """The address of a tree's page."""
    write(folder / "project", text)
    publish(folder / "project", folder / "site")
    with running(folder / "site") as port:
        yield f"http://127.0.0.1:{port}/-/ost/tree/root"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("trio"), trio()) as address:
        yield address


def large() -> str:
    """A tree far wider than a screen: 780 nodes, six levels, a target deep in it."""
    lines = ["-- t.md --", "---", "kind: tree", "---", "# T", "## outcome: More teams stay ^root"]
    for top in range(5):
        lines.append(f"- opportunity: Area {top} in which a team needs many things ^o{top}")
        for middle in range(5):
            lines.append(f"  - opportunity: A need {top}{middle} ^m{top}{middle}")
            for inner in range(6):
                own = f"{top}{middle}{inner}"
                status = " {status: target}" if own in ("132", "341", "424") else ""
                lines.append(f"    - opportunity: Nothing suits us at {own} ^n{own}{status}")
                for level, kind in enumerate(("solution", "assumption", "test"), 3):
                    lines.append(f"{'  ' * level}- {kind}: What is tried at {own} ^{kind[0]}{own}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def wide_tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("large"), large()) as address:
        yield address


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


def test_large_tree_shows_root_and_target_at_first(
    driver: webdriver.Chrome, wide_tree: str
) -> None:
    visit(driver, wide_tree)
    assert driver.execute_script(IN_VIEW)
    assert driver.execute_script(SEEN.format("n132"))
    assert driver.execute_script("return window.ost.picture.camera.k") >= 0.5
    assert count(driver) < 60


@pytest.mark.parametrize("width", [1440, 375])
def test_root_stays_in_view_wherever_a_large_tree_is_opened(
    driver: webdriver.Chrome, wide_tree: str, width: int
) -> None:
    visit(driver, f"{wide_tree}?view=picture&at=t445#t445", width)
    until(driver, SEEN.format("t445"))
    until(driver, IN_VIEW)
    driver.execute_script("document.querySelector('#t445 > .box').click()")
    until(driver, "return !document.querySelector('[data-panel]').hidden")
    free = IN_VIEW.replace("frame.bottom", "Math.min(frame.bottom, top)")
    above = "const top = ({}) ? innerHeight : {};".format(
        "getComputedStyle(document.querySelector('[data-panel]')).position !== 'fixed'",
        "document.querySelector('[data-panel]').getBoundingClientRect().top",
    )
    until(driver, above + free)
    until(driver, above + free.replace("[data-tree] > li > .box", "#t445 > .box"))
    driver.execute_script("document.querySelector('[data-do=close]').click()")
    driver.execute_script("document.querySelector('[data-do=unfold]').click()")
    driver.execute_script("document.querySelector('[data-do=unfold]').click()")
    until(driver, "return !document.querySelector('[data-more]')")
    until(driver, IN_VIEW)
    flat = """return [...document.querySelectorAll('.tree .box')]
      .filter((each) => parseFloat(each.style.getPropertyValue('--h')) < 30).length"""
    assert driver.execute_script(flat) == 0


def test_root_stays_at_the_top_of_a_list(driver: webdriver.Chrome, wide_tree: str) -> None:
    size(driver, 375, 812)
    driver.get(f"{wide_tree}?at=t445&panel=t445#t445")
    until(driver, "return !document.querySelector('[data-panel]').hidden")
    shown = """
      const [root, node, panel] = ["#root > .box", "#t445 > .box", "[data-panel]"]
        .map((each) => document.querySelector(each).getBoundingClientRect());
      return root.top >= 0 && root.bottom <= node.top && node.bottom <= panel.top;
    """
    until(driver, shown)


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
