"""`ost serve --history`: the first page does not wait for it, and each commit adds to it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.scratch import Scratch
from tests.servers import answer, eventually, serving

if TYPE_CHECKING:
    from click.testing import Result

STAY = "-- stay.md --\n---\nkind: outcome\n---\n# {}\n"


def subjects(address: str) -> list[str]:
    """The commits that the history page shows."""
    page = json.loads(answer(f"{address}/history.json"))
    return [each["revision"]["subject"] for each in page["revisions"]]


def test_history_follows_each_commit(scratch: Scratch) -> None:
    scratch.commit("-- ost.toml --\n" + STAY.format("Stay"), "Begin")
    with serving(scratch.folder, "--history") as (server, address):
        assert eventually(lambda: subjects(address) == ["Begin"])
        scratch.commit(STAY.format("Stay longer"), "Longer")
        assert eventually(lambda: subjects(address) == ["Longer", "Begin"])
        scratch.write(STAY.format("Not committed"))
        assert eventually(lambda: "Not committed" in answer(address))
        assert subjects(address) == ["Longer", "Begin"]
        assert server.poll() is None


def test_first_page_does_not_wait_for_history(scratch: Scratch) -> None:
    scratch.commit("-- ost.toml --\n" + STAY.format("Stay"), "Begin")
    waits = (
        "import ost.project.history as history, time\nhistory.grow = lambda *_: time.sleep(3600)"
    )
    with serving(scratch.folder, "--history", before=waits) as (_, address):
        assert "Stay" in answer(address)


def test_history_outside_of_git_is_one_line(
    run: "Callable[[str], Result]", folder: Callable[[str], Path]
) -> None:
    folder(STAY.format("Stay"))
    ended = run("ost serve --history")
    assert ended.exit_code == 2
    assert ended.stderr.count("\n") == 1
    assert "not in a git repository" in ended.stderr
