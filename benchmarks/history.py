"""Measures `ost build --history`: from scratch, then with new commits.

It counts CPU seconds of the process and its children, because a busy machine changes them less than
elapsed time.
"""

import os
import random
import resource
import shutil
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.builds import ENVIRONMENT, OST, Line
from benchmarks.corpus import documents
from ost.disk import store

COLD, START, EACH = 60.0, 0.3, 0.010
"""The maximum of seconds for 5,000 commits and 1,000 files; then for any build, and for each new
commit.
"""

LARGE = 5_000
"""Fewer commits have no target of their own."""


def history(folder: Path, commits: int, files: int) -> Iterable[Line]:
    """The lines of the table; a run with twice the commits shows the growth."""
    for many in (commits // 4, commits // 2, commits):
        root = folder / f"history-{many}"
        write(root, many, files)
        shutil.rmtree(store.folder(root), ignore_errors=True)
        took, whole = _run(root, "--history"), many == commits >= LARGE
        yield Line(
            f"cold, {many:,} commits", took, took / COLD if whole else None, 1.0 if whole else None
        )
    base = min(_run(root) for _ in range(3))
    yield Line("ost build, nothing new", base)
    warm = min(_run(root, "--history") for _ in range(3))
    yield Line("ost build --history, nothing new", warm, warm / START, 1.0)
    for many, rounds in ((1, 5), (10, 3), (100, 1)):
        took = median(_grown(root, many) for _ in range(rounds))
        allowed = START + EACH * many
        yield Line(f"{many:,} new commits", took, took / allowed, 1.0)


def _grown(root: Path, many: int) -> float:
    _more(root, many)
    return _run(root, "--history")


def _run(root: Path, *options: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = root.parent / f"{root.name}.out"
    subprocess.run(
        [*OST, "build", str(root), "--output", str(out), *options],
        check=True,
        capture_output=True,
        env=ENVIRONMENT,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def write(root: Path, commits: int, files: int) -> str:
    """Writes a repository with this many commits and, in the end, about this many files; returns
    its last day.
    """
    last = datetime.fromtimestamp(_BEGUN + (commits - 1) * _BETWEEN, UTC).date().isoformat()
    if root.exists():
        return last
    root.mkdir(parents=True)
    _git(root, "init", "-q", "-b", "main")
    stream = _Stream(commits, files)
    _git(root, "fast-import", "--quiet", data=stream.text().encode())
    _git(root, "reset", "-q", "--hard")
    _git(root, "repack", "-adq")
    return last


_BEGUN, _BETWEEN = 1_700_000_000, 10_000
"""The time of the first commit, and the seconds between two commits."""


class _Stream:
    """Commits for `git fast-import`."""

    def __init__(self, commits: int, files: int) -> None:
        self.chance = random.Random(7)  # noqa: S311 - a corpus, not a secret
        self.commits = commits
        self.wanted = list(documents(files, share=0.7, outcomes=0))
        self.chance.shuffle(self.wanted)
        self.there: dict[str, str] = {}
        self.lines: list[str] = []

    def text(self) -> str:
        """The whole stream."""
        first = len(self.wanted) // 10
        a_commit = (len(self.wanted) - first) / self.commits
        self._commit(0, [self._new() for _ in range(first)] + [_file("ost.toml", _SETTINGS)])
        due = 0.0
        for number in range(1, self.commits):
            due = due + a_commit if number < self.commits - 1 else len(self.wanted)
            deeds = []
            while due >= 1:
                deeds.append(self._new())
                due -= 1
            self._commit(number, deeds or [self._edit() for _ in range(self.chance.choice((1, 2)))])
        return "".join(self.lines)

    def _commit(self, number: int, deeds: list[str]) -> None:
        when = _BEGUN + number * _BETWEEN
        self.lines.append(
            f"commit refs/heads/main\ncommitter Ada <ada@example.org> {when} +0000\n"
            f"data 8\nA change\n{''.join(deeds)}\n"
        )

    def _new(self) -> str:
        path, text = self.wanted.pop()
        self.there[path] = text
        return _file(f"content/{path}", text)

    def _edit(self) -> str:
        path = self.chance.choice(list(self.there))
        deed = self.chance.random()
        if deed < 0.06:
            text = self.there.pop(path)
            stem, _, _ = path.rpartition(".")
            self.there[f"{stem}-x.md"] = text
            return f"D content/{path}\n{_file(f'content/{stem}-x.md', text)}"
        if deed < 0.25 and "kind: solution" in self.there[path]:
            self.there[path] = self.there[path].replace("kind: solution", "kind: solution", 1)
        self.there[path] += f"\nA sentence more, number {self.chance.random()}.\n"
        return _file(f"content/{path}", self.there[path])


_SETTINGS = 'content = "content"\n'


def _file(path: str, text: str) -> str:
    return f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n"


def _more(root: Path, many: int) -> None:
    files = sorted((root / "content").rglob("*.md"))
    for number in range(many):
        file = files[(number * 37) % len(files)]
        file.write_text(f"{file.read_text()}\nOne more of {many}.\n")
        _git(root, "commit", "-qam", "A change")


def _git(root: Path, *arguments: str, data: bytes | None = None) -> None:
    names = {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org"}
    names |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in names.items()}
    subprocess.run(
        ["git", *arguments],
        cwd=root,
        input=data,
        check=True,
        capture_output=True,
        env={**os.environ, **names},
    )
