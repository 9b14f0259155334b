"""A copy that begins ahead of the change it will hold, maybe from a build that would be forgotten:
the same as one that is made afterwards.
"""

import os
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from ost.project import FOLDER, Project, compiling
from ost.publish import change, release
from ost.publish.copying import taken
from tests.test_publish import project


@pytest.fixture(autouse=True)
def _every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ost.publish.release.LARGE", 0)
    monkeypatch.setattr("ost.publish.ahead.LARGE", 0)


def edit(made: Project, number: int) -> None:
    path = made.root / "content" / "more.md"
    path.write_text(f"---\nkind: outcome\n---\n# More {number}\n\n{'word ' * 50 * number}\n")


def published(made: Project, output: Path) -> Path:
    made.refresh(output=output)
    return made.publish(output).path


def left(folder: Path) -> set[str]:
    """What is there and was not published."""
    return {each.name for each in folder.iterdir() if each.name[0] == "." or "-wal" in each.name}


@pytest.mark.parametrize("name", ["build", "tree.db"])
def test_the_copy_is_the_state(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made, output = project(tmp_path / "project"), tmp_path / "published" / name
    published(made, output)
    monkeypatch.setattr("ost.publish.release.copy", None)  # nothing is copied afterwards
    for number in range(1, 30):
        edit(made, number)
        path = published(made, output)
        assert path.read_bytes() == (made.folder / "state.db").read_bytes()
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("pragma integrity_check").fetchone() == ("ok",)
            assert db.execute("pragma journal_mode").fetchone() == ("delete",)
            (title,) = db.execute("select title from node where id = 'more'").fetchone()
        assert title == f"More {number}"
        assert not left(path.parent) | left(made.folder) - {".gitignore"}


def test_a_change_that_is_too_large_is_copied_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, output = project(tmp_path), tmp_path / "build"
    published(made, output)
    monkeypatch.setattr(change, "MOST", 0)
    edit(made, 1)
    path = published(made, output)
    assert path.read_bytes() == (made.folder / "state.db").read_bytes()
    assert not left(output) | left(made.folder) - {".gitignore"}


def test_what_cannot_be_copied_ahead_is_copied_afterwards(tmp_path: Path) -> None:
    made, output = project(tmp_path), tmp_path / "build"
    published(made, output)
    blocked = made.folder / "site"
    published(made, blocked)
    edit(made, 1)
    made.refresh(output=blocked)
    path = made.publish(output).path
    assert path.read_bytes() == (made.folder / "state.db").read_bytes()
    assert not left(output) | left(blocked)


def test_a_reader_makes_it_copy_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a log: who reads while the change begins is not disturbed."""
    made, output = project(tmp_path), tmp_path / "build"
    published(made, output)
    edit(made, 1)
    read = compiling._read

    def reading(*args: object) -> object:
        found = read(*args)  # type: ignore[arg-type]
        reader.execute("begin")
        reader.execute("select * from node").fetchall()
        return found

    def applying(*args: object, **named: object) -> None:
        reader.execute("commit")
        change.apply(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(compiling, "_read", reading)
    monkeypatch.setattr("ost.project.compiling.apply", applying)
    with closing(sqlite3.connect(tmp_path / FOLDER / "state.db", isolation_level=None)) as reader:
        path = published(made, output)
        assert not reader.in_transaction
    assert path.read_bytes() == (made.folder / "state.db").read_bytes()


def test_an_unforeseen_end_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, output = project(tmp_path), tmp_path / "build"
    before = published(made, output).read_bytes()

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    edit(made, 1)
    with monkeypatch.context() as patched:
        patched.setattr("ost.project.compiling.apply", interrupted)
        with pytest.raises(KeyboardInterrupt):
            published(made, output)
    assert not left(output) | left(made.folder) - {".gitignore"}
    with closing(sqlite3.connect(made.folder / "state.db")) as db:
        assert db.execute("pragma journal_mode").fetchone() == ("delete",)
    path = published(made, output)
    assert path.read_bytes() not in (before, b"")


def inodes(output: Path) -> list[int]:
    """The published files, the oldest first."""
    files = sorted(output.glob("ost-*.db"), key=lambda each: each.stat().st_mtime_ns)
    return [each.stat().st_ino for each in files]


def same(made: Project, path: Path) -> bool:
    return path.read_bytes() == (made.folder / "state.db").read_bytes()


def test_what_would_be_forgotten_is_brought_up_to_date(tmp_path: Path) -> None:
    probe = tmp_path / "probe"
    probe.touch()
    if not taken(probe, tmp_path / "other"):
        pytest.skip("this file system cannot tell whether a file is open")
    made, output = project(tmp_path), tmp_path / "build"
    for number in range(3):
        edit(made, number)
        published(made, output)
    for number in range(3, 15):
        oldest = inodes(output)[0]
        edit(made, number)
        if number % 3 == 0:
            made.refresh()  # as `ost check` does: changed, and not published
            edit(made, number + 100)
        path = published(made, output)
        assert path.stat().st_ino == oldest
        assert same(made, path)
        assert len(inodes(output)) == 3


def test_going_back_to_what_is_being_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, output = project(tmp_path), tmp_path / "build"
    delete = release._delete

    def slowly(files: Iterable[Path]) -> None:
        time.sleep(0.3)
        delete(files)

    monkeypatch.setattr(release, "_delete", slowly)
    for number in (0, 1, 2, 0):
        edit(made, number)
        path = published(made, output)
    assert same(made, path)


def test_a_build_that_somebody_reads_is_left_alone(tmp_path: Path) -> None:
    made, output = project(tmp_path), tmp_path / "build"
    for number in range(3):
        edit(made, number)
        published(made, output)
    (oldest,) = (each for each in output.glob("*.db") if each.stat().st_ino == inodes(output)[0])
    before = oldest.read_bytes()
    with oldest.open("rb") as opened:
        edit(made, 3)
        path = published(made, output)
        assert opened.read() == before
    assert not oldest.exists()
    assert same(made, path)


@pytest.mark.parametrize("what", ["the state", "the file", "the record", "a restart"])
def test_what_is_not_known_to_be_a_copy_is_not_brought_up_to_date(
    tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, output = project(tmp_path), tmp_path / "build"
    for number in range(3):
        edit(made, number)
        published(made, output)
    (oldest,) = (each for each in output.glob("*.db") if each.stat().st_ino == inodes(output)[0])
    if what == "the state":
        (made.folder / "look").unlink()
        made.refresh()
    elif what == "the file":
        data = oldest.read_bytes()
        oldest.write_bytes(bytes(len(data)))
        os.utime(oldest, (1, 1))
    elif what == "the record":
        (made.folder / "state.db-steps").write_text('["", [["copy", 7]]]')
    else:
        monkeypatch.setattr("ost.project.boot", lambda: "another")
        monkeypatch.setattr("ost.project.keys.boot", lambda: "another")
    edit(made, 3)
    assert same(made, published(made, output))
