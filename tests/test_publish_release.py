"""Publishing: no needless writes, versions with a pointer, whole files at any moment."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from io import BufferedReader
from pathlib import Path

import pytest
from msgspec.structs import replace

from ost.disk import store
from ost.disk.checksum import digest_of, piece_digest
from ost.project import Project
from ost.project.results import Look
from ost.publish.columns import VERSION
from ost.publish.release import KEPT, PublishedFile
from ost.publish.schema import TABLES
from ost.settings.config import Settings
from tests.test_publish import CONTENT, TODAY, project


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file with when and what inode it was written as."""
    return {
        str(each.relative_to(folder)): (each.stat().st_mtime_ns, each.stat().st_ino)
        for each in sorted(folder.rglob("*"))
    }


def test_unchanged_writes_nothing(tmp_path: Path) -> None:
    made = project(tmp_path)
    made.refresh()
    assert made.publish(tmp_path / "build").written
    assert made.publish(tmp_path / "tree.db").written
    before = stamps(tmp_path)
    again = project_at(tmp_path)
    assert not again.refresh().changed
    assert not again.publish(tmp_path / "build").written
    assert not again.publish(tmp_path / "tree.db").written
    assert stamps(tmp_path) == before


def test_file_published_last_is_the_one_to_compare_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large one has settled by then, so that its pieces count."""
    monkeypatch.setattr("ost.publish.release.WAITED", 0)
    made = project(tmp_path)
    made.refresh()
    for name, written in (("one.db", True), ("two.db", True), ("one.db", False)):
        assert made.publish(tmp_path / name).written == written
        known = store.load(made.folder / "published", dict[bytes, PublishedFile]) or {}
        assert list(known)[-1] == os.fsencode(tmp_path / name)
        assert all(each.digests for each in known.values())


def project_at(folder: Path) -> Project:
    return Project(folder, Settings(content="content"), TODAY)


def test_versions_and_pointer(tmp_path: Path) -> None:
    made = project(tmp_path)
    builds = []
    for number in range(5):
        (tmp_path / "content" / "more.md").write_text(f"---\nkind: outcome\n---\n# More {number}\n")
        made.refresh()
        published = made.publish(tmp_path / "build")
        builds.append(published.build)
        pointer = json.loads((tmp_path / "build" / "current.json").read_text())
        assert pointer == {
            "file": published.path.name,
            "build": published.build,
            "schema": VERSION,
            "digest": digest_of(published.path),
        }
    assert {each.name for each in (tmp_path / "build").iterdir()} == {
        "current.json",
        *(f"ost-{build}.db" for build in builds[-3:]),
    }


def test_rolled_back_state_is_published_unchanged(tmp_path: Path) -> None:
    made = project(tmp_path)
    made.refresh()
    first = made.publish(tmp_path / "build").build
    path = tmp_path / "content" / "more.md"
    text = path.read_text()
    path.write_text(text + "\nword\n")
    made.refresh()
    assert made.publish(tmp_path / "build").build != first
    path.write_text(text)
    made.refresh()
    assert made.publish(tmp_path / "build").build == first


@pytest.mark.parametrize("broken", ["state.db", "cache.db", "look", "all"])
def test_broken_state_is_rebuilt(tmp_path: Path, broken: str) -> None:
    made = project(tmp_path)
    build = made.refresh().build
    for file in made.folder.iterdir():
        if broken in (file.name, "all"):
            file.write_bytes(b"junk" * 500)
    (tmp_path / "content" / "new.md").write_text("---\nkind: outcome\n---\n# New\n")
    assert made.refresh().nodes == len(CONTENT)
    (tmp_path / "content" / "new.md").unlink()
    assert made.refresh().build == build


def test_check_leaves_notes_unchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    notes = tmp_path / "notes"
    project(notes)
    (notes / "ost.toml").unlink()
    before = sorted(notes.rglob("*"))
    assert project_at(notes).refresh().changed
    assert sorted(notes.rglob("*")) == before
    assert not project_at(notes).refresh().changed


def test_read_only_cache_moves_the_state_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    (tmp_path / "caches").write_text("in the way")
    made = project(tmp_path)
    assert made.refresh().nodes == len(CONTENT) - 1
    assert len(everything(made, "node")) == len(CONTENT) - 1
    assert made.publish(tmp_path / "tree.db").written
    assert not made.refresh().changed


def test_unsaved_change_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = project(tmp_path)
    made.refresh()
    made.publish(tmp_path / "build")
    path = tmp_path / "content" / "more.md"
    path.write_text(path.read_text().replace("# ", "# Really ", 1))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Project, "remember", killed)
        with pytest.raises(KeyboardInterrupt):
            made.refresh()
    again = project_at(tmp_path)
    again.refresh()
    with closing(sqlite3.connect(again.publish(tmp_path / "build").path)) as db:
        (title,) = db.execute("select title from node where id = 'more'").fetchone()
    assert title.startswith("Really ")


WRITER = """
import sys
from datetime import date
from pathlib import Path
from ost.settings.config import Settings
from ost.project import Project
from ost.publish import release
folder = Path(sys.argv[1])
release.LARGE = release.WAITED = int(sys.argv[2])
project = Project(folder, Settings(content="content"), date(2026, 11, 23))
for number in range(10_000):
    (folder / "content" / "more.md").write_text(f"---\\nkind: outcome\\n---\\n# More {number}\\n")
    if number % 7 == 0:
        more = folder / "content" / f"new{number}.md"
        more.write_text("---\\nkind: opportunity\\nparent: more\\n---\\n# N\\n")
    project.refresh()
    print(project.publish(folder / "build").build, flush=True)
