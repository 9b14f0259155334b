"""Damaged state costs one rebuild or one message."""

import json
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from ost.cli import main
from ost.disk import store
from ost.disk.checksum import digest_of
from ost.publish.schema import TABLES
from tests.test_publish import CONTENT, project

Damage = Callable[[Path, random.Random], object]


def flip(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice([1, 1, 3, 50])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def cut(file: Path, chance: random.Random) -> None:
    os.truncate(file, chance.randrange(file.stat().st_size))


def write_zeros(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    begin = chance.randrange(len(data))
    end = min(len(data), begin + chance.choice([1, 512, 4096, 1 << 20]))
    data[begin:end] = bytes(end - begin)
    file.write_bytes(data)


def write_noise(file: Path, chance: random.Random) -> None:
    file.write_bytes(chance.randbytes(chance.choice([0, 1, 15, 16, 17, 5000])))


def grow(file: Path, chance: random.Random) -> None:
    file.write_bytes(file.read_bytes() + chance.randbytes(chance.choice([1, 4096])))


def folder(file: Path, chance: random.Random) -> None:
    file.unlink()
    file.mkdir()
    if chance.random() < 0.5:
        (file / "more").write_text("more")


def link(file: Path, chance: random.Random) -> None:
    elsewhere = file.parent.parent / f"elsewhere-{chance.randrange(10**9)}"
    if chance.random() < 0.7:
        shutil.move(file, elsewhere)
    else:
        file.unlink()
    file.symlink_to(elsewhere)


def fifo(file: Path, chance: random.Random) -> None:
    file.unlink()
    os.mkfifo(file)


def forbid(file: Path, chance: random.Random) -> None:
    file.chmod(0)


def set_future_time(file: Path, chance: random.Random) -> None:
    os.utime(file, (2**32, 2**32))


def disguise(file: Path, chance: random.Random) -> None:
    """Changes a byte, and puts the time back."""
    before = file.stat()
    flip(file, chance)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def swap(file: Path, chance: random.Random) -> None:
    others = [each for each in file.parent.iterdir() if each.is_file() and each != file]
    if others:
        shutil.copy(chance.choice(sorted(others)), file)


def delete(file: Path, chance: random.Random) -> None:
    file.unlink()


def journal(file: Path, chance: random.Random) -> None:
    """The files of a process that was killed while it changed a database."""
    if file.suffix != ".db":
        return
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("pragma cache_size = 1")
        db.execute("begin immediate")
        db.execute("update meta set value = value || 'x'")
        db.execute("create table more as select * from meta, meta as b")
        left = file.with_name(f"{file.name}-journal")
        pages, record = file.read_bytes(), left.read_bytes() if left.exists() else b""
        db.execute("rollback")
    file.write_bytes(pages)
    left.write_bytes(record or chance.randbytes(700))


DAMAGES: tuple[Damage, ...] = (
    *(
        flip,
        cut,
        write_zeros,
        write_noise,
        grow,
        folder,
        link,
        fifo,
        forbid,
        set_future_time,
        disguise,
        swap,
        delete,
    ),
    journal,
)
STATE = ("look", "state.db", "cache.db", "published", "lock")
BUILD = ("current.json", "ost-*.db")


class Ran(NamedTuple):
    """The results of `ost check` and `ost build`: exit codes, output, every published row."""

    checked: int
    said: str
    built: int
    rows: dict[str, list[str]]


def run(root: Path, command: str) -> Result:
    ended = CliRunner().invoke(main, [command, str(root), "--as-of", "2026-11-23"])
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    return ended


def published(root: Path) -> dict[str, list[str]]:
    told = json.loads((root / "build" / "current.json").read_text())
    file = root / "build" / told["file"]
    assert file.name == f"ost-{told['build']}.db"
    assert digest_of(file) == told["digest"]
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        return {
            table.name: sorted(map(repr, db.execute(f"select * from {table.name}")))
            for table in TABLES
        }


def answered(root: Path) -> tuple[int, str, int]:
    """What `Ran` says beside the rows."""
    checked = run(root, "check")
    built = run(root, "build")
    assert built.exit_code == 0, built.output
    return checked.exit_code, checked.output.replace(str(root), ""), built.exit_code


def ran(root: Path) -> Ran:
    return Ran(*answered(root), published(root))


def marks(root: Path) -> dict[str, store.FileMark | None]:
    places = (store.folder(root), root / "build")
    return {
        str(file): store.mark(file)
        for place in places
        for file in sorted(place.iterdir())
        if file.name in {"state.db", "cache.db", "look", "current.json"} or "ost-" in file.name
    }


def edit(root: Path, number: int) -> None:
    (root / "content" / "more.md").write_text(f"---\nkind: outcome\n---\n# More {number}\n")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Ran]:
    """The result of a clean build after so many edits."""
    kept: dict[int, Ran] = {}

    def clean(edits: int) -> Ran:
        if edits not in kept:
            root = tmp_path_factory.mktemp("clean") / "project"
            project(root)
            if edits:
                edit(root, edits)
            kept[edits] = ran(root)
        return kept[edits]

    return clean


def named(root: Path, name: str) -> Path:
    if name in STATE:
        return store.folder(root) / name
    return next((root / "build").glob(name))


@pytest.mark.slow
@pytest.mark.parametrize("name", [*STATE, *BUILD])
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_damage_costs_one_rebuild(
    tmp_path: Path, expected: Callable[[int], Ran], name: str, damage: Damage
) -> None:
    chance = random.Random(f"{name} {damage.__name__}")
    root = tmp_path / "project"
    project(root)
    answered(root)
    for number in range(2):
        if name == "published":  # a file is remembered once its times tell of every write
            time.sleep(0.05)
            answered(root)
        file = named(root, name)
        if name == "lock":
            store.delete(file)  # a pipe that was left would wait for a reader
            file.write_bytes(b"something")
        damage(file, chance)
        if number:
            edit(root, number)
        if name in BUILD and file.is_dir() and not file.is_symlink():
            built = run(root, "build")
            if name == "current.json" or not number:  # an edited tree gets a file of another name
                assert (built.exit_code, built.output.count("\n")) == (2, 1), built.output
            shutil.rmtree(file)
        shown = ran(root)
        assert shown.rows == expected(number).rows
        assert shown[:3] == expected(number)[:3]
        before = marks(root)
        assert answered(root) == shown[:3]
        assert marks(root) == before, "the next run is quiet: the rows are those of before"
        for each in [*(root / "build").iterdir()]:
            if each.is_dir():
                shutil.rmtree(each)


@pytest.mark.parametrize("damage", [folder, link, fifo, forbid, delete, write_noise])
def test_damaged_folder_is_rebuilt(tmp_path: Path, damage: Damage) -> None:
    root = tmp_path / "project"
    project(root)
    first = ran(root)
    state = store.folder(root)
    if damage in {folder, fifo, link, delete, write_noise}:
        shutil.rmtree(state)
        state.write_text("a file")
    damage(state, random.Random(1))
    assert ran(root) == first
    before = marks(root)
    assert ran(root) == first
    assert marks(root) == before
    assert len(CONTENT)


def test_silent_damage_is_rebuilt_or_reported(tmp_path: Path) -> None:
    """A disk that gives other bytes than were written, at the same times."""
    from msgspec.structs import replace

    from ost.project.results import Look

    root = tmp_path / "project"
    project(root)
    first = ran(root)
    state = store.folder(root)
    for command in ("check", "tree", "show more"):
        data = (state / "state.db").read_bytes()
        (state / "state.db").write_bytes(data[:4096] + bytes(len(data) - 4096))
        look = store.load(state / "look", Look)
        assert look
        store.save(state / "look", replace(look, state=store.mark(state / "state.db")))
        if command == "check":
            assert run(root, "check").output.replace(str(root), "") == first.said
        else:
            verb, *more = command.split()
            ended = CliRunner().invoke(main, [verb, *more, "-C", str(root)])
            assert isinstance(ended.exception, SystemExit | None), ended.exception
            assert ended.exit_code in {0, 2}, "rebuilt for another day, or one sentence"
        assert ran(root).rows == first.rows
