"""`ost serve --history`: the first page does not wait for it, and each commit adds to it."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.scratch import Scratch
from tests.servers import answer, serving

if TYPE_CHECKING:
    from click.testing import Result

STAY = "-- stay.md --\n---\nkind: outcome\n---\n# {}\n"


def subjects(address: str, wanted: int) -> list[str]:
    """The commits that the history page shows, as soon as there are so many."""
    until = time.monotonic() + 30
    found: list[str] = []
    while time.monotonic() < until and len(found) != wanted:
        page = json.loads(answer(f"{address}/history.json"))
        found = [each["revision"]["subject"] for each in page["revisions"]]
        time.sleep(0.1)
    return found


def test_history_follows_each_commit(scratch: Scratch) -> None:
    scratch.commit("-- ost.toml --\n" + STAY.format("Stay"), "Begin")
    with serving(scratch.folder, "--history") as (server, address):
        assert subjects(address, 1) == ["Begin"]
        scratch.commit(STAY.format("Stay longer"), "Longer")
        assert subjects(address, 2) == ["Longer", "Begin"]
        scratch.write(STAY.format("Not committed"))
        until = time.monotonic() + 30
        while "Not committed" not in answer(address) and time.monotonic() < until:
            time.sleep(0.1)
        assert "Not committed" in answer(address)
        assert subjects(address, 2) == ["Longer", "Begin"]
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
