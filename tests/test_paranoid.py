"""`--paranoid`: an update is compared with a clean build."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic
from ost.tree.model import Node, Opportunity
from ost.tree.tree import Tree

if TYPE_CHECKING:
    from click.testing import Result

CONTENT = """\
-- ost.toml --
-- content/aim.md --
---
kind: outcome
---
# More evenings end with a film
-- content/need.md --
---
kind: opportunity
parent: aim
---
# I can't agree with my family on what to watch
"""

MOOD = ["calm"]


class Moody(Rule, frozen=True, kw_only=True):
    """A rule that looks at something outside the tree."""

    code = "TST003"
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        yield self.about(node, node.at, f"the mood is {MOOD[0]}")


@pytest.fixture
def moody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ost.project.compilation.further_rules", lambda: [Moody])
    monkeypatch.setattr("ost.project.rules.further_rules", lambda: [Moody])
    MOOD[0] = "calm"


@pytest.mark.usefixtures("moody")
@pytest.mark.parametrize("command", ["check content", "build"])
def test_an_update_that_differs_from_a_clean_build_ends_with_3(
    folder: Callable[[str], Path], run: Callable[[str], "Result"], command: str
) -> None:
    home = folder(CONTENT)
    assert run(f"ost {command} --paranoid").exit_code in (0, 1)
    MOOD[0] = "wild"
    aim = home / "content/aim.md"
    aim.write_text(aim.read_text() + "\nMore.\n")
    ended = run(f"ost {command} --paranoid")
    assert ended.exit_code == 3, ended.output
    assert "TST003" not in ended.stdout
    assert "the mood is calm" in ended.stderr
    assert "the mood is wild" in ended.stderr


def test_an_update_that_is_right_says_nothing(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    home = folder(CONTENT)
    plain = run("ost check content").stdout
    need = home / "content/need.md"
    need.write_text(need.read_text().replace("parent: aim\n", ""))
    ended = run("ost check content --paranoid")
    assert ended.exit_code == 0
    assert ended.stdout != plain
    assert not ended.stderr
