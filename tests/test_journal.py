"""Many files are written all or none, even if the process is killed between any two of them."""

import os
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from ost.disk.fence import Fence
from ost.errors import Misuse, Trouble
from ost.project import Project
from ost.project import journal as journals
from ost.project.journal import JOURNAL, FileStep, write
from ost.settings.config import load

DAY = date(2026, 11, 26)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "tree"
    (root / "a").mkdir(parents=True)
    (root / "a" / "one.md").write_bytes(b"1\r\n")
    (root / "two.md").write_bytes(b"2")
    (root / "ost.toml").write_text("")
    return Project(*load(root), DAY)


STEPS = (
    FileStep("a/one.md", b"1\r\n", None),
    FileStep("b/one.md", None, b"1\r\nmore\r\n"),
    FileStep("two.md", b"2", b"two"),
)


def file_bytes(project: Project) -> dict[str, bytes]:
    return {
        str(path.relative_to(project.root)): path.read_bytes()
        for path in project.root.rglob("*")
        if path.is_file() and path.name != "ost.toml"
    }


def killed_after(steps: int, project: Project) -> NoReturn:
    """Ends this process as a power cut would, after so many files are written."""
    make, made = journals._make, 0

    def stopping(fence: Fence, step: FileStep) -> None:
        nonlocal made
        if made == steps:
            os.kill(os.getpid(), signal.SIGKILL)
        make(fence, step)
        made += 1
        if made == steps == len(STEPS):
            os.kill(os.getpid(), signal.SIGKILL)

    journals._make = stopping
    try:
        write(project, STEPS)
    finally:
        os._exit(1)


def test_all_steps_run_and_leave_nothing(project: Project) -> None:
    write(project, STEPS)
    assert file_bytes(project) == {"b/one.md": b"1\r\nmore\r\n", "two.md": b"two"}
    assert not (project.folder / JOURNAL).exists()


@pytest.mark.parametrize("stop", range(4))
def test_killed_process_leaves_everything_or_nothing(project: Project, stop: int) -> None:
    before = file_bytes(project)
    child = os.fork()
    if not child:
        killed_after(stop, project)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert (file_bytes(project) == before) == (stop == 0)
    project.refresh()
    assert file_bytes(project) == before
    assert not (project.folder / JOURNAL).exists()


def test_file_that_changed_after_a_kill_stays(project: Project) -> None:
    write(project, STEPS)
    from ost.disk import store

    (project.root / "two.md").write_bytes(b"mine")
    store.save(project.folder / JOURNAL, STEPS)
    assert project.recover() == ("two.md",)
    assert file_bytes(project) == {"a/one.md": b"1\r\n", "two.md": b"mine"}


def test_error_puts_everything_back(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before, make = file_bytes(project), journals._make

    def failing(fence: Fence, step: FileStep) -> None:
        if step.path == "two.md":
            raise OSError(28, "No space left on device")
        make(fence, step)

    monkeypatch.setattr(journals, "_make", failing)
    with pytest.raises(Trouble, match="are unchanged: No space left"):
        write(project, STEPS)
    assert file_bytes(project) == before


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda root: (root / "two.md").write_bytes(b"3"), "changed while the command ran"),
        (lambda root: (root / "two.md").unlink(), "changed while the command ran"),
        (lambda root: (root / "two.md").chmod(0o444), "read-only"),
        (lambda root: ((root / "b").mkdir(), (root / "b" / "one.md").touch()), "already exists"),
        (lambda root: ((root / "b").mkdir(), (root / "b" / "one.md").symlink_to("x")), "exists"),
        (lambda root: (root / "b").symlink_to(root.parent), "link"),
        (
            lambda root: ((root / "a").rename(root.parent / "c"), (root / "a").symlink_to("../c")),
            "behind a link",
        ),
    ],
)
def test_unwritable_step_writes_nothing(
    project: Project, spoil: Callable[[Path], object], words: str
) -> None:
    spoil(project.root)
    before = file_bytes(project)
    with pytest.raises((Misuse, Trouble), match=words):
        write(project, STEPS)
    assert file_bytes(project) == before
    assert not list(project.root.parent.glob("one.md"))
