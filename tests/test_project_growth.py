"""A change costs what it touches, and a question what it asks for, whatever the project's shape.

Counted is what is read, asked or compared, never time.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ost.answers import chains, queries
from ost.mcp import statements
from ost.project.root import project_of
from ost.tree.facts import Facts
from ost.tree.index import PARTS, FactsChange, Index
from ost.tree.model import NodeId

DAY = date(2026, 11, 1)
MANY = 300


class Counted(Mapping[str, Any]):
    """The groups of a part of the index; counts how often they are asked for."""

    def __init__(self, groups: Mapping[str, Any]) -> None:
        """Holds them."""
        self._groups, self.asked = groups, 0

    def __getitem__(self, key: str) -> Any:
        self.asked += 1
        return self._groups[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)


def test_what_many_changes_share_is_grouped_once() -> None:
    """Many interviews that mention one opportunity change at once: it is renamed."""

    def linked(target: str) -> Facts:
        return Facts("interview", None, (), (NodeId(target),), (), None, (), None)

    ids = [NodeId(f"talk-{number}") for number in range(MANY)]
    before: dict[str, Any] = {name: Counted({}) for name in PARTS}
    before["sources"] = Counted({"old": tuple(sorted(ids))})
    changes = {each: FactsChange(linked("old"), linked("new")) for each in ids}
    index = Index({each: linked("new") for each in ids}, before, changes)
    assert index.changed["sources"] == {"old": (), "new": tuple(sorted(ids))}
    assert before["sources"].asked <= 2


@pytest.mark.parametrize("query", [queries.CONCERNED, chains.BELOW, statements.ABOUT])
def test_descent_reads_only_what_is_below(folder: Callable[[str], Path], query: str) -> None:
    """SQLite makes no filter and no index of its own from all edges there are."""
    below = "".join(
        f"-- need-{number}.md --\n---\nkind: opportunity\nparent: need-{number - 1}\n"
        f"---\n# I cannot do thing {number}\n\nSee [[top]] and [[need-0]].\n"
        for number in range(1, 12)
    )
    root = folder(
        "-- top.md --\n---\nkind: outcome\n---\n# More\n"
        "-- need-0.md --\n---\nkind: opportunity\nparent: top\nstatus: target\n---\n# I cannot\n"
        + below
    )
    project = project_of(root, DAY)
    project.refresh()
    with closing(project.connect()) as state:
        asked = ("need-0",) * query.count("?")
        plan = [row[3] for row in state.execute(f"explain query plan {query}", asked)]
    assert plan
    assert not [step for step in plan if "BLOOM" in step or "AUTOMATIC" in step]
