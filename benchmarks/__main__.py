"""Measures speed on a generated corpus: `python -m benchmarks`, `--quick`, `--large`."""

# ruff: noqa: T201 - a table is what it is for
import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.builds import Line, cold, warm
from benchmarks.corpus import write
from benchmarks.editor import editor
from benchmarks.history import history
from benchmarks.pages import pages, past_pages, tree
from benchmarks.serve import serve


def main() -> int:
    """Prints the table; exits with 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 files, 3 rounds")
    parser.add_argument("--large", action="store_true", help="100,000 files too; takes minutes")
    parser.add_argument("--history", action="store_true", help="5,000 commits only; takes minutes")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="ost-benchmarks-") as folder:
        if given.history:
            many = 500 if given.quick else 5_000
            lines = history(Path(folder), many, files=1_000)
            return int(_section(f"history, {many:,} commits", lines) > 0)
        return _measured(Path(folder), quick=given.quick, large=given.large)


def _measured(folder: Path, *, quick: bool, large: bool) -> int:
    rounds = 3 if quick else 5
    files = 1_000 if quick else 10_000
    missed = _section(f"{files:,} files", _builds(folder, files, rounds))
    if large:
        missed += _section("100,000 files", _builds(folder, 100_000, rounds, clean=1))
    missed += _section("editor", editor(_corpus(folder, files), rounds))
    for many in sorted({min(files, 2_000), files}):
        served = serve(_corpus(folder, many), 2 * rounds, many)
        missed += _section(f"ost serve, {many:,} files", served)
    missed += _section("pages", _pages(folder, files, rounds))
    return int(missed > 0)


def _builds(folder: Path, files: int, rounds: int, clean: int = 0) -> Iterable[Line]:
    root = _corpus(folder, files)
    yield from cold(root, clean or rounds)
    yield from warm(root, rounds, files)


def _pages(folder: Path, files: int, rounds: int) -> Iterable[Line]:
    yield from pages(_corpus(folder, files), rounds)
    yield from past_pages(folder / f"history-{files}", files, rounds)
    yield from tree(folder, files, rounds)


def _corpus(folder: Path, files: int) -> Path:
    root = folder / f"files-{files}"
    if not root.exists():
        write(root, files)
    return root


def _section(title: str, lines: Iterable[Line]) -> int:
    """Prints lines as they are measured; returns the number of missed targets."""
    print(f"\n{title:<34} {'seconds':>9} {'× floor':>9} {'target':>9}  {'memory':>8}", flush=True)
    missed = 0
    for line in lines:
        compared = line.seconds if line.ratio is None else line.ratio
        over = line.target is not None and compared > line.target
        missed += over
        print(
            f"{line.what:<34} {line.seconds:>9.3f} {_number(line.ratio):>9} "
            f"{_number(line.target):>9}  {f'{line.megabytes} MB' if line.megabytes else '':>8}"
            f"{'  missed' if over else ''}",
            flush=True,
        )
    return missed


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main())
