"""Work in another process gets done, whatever happens to that process."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from ost.project.fork import ForkedEarly

BEGIN = """
import os, signal, sys
from pathlib import Path
from ost.project.fork import Forked, ForkedEarly, Milestone
made = Path(sys.argv[1])
def work(values):
    made.write_text(f"{sum(values)} {'here' if os.getpid() == first else 'there'}")
first, fork, children = os.getpid(), os.fork, []
os.fork = lambda: children.append(fork()) or children[-1]
"""
"""A separate process: one with threads, such as that of the tests, never forks."""

WORKS = """
with ForkedEarly(work) as forked:
    for each in (1, 2, 3):
        forked.give(each)
    forked.begin()
    forked.wait()
"""
DIES = """
with ForkedEarly(work) as forked:
    os.kill(children[0], signal.SIGKILL)
    os.waitid(os.P_PID, children[0], os.WEXITED | os.WNOWAIT)
    for each in (1, 2, 3):
        forked.give(each)
    forked.begin()
    forked.wait()
"""
IDLES = """
with ForkedEarly(work):
    pass
os.waitpid(children[0], 0)
"""
REACHES = """
milestone = Milestone()
def half(file):
    milestone.reach()
    work([1, 2, 3])
forked = Forked(half)
print(milestone.wait())
forked.result().close()
"""
LINGERS = """
import time
from ost.project import fork as forks
reap = forks._reap
def slowly(how=0):
    if os.getpid() != first:
        time.sleep(60)
    reap(how)
forks._reap = slowly
def whole(file):
    file.write(b"all of it")
forked = Forked(whole)
print(forked.result().read().decode())
os.kill(children[0], signal.SIGKILL)
reap()
try:
    os.waitpid(children[0], 0)
except ChildProcessError:
    print("gone")
"""
DIES_BEFORE = """
milestone = Milestone()
def half(file):
    if os.getpid() != first:
        os.kill(os.getpid(), signal.SIGKILL)
    milestone.reach()
    work([1, 2, 3])
forked = Forked(half)
print(milestone.wait())
forked.wait()
forked.result().close()
"""


def ran(script: str, made: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", BEGIN + script, str(made)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(("script", "said"), [(WORKS, "6 there"), (DIES, "6 here")])
def test_work_is_done_wherever_there_is_a_process(script: str, said: str, tmp_path: Path) -> None:
    made = tmp_path / "sum"
    assert ran(script, made).stderr == ""
    assert made.read_text() == said


@pytest.mark.parametrize(
    ("script", "reached", "said"),
    [(REACHES, "True", "6 there"), (DIES_BEFORE, "False", "6 here")],
)
def test_milestone_is_reached_or_certainly_is_not(
    script: str, reached: str, said: str, tmp_path: Path
) -> None:
    made = tmp_path / "sum"
    done = ran(script, made)
    assert (done.stdout.strip(), done.stderr) == (reached, "")
    assert made.read_text() == said


def test_result_is_there_before_the_process_has_ended_and_its_end_is_awaited(
    tmp_path: Path,
) -> None:
    done = ran(LINGERS, tmp_path / "none")
    assert (done.stdout.split("\n")[:2], done.stderr) == (["all of it", "gone"], "")


def test_fork_without_values_ends_and_does_nothing(tmp_path: Path) -> None:
    assert "ChildProcessError" in ran(IDLES, tmp_path / "sum").stderr
    assert not (tmp_path / "sum").exists()


def test_work_is_done_in_process_if_forking_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "sum"

    def work(values: Iterable[int]) -> None:
        made.write_text(f"{sum(values)} by {os.getpid()}")

    monkeypatch.setattr("ost.project.fork.may_fork", lambda: False)
    with ForkedEarly(work) as forked:
        forked.give(4)
        forked.begin()
        forked.wait()
    assert made.read_text() == f"4 by {os.getpid()}"