"""


def flip(path: Path) -> None:
    """Changes a byte near the end and keeps the file's size and time."""
    seen, data = path.stat(), bytearray(path.read_bytes())
    data[-5000] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def replace_by_link(path: Path) -> None:
    """Replaces the file by a link."""
    path.rename(path.with_name("moved.db"))
    path.symlink_to("moved.db")


BEFORE = {
    "as it was": lambda _: None,
    "gone": Path.unlink,
    "changed": flip,
    "a link": replace_by_link,
}


@pytest.mark.parametrize("became", BEFORE)
def test_digest_is_that_of_the_file_whatever_became_of_the_build_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, became: str
) -> None:
    monkeypatch.setattr("ost.publish.release.WAITED", 0)
    hashed = []

    def count(piece: bytes) -> bytes:
        hashed.append(len(piece))
        return piece_digest(piece)

    monkeypatch.setattr("ost.disk.checksum.piece_digest", count)
    made = project(tmp_path)
    for number in range(40):
        body = f"word{number} " * 2000
        text = f"---\nkind: outcome\n---\n# Aim {number}\n\n{body}\n"
        (tmp_path / "content" / f"aim{number}.md").write_text(text)
    made.refresh()
    first = made.publish(tmp_path / "build").path
    everything = len(hashed)
    hashed.clear()
    BEFORE[became](first)
    (tmp_path / "content" / "more.md").write_text("---\nkind: outcome\n---\n# Another\n")
    made.refresh()
    path = made.publish(tmp_path / "build").path
    assert path != first
    assert (len(hashed) < everything) == (became == "as it was")
    pointer = json.loads((tmp_path / "build" / "current.json").read_text())
    assert pointer["digest"] == digest_of(path)


def rebuilt(made: Project, number: int) -> Path:
    """Publishes another build."""
    (made.root / "content" / "more.md").write_text(f"---\nkind: outcome\n---\n# Aim {number}\n")
    made.refresh()
    return made.publish(made.root / "build").path


HELD: dict[str, Callable[[Path], object]] = {
    "by no one": lambda _: None,
    "by a reader": lambda path: path.open("rb"),
    "by another name": lambda path: path.with_name("kept.db").hardlink_to(path),
}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
@pytest.mark.parametrize("held", HELD)
def test_build_overwrites_only_files_that_no_one_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    monkeypatch.setattr("ost.publish.release.WAITED", 0)
    made = project(tmp_path)
    oldest, *_ = [rebuilt(made, number) for number in range(KEPT)]
    before, inode = oldest.read_bytes(), oldest.stat().st_ino
    holding = HELD[held](oldest)
    newest = rebuilt(made, KEPT)
    pointer = json.loads((tmp_path / "build" / "current.json").read_text())
    assert pointer == {**pointer, "file": newest.name, "digest": digest_of(newest)}
    assert newest.read_bytes() == (made.folder / "state.db").read_bytes()
    assert (newest.stat().st_ino == inode) == (held == "by no one")
    assert not oldest.exists()
    if isinstance(holding, BufferedReader):
        with holding:
            assert holding.read() == before
    kept = oldest.with_name("kept.db")
    assert not kept.exists() or kept.read_bytes() == before


