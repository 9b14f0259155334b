"""A history that grew step by step equals a history read at once, and so does its file."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from ost.disk import store
from tests.scratch import Scratch
from tests.test_incremental import IDS, rows_of, written
from tests.test_past import NEED, TALK, Rows, Run, happen, past  # noqa: F401 - a fixture

# ruff: noqa: F811 - fixtures by their names


def everything(past: Callable[..., Rows], scratch: Scratch) -> dict[str, Rows]:
    """Every row of the file that is built with history."""
    past("select 1")
    return rows_of(scratch.folder.parent / "past.db")


def filled(scratch: Scratch) -> int:
    """Names the file in which state and history come together, until it is made again."""
    return (store.folder(scratch.folder) / "history.db").stat().st_ino


@pytest.mark.parametrize("seed", range(4))
def test_history_that_grew_is_history_walked_at_once(
    scratch: Scratch, past: Callable[..., Rows], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed + 100)
    content = scratch.folder / "content"
    for each in "ab":
        (content / each).mkdir(parents=True)
    for node_id in IDS[:16]:
        (content / "a" / f"{node_id}.md").write_text(written(chance, node_id))
    scratch.commit()
    for turn in range(5):
        for _ in range(chance.choice([1, 4])):
            happen(chance, scratch, content)
        if turn == 3:
            scratch.git("reset", "-q", "--hard", "HEAD~4")
            for each in "ab":
                (content / each).mkdir(parents=True, exist_ok=True)
            happen(chance, scratch, content)
        grown = everything(past, scratch)
    if seed % 2:
        scratch.git("reset", "-q", "--hard", "HEAD~2")
        grown = everything(past, scratch)
    monkeypatch.setenv("XDG_CACHE_HOME", f"{scratch.folder.parent}/other-caches")
    assert everything(past, scratch) == grown


def test_file_with_history_grows_where_it_is_known_what_became_of_its_state(
    scratch: Scratch, run: Run, past: Callable[..., Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it is made again; its rows are the same."""
    scratch.commit(f"-- need.md --\n{NEED}-- talk.md --\n{TALK}")
    everything(past, scratch)
    began = filled(scratch)
    scratch.commit("-- need.md --\n" + NEED.replace("cannot", "can"))
    everything(past, scratch)
    assert filled(scratch) == began, "this process brought the state up to date"
    scratch.write(f"-- need.md --\n{NEED}")
    everything(past, scratch)
    scratch.commit()
    assert past("select count(*) from revision") == [(3,)]
    assert filled(scratch) == began, "the state is the same"
    scratch.commit("-- need.md --\n" + NEED.replace("cannot", "could"))
    assert run("ost build --output ../other.db").exit_code == 0
    grown = everything(past, scratch)
    assert filled(scratch) != began, "another process brought it up to date"
    began = filled(scratch)
    scratch.git("commit", "-q", "--amend", "-m", "Amended")
    amended = everything(past, scratch)
    assert filled(scratch) != began, "a revision is gone"
    assert [row[0] for row in amended["revision"]] == [row[0] for row in grown["revision"]]
    monkeypatch.setenv("XDG_CACHE_HOME", f"{scratch.folder.parent}/other-caches")
    assert everything(past, scratch) == amended


def test_damage_in_the_file_with_history_is_noticed_when_it_grows(
    scratch: Scratch, past: Callable[..., Rows]
) -> None:
    scratch.commit(f"-- need.md --\n{NEED}-- talk.md --\n{TALK}")
    everything(past, scratch)
    began = filled(scratch)
    with closing(sqlite3.connect(store.folder(scratch.folder) / "history.db")) as db:
        db.execute("drop table edge")
    scratch.commit("-- need.md --\n" + NEED.replace("cannot", "can"))
    assert everything(past, scratch)["edge"]
    assert filled(scratch) != began


def test_damaged_history_is_walked_again(scratch: Scratch, past: Callable[..., Rows]) -> None:
    scratch.commit(f"-- need.md --\n{NEED}")
    scratch.commit(f"-- talk.md --\n{TALK}")
    whole = everything(past, scratch)
    state = store.folder(scratch.folder)
    for name in ("past.db", "past.point", "history.db"):
        (state / name).write_bytes(b"nothing of the kind")
        assert everything(past, scratch) == whole
        (state / name).unlink()
        assert everything(past, scratch) == whole
