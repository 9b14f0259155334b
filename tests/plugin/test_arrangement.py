"""The arrangement of boxes: sizes in, places out, in a browser that draws nothing."""

from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from selenium import webdriver

from tests.plugin.browser import available, needed  # noqa: F401 - `needed` asks

SCRIPT = Path(__file__).parents[2] / "plugins/datasette_ost/static/branches.js"

pytestmark = [needed, pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

PLACES = """
  const made = ([width, height, children]) =>
    ({ width, height, branch: true, children: children.map(made) });
  const top = made(arguments[0]), found = [];
  window.ost.branches.arrange(top);
  const visit = (node, x, y, depth) => {
    found.push([x, y, node.width, node.height, depth]);
    for (const each of node.children) visit(each, x + each.dx, y + each.dy, depth + 1);
  };
  visit(top, 0, 0, 0);
  return { boxes: found, left: top.left, right: top.right, bottom: top.bottom };
"""

Tree = list[Any]
"""A box: its width, its height, and the boxes below it."""


@pytest.fixture(scope="module")
def branches(driver: webdriver.Chrome) -> webdriver.Chrome:
    driver.get("about:blank")
    driver.execute_script(SCRIPT.read_text("utf-8"))
    return driver


def leaf(height: int = 80) -> Tree:
    return [238, height, []]


def grown(chance: Random, levels: int, most: int) -> Tree:
    """A tree of that many levels at most, in which boxes have titles of any length."""
    below = chance.randint(0, most) if levels else 0
    height = chance.choice((50, 71, 92, 113, 155, 239))
    return [238, height, [grown(chance, levels - 1, most) for _ in range(below)]]


def chain(levels: int) -> Tree:
    return [238, 80, [chain(levels - 1)] if levels else []]


@pytest.mark.parametrize(("levels", "most"), [(1, 12), (2, 4), (3, 3), (4, 5), (6, 2)], ids=str)
def test_boxes_never_overlap(branches: webdriver.Chrome, levels: int, most: int) -> None:
    chance = Random(levels * most)
    for _ in range(8):
        tree: Tree = [300, 90, [grown(chance, levels - 1, most) for _ in range(most)]]
        found = branches.execute_script(PLACES, tree)
        boxes = found["boxes"]
        for (x, y, wide, high, _), (u, v, width, height, _) in combinations(boxes, 2):
            apart = x + wide <= u or u + width <= x or y + high <= v or v + height <= y
            assert apart, tree
        for x, y, wide, high, _ in boxes:
            assert found["left"] <= x
            assert x + wide <= found["right"]
            assert y >= 0
            assert y + high <= found["bottom"]


def test_short_branches_are_close_to_a_long_one(branches: webdriver.Chrome) -> None:
    long: Tree = [238, 80, [[238, 80, [leaf(), leaf(120)]] for _ in range(4)]]
    found = branches.execute_script(PLACES, [300, 90, [leaf(), leaf(140), long, leaf(50), leaf()]])
    rows = [each for each in found["boxes"] if each[4] == 1]
    assert [other[0] - one[0] for one, other in pairwise(rows)] == [238 + 24] * 4
    assert len({each[1] for each in found["boxes"] if each[4] == 2}) == 1


def test_much_that_is_open_is_higher_instead_of_ever_wider(branches: webdriver.Chrome) -> None:
    wide: Tree = [300, 90, [[238, 80, [[238, 80, [chain(2)] * 3]] * 6]] * 6]
    found = branches.execute_script(PLACES, wide)
    assert found["right"] - found["left"] < 12_000 < 6 * 6 * 3 * 238
    assert found["bottom"] > 1200
    few: Tree = [300, 90, [[238, 80, [chain(2)] * 3]] * 3]
    boxes = branches.execute_script(PLACES, few)["boxes"]
    assert len({each[1] for each in boxes if each[4] == 2}) == 1
