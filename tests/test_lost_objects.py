"""A repository with lost objects gives one line for every command."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.scratch import Scratch

if TYPE_CHECKING:
    from click.testing import Result

NEEDS = ("diff HEAD~1", "history", "blame a", "check --since HEAD~1", "tree --at HEAD~1")


@pytest.mark.parametrize("lost", ["HEAD~1^{tree}", "HEAD~1"])
def test_lost_objects_are_reported_in_one_line(
    scratch: Scratch, run: "Callable[[str], Result]", lost: str
) -> None:
    scratch.commit("-- ost.toml --\n-- a.md --\n---\nkind: outcome\n---\n# A\n")
    scratch.commit("-- a.md --\n---\nkind: outcome\n---\n# B\n")
    name = scratch.git("rev-parse", lost).strip()
    (scratch.folder / ".git" / "objects" / name[:2] / name[2:]).unlink()
    for line in (*NEEDS, "build --history -o out.db"):
        ended = run(f"ost {line}")
        said = ended.stderr.strip()
        assert (ended.exit_code, said.count("\n"), ended.stdout) == (2, 0, ""), line
        assert "git fsck" in said or "no revision 'HEAD~1'" in said, line
