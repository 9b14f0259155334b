"""Siblings have one order at every door."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.tree.model import Opportunity

if TYPE_CHECKING:
    from click.testing import Result

    from ost.tree.tree import Tree

Files = Callable[[str], Path]
Run = Callable[[str], "Result"]


def node(node_id: str, title: str, *more: str, kind: str = "opportunity") -> str:
    parent = [] if kind == "outcome" else ["parent: top"]
    return "\n".join(
        (f"-- {node_id}.md --", "---", f"kind: {kind}", *parent, *more, "---", f"# {title}", "")
    )


def shown(run: Run) -> list[str]:
    """The ids below the top, as the tree lists them."""
    (top,) = json.loads(run("ost tree --format json").stdout)
    drawn = re.findall(r"─ ● (.*?)  ", run("ost tree").stdout)
    assert drawn == [child["title"] for child in top["children"]]
    return [child["id"] for child in top["children"]]


CASES = {
    "by title, without case": (
        node("top", "Top", kind="outcome")
        + node("z", "apple")
        + node("a", "Berry")
        + node("m", "cherry"),
        ["z", "a", "m"],
    ),
    "by their own numbers": (
        node("top", "Top", kind="outcome")
        + node("a", "A", "order: 10")
        + node("b", "B", "order: 2")
        + node("c", "C", "order: 2.5")
        + node("d", "D"),
        ["b", "c", "a", "d"],
    ),
    "as the parent lists them": (
        node("top", "Top", "order: [c, '[[a]]']", kind="outcome")
        + node("a", "A", "order: 10")
        + node("b", "B", "order: 2")
        + node("c", "C"),
        ["c", "a", "b"],
    ),
    "by former ids as well": (
        node("top", "Top", "order: [old, a]", kind="outcome")
        + node("a", "A")
        + node("b", "B", "aliases: old"),
        ["b", "a"],
    ),
    "as written in a tree": (
        "-- tree.md --\n---\nkind: tree\n---\n# outcome: Top ^top\n"
        "- opportunity: Zebra ^z\n- opportunity: Monkey ^m\n- opportunity: Ape ^a\n"
        + node("b", "A bird"),
        ["z", "m", "a", "b"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_siblings_are_in_order(case: str, folder: Files, run: Run) -> None:
    text, expected = CASES[case]
    folder(text)
    assert shown(run) == expected
    assert not [line for line in run("ost check").stdout.split("\n") if "order" in line]


def test_an_edit_of_the_order_moves_siblings(folder: Files, run: Run) -> None:
    home = folder(node("top", "Top", kind="outcome") + node("a", "A") + node("b", "B"))
    assert shown(run) == ["a", "b"]
    (home / "b.md").write_text("---\nkind: opportunity\nparent: top\norder: 1\n---\n# B\n")
    assert shown(run) == ["b", "a"]
    (home / "b.md").write_text("---\nkind: opportunity\nparent: top\n---\n# A bee\n")
    assert shown(run) == ["a", "b"]
    (home / "top.md").write_text("---\nkind: outcome\norder: [b]\n---\n# Top\n")
    assert shown(run) == ["b", "a"]


def test_missing_child_in_an_order_is_reported(folder: Files, run: Run) -> None:
    folder(node("top", "Top", "order: [apple]", kind="outcome") + node("apples", "A"))
    assert "apple" in run("ost check").stdout


def test_order_is_not_a_link(tree: Callable[[str], "Tree"]) -> None:
    built = tree(node("top", "Top", "order: ['[[a]]']", kind="outcome") + node("a", "A"))
    assert [
        edge.link.relation for edge in built.incoming.get(next(built.nodes(Opportunity)).id, ())
    ] == []
