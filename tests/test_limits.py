"""A file that is too large is refused with its name and size, and never read."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.errors import Misuse
from ost.limits import LARGEST_FILE, LARGEST_SETTINGS, read_limited, read_stream

if TYPE_CHECKING:
    from click.testing import Result

PROJECT = "-- ost.toml --\n-- a.md --\n---\nkind: outcome\n---\n# More films are finished\n"
HUGE = 100 * LARGEST_FILE


def enlarged(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(HUGE)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("guide.md", "ost coach guide.md"),
        ("talk.vtt", "ost coach talk.vtt"),
        ("notes.md", "ost import podcast notes.md"),
        ("known", "ost check --baseline known"),
        ("ost.toml", "ost check"),
    ],
)
def test_a_file_that_is_too_large_is_refused_by_its_size(
    name: str, line: str, folder: Callable[[str], Path], run: "Callable[[str], Result]"
) -> None:
    enlarged(folder(PROJECT) / name)
    ended = run(line)
    assert ended.exit_code == 2
    assert f"{name}: 500.0 MB is too large; use a file of at most " in ended.output


def test_large_file_is_one_diagnostic(
    folder: Callable[[str], Path], run: "Callable[[str], Result]"
) -> None:
    enlarged(folder(PROJECT) / "b.md")
    for _ in range(2):
        assert "500.0 MB is too large for one file; split it" in run("ost check").output


def test_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a" * LARGEST_SETTINGS)
    assert len(read_limited(tmp_path / "a", LARGEST_SETTINGS)) == LARGEST_SETTINGS
    with pytest.raises(Misuse):
        read_limited(tmp_path / "a", LARGEST_SETTINGS - 1)


def test_stream_is_read_up_to_the_limit() -> None:
    with Path("/dev/zero").open("rb") as endless, pytest.raises(Misuse):
        read_stream(endless, "-", 10_000)
    with pytest.raises(Misuse):
        read_limited(Path("/dev/zero"), 10_000)


def test_endless_nesting_in_settings_is_a_usage_error(
    folder: Callable[[str], Path], run: "Callable[[str], Result]"
) -> None:
    (folder(PROJECT) / "ost.toml").write_text("title = " + "[" * 20_000)
    ended = run("ost check")
    assert (ended.exit_code, "lists are nested too deeply; flatten them" in ended.output) == (
        2,
        True,
    )