def test_truncated_copy_is_written_again(tmp_path: Path) -> None:
    made = project(tmp_path)
    made.refresh()
    path = made.publish(tmp_path / "build").path
    whole = path.read_bytes()
    path.write_bytes(whole[:5000])
    assert made.publish(tmp_path / "build").written
    assert path.read_bytes() == whole


@pytest.mark.parametrize("lasting", [True, False])
def test_unsynced_file_is_copied_again_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, lasting: bool
) -> None:
    """A large file that need not last."""
    synced = Counter[str]()
    monkeypatch.setattr("os.fsync", lambda _: synced.update(["file"]))
    if lasting:
        monkeypatch.setattr("ost.publish.release.LARGE", 0)
        monkeypatch.setattr("ost.publish.release.WAITED", 0)
    made = project(tmp_path)
    made.refresh()
    path = made.publish(tmp_path / "build", lasting=lasting).path
    assert bool(synced) == lasting
    whole = path.read_bytes()
    path.write_bytes(bytes(len(whole)))
    written_down = store.load(made.folder / "published", dict[bytes, PublishedFile])
    mark = store.mark(path)
    assert written_down
    assert mark
    ((key, copy),) = written_down.items()
    store.save(made.folder / "published", {key: replace(copy, mark=mark)})
    assert not made.publish(tmp_path / "build").written, "nothing tells that it was lost"
    monkeypatch.setattr("ost.project.boot", lambda: "another")
    assert made.publish(tmp_path / "build").written
    assert path.read_bytes() == whole
    assert not made.publish(tmp_path / "build").written


def test_restart_of_the_machine_triggers_a_state_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = project(tmp_path)
    build = made.refresh().build
    monkeypatch.setattr("ost.project.boot", lambda: "another")
    assert not made.refresh().changed
    state = made.folder / "state.db"
    data = bytearray(state.read_bytes())
    data[8192:20000] = bytes(20000 - 8192)
    state.write_bytes(data)
    look = store.load(made.folder / "look", Look)
    assert look
    store.save(made.folder / "look", replace(look, state=store.mark(state)))
    assert not made.refresh().changed, "looked over only once"
    monkeypatch.setattr("ost.project.boot", lambda: "a third")
    assert made.refresh().build == build
    assert len(everything(made, "node")) == len(CONTENT) - 1


@pytest.mark.slow
@pytest.mark.parametrize("large", [1 << 26, 0], ids=["waited for", "not waited for"])
def test_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path, large: int) -> None:
    chance = random.Random(7)
    seen = set()
    project(tmp_path).refresh()
    for _ in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path, str(large)], stdout=subprocess.PIPE, text=True
        )
        with writer:
            assert writer.stdout is not None
            for _ in range(chance.randrange(1, 5)):
                writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.2))
            writer.send_signal(signal.SIGKILL)
        pointer = tmp_path / "build" / "current.json"
        if pointer.exists():
            file = tmp_path / "build" / json.loads(pointer.read_text())["file"]
            with closing(sqlite3.connect(file)) as db:
                assert db.execute("pragma integrity_check").fetchone() == ("ok",)
                (build,) = db.execute("select value from meta where key = 'build'").fetchone()
            assert file.name == f"ost-{build}.db"
            seen.add(build)
    assert len(seen) > 2, "it was killed before it could publish"
    left = project_at(tmp_path)
    left.refresh()
    clean = project_at(tmp_path)
    clean.folder = tmp_path / "clean"
    clean.refresh()
    for table in TABLES:
        assert everything(left, table.name) == everything(clean, table.name)


def everything(made: Project, table: str) -> list[tuple[object, ...]]:
    with closing(made.connect()) as db:
        return sorted((tuple(row) for row in db.execute(f"select * from {table}")), key=repr)
