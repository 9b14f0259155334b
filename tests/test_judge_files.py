"""Files that cannot be shown as text are reported, and everything else still compiles."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from click.testing import Result

HEALTHY = "-- goal.md --\n---\nkind: outcome\n---\n# More evenings begin with a film\n"


def loop(path: Path) -> None:
    other = path.with_name("other.md")
    other.symlink_to(path.name)
    path.symlink_to(other.name)


def latin(path: Path) -> None:
    path.write_bytes("---\nkind: guide\n---\n# Questions\n\nIn a café\n".encode("latin-1"))


def large(path: Path) -> None:
    path.write_bytes(b"---\nkind: guide\n---\n# Questions\n" + b"word " * 2_000_000)


def just_right(path: Path) -> None:
    front = b"---\nkind: guide\n---\n# Questions\n"
    path.write_bytes(front + b"x" * (5_000_000 - len(front)))


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (latin, ["a.md:6:9 OST002 the byte 0xe9 is not UTF-8"]),
        (large, ["a.md:1:1 OST003 10.0 MB is too large for one file; split it"]),
        (just_right, []),
        (
            loop,
            [
                "a.md:1:1 OST013 this link leads in a circle",
                "other.md:1:1 OST013 this link leads in a circle",
            ],
        ),
        (
            lambda path: path.symlink_to("nowhere.md"),
            ["a.md:1:1 OST013 this link leads to nothing"],
        ),
        (os.mkfifo, ["a.md:1:1 OST013 this is not a regular file"]),
    ],
    ids=["latin", "large", "just right", "loop", "nowhere", "pipe"],
)
def test_unreadable_file_is_one_diagnostic(
    folder: Callable[[str], Path],
    run: Callable[[str], "Result"],
    make: Callable[[Path], None],
    expected: list[str],
) -> None:
    make(folder(HEALTHY) / "a.md")
    ended = run("ost check . --format json")
    assert [
        f"{each['path']}:{each['line']}:{each['column']} {each['code']} {each['message']}"
        for each in json.loads(ended.stdout)
    ] == expected
    assert ended.exit_code == bool(expected)
    assert "More evenings begin with a film" in run("ost tree .").stdout


def test_rules_that_cannot_be_loaded_are_one_clear_line(
    folder: Callable[[str], Path],
    run: Callable[[str], "Result"],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    package = tmp_path / "packages" / "broken-1.0.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text("[ost.rules]\nbroken = nowhere_at_all\n")
    monkeypatch.syspath_prepend(tmp_path / "packages")
    folder("-- a.md --\n---\nkind: guide\n---\n# A\n")
    ended = run("ost check")
    assert ended.exit_code == 1
    assert "the rules 'nowhere_at_all' cannot be loaded" in ended.output
    assert "1 node in 1 file" in ended.output
