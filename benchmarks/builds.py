"""Measures `ost build` and `ost check` as whole processes, against floors from the same run. Every
round measures each command and each floor once, so that a busy machine slows them all equally.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from ost.disk import store

OST = (sys.executable, "-c", "from ost.__main__ import run; run()")
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
"""Compiled once, like an installed package."""
IMPORTS = (sys.executable, "-c", "import click, sqlite3")
PARSE = """
import sys
from pathlib import Path
from markdown_it import MarkdownIt
parser = MarkdownIt("commonmark")
for path in sorted(Path(sys.argv[1]).rglob("*.md")):
    parser.parse(path.read_text("utf-8").split("---\\n", 2)[2])
"""


class Line(NamedTuple):
    """One line of the table: a time, its ratio to the floor, and the target ratio."""

    what: str
    seconds: float
    ratio: float | None = None
    target: float | None = None
    megabytes: int | None = None


def run(*command: object) -> float:
    """The run time of a process in seconds."""
    began = time.perf_counter()
    ended = subprocess.run(
        [str(each) for each in command], capture_output=True, check=False, env=ENVIRONMENT
    )
    took = time.perf_counter() - began
    if ended.returncode not in (0, 1):
        raise RuntimeError(f"{command}: {ended.stderr.decode()}")
    return took


def memory(*command: object) -> int:
    """The peak memory of a process in megabytes."""
    process = os.posix_spawn(
        str(command[0]),
        [str(each) for each in command],
        ENVIRONMENT,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    return os.wait4(process, 0)[2].ru_maxrss // 1024


def cold(root: Path, rounds: int) -> Iterable[Line]:
    """A build from scratch, against parsing the same text once."""
    parses, builds = [], []
    for _ in range(rounds):
        parses.append(run(sys.executable, "-c", PARSE, root / "content"))
        _clean(root)
        builds.append(run(*OST, "build", root))
    floor, took = median(parses), median(builds)
    _clean(root)
    held = memory(*OST, "build", root)
    yield Line("markdown-it-py, every body once", floor)
    yield Line("cold build", took, took / floor, 0.5, held)


def warm(root: Path, rounds: int, files: int) -> Iterable[Line]:
    """The cost of a small change and of no change, against starting Python with the imports that
    all commands need.
    """
    many = files >= 100_000
    edit = 60 if many else 8
    measured: dict[str, list[float]] = {}
    steps: list[tuple[str, float | None, Callable[[int], None] | None, tuple[object, ...]]] = [
        ("import click, sqlite3", None, None, IMPORTS),
        ("unchanged build", 12 if many else 3, None, (*OST, "build", root)),
        ("check, nothing changed", None if many else 16, None, (*OST, "check", root)),
        ("build, a text edited", edit, lambda n: _text(root, n), (*OST, "build", root)),
        ("build, a quote edited", edit, lambda n: _quote(root, n), (*OST, "build", root)),
        ("build, a status changed", edit, lambda n: _status(root, n), (*OST, "build", root)),
        ("build, an interview added", edit, lambda n: _interview(root, n), (*OST, "build", root)),
        ("build, an opportunity added", None, lambda n: _branch(root, n), (*OST, "build", root)),
    ]
    run(*OST, "build", root)
    time.sleep(2.5)
    run(*OST, "build", root)
    for number in range(rounds):
        for what, _, change, command in steps:
            if change is not None:
                change(number)
            os.sync()  # do not make this command wait for earlier writes
            measured.setdefault(what, []).append(run(*command))
    floor = median(measured[steps[0][0]])
    for what, target, _, _ in steps:
        took = median(measured[what])
        yield Line(what, took, None if what == steps[0][0] else took / floor, target)


def _clean(root: Path) -> None:
    for folder in (store.folder(root), root / "build"):
        shutil.rmtree(folder, ignore_errors=True)


def _text(root: Path, number: int) -> None:
    path = root / "content/interviews/000/interview-7.md"
    path.write_text(f"{path.read_text('utf-8')}\nOne more word, {number}.\n", "utf-8")


def _quote(root: Path, number: int) -> None:
    path = root / "content/interviews/000/interview-8.md"
    path.write_text(path.read_text("utf-8").replace("  > ", f"  > Well {number}, ", 1), "utf-8")


def _status(root: Path, number: int) -> None:
    path = root / "content/opportunities/000/opportunity-33.md"
    parts = path.read_text("utf-8").split("status: ", 1)
    rest = parts[1].partition("\n")[2]
    status = ("parked", "open")[number % 2]
    path.write_text(f"{parts[0]}status: {status}\n{rest}", "utf-8")


def _interview(root: Path, number: int) -> None:
    text = (root / "content/interviews/000/interview-9.md").read_text("utf-8")
    (root / f"content/interviews/000/interview-new-{number}.md").write_text(text, "utf-8")


def _branch(root: Path, number: int) -> None:
    text = (root / "content/opportunities/000/opportunity-34.md").read_text("utf-8")
    (root / f"content/opportunities/000/opportunity-new-{number}.md").write_text(text, "utf-8")
