"""Bytes into readings: an unreadable part is one finding at its place, and nothing is lost."""

import os
import subprocess
from pathlib import Path

import pytest

from ost.disk.fence import Fence
from ost.limits import LARGEST_FILE
from ost.project.files import contents
from ost.project.scan import look
from ost.project.sources import reading
from ost.read.document import Reading

NODE = b"---\nkind: guide\n---\n# T\n"


def read(root: Path, data: bytes) -> Reading:
    """The findings for a file with these bytes."""
    (root / "a.md").write_bytes(data)
    return reading(*contents(str(root), "a.md", 0))


def remarks(read: Reading) -> list[str]:
    """Where and what, counted from one: `line:column code`."""
    return [f"{each.at.line + 1}:{each.at.column + 1} {each.code}" for each in read.diagnostics]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (NODE, []),
        (b"\xef\xbb\xbf" + NODE, []),
        (NODE.replace(b"\n", b"\r\n"), []),
        (NODE.replace(b"\n", b"\r"), []),
        (NODE + b"caf\xe9 and \xff\n", ["5:4 OST002"]),
        (b"\xef\xbb\xbf" + NODE + b"caf\xe9", ["5:4 OST002"]),
        ("😀é".encode() + b"\xc3\n", ["1:3 OST002"]),
        (NODE.replace(b"\n", b"\r\n") + b"a\r\n\xe9", ["6:1 OST002"]),
        (NODE.decode().encode("utf-16"), ["1:1 OST002"]),
        (b"", ["1:1 OST018"]),
        (NODE + b"word " * (LARGEST_FILE // 5), ["1:1 OST003"]),
    ],
    ids=[
        "plain",
        "bom",
        "crlf",
        "cr",
        "latin",
        "bom-latin",
        "cut",
        "crlf-latin",
        "utf-16",
        "empty",
        "large",
    ],
)
def test_bytes_become_readings(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    assert remarks(read(tmp_path, data)) == expected


def test_node_with_a_wrong_byte_is_kept(tmp_path: Path) -> None:
    found = read(tmp_path, NODE + b"caf\xe9 [[x]]\n")
    assert [each.target for each in found.entries[0].links] == ["x"]


def test_contents_are_named_as_git_names_them(tmp_path: Path) -> None:
    read(tmp_path, NODE)
    command = ["git", "hash-object", "--no-filters", str(tmp_path / "a.md")]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()
    assert contents(str(tmp_path), "a.md", 0) == (said, NODE)


@pytest.mark.parametrize("why", ["loop", "missing", "denied", "special"])
def test_unreadable_path_is_one_diagnostic(tmp_path: Path, why: str) -> None:
    name, data = contents(str(tmp_path), "a.md", why)
    assert data == b""
    assert remarks(reading(name, data)) == ["1:1 OST013"]


def test_deleted_file_is_noticed(tmp_path: Path) -> None:
    assert remarks(reading(*contents(str(tmp_path), "gone.md", 0))) == ["1:1 OST013"]


def test_non_utf8_name_is_reported(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.md"
    Path(os.fsdecode(name)).write_bytes(NODE)
    ((path, entry),) = look(str(tmp_path), {}).changed.items()
    assert path == "caf\\xe9.md"
    assert entry is not None
    assert remarks(reading(*contents(str(tmp_path), path, entry[1]))) == ["1:1 OST021"]


def test_folders_that_link_to_each_other_end(tmp_path: Path) -> None:
    for folder in ("content", "e", "f"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.md").write_bytes(NODE)
    (tmp_path / "content" / "x").symlink_to(tmp_path / "e")
    (tmp_path / "e" / "y").symlink_to(tmp_path / "f")
    (tmp_path / "f" / "z").symlink_to(tmp_path / "e")
    found = look(str(tmp_path / "content"), {}, fence=Fence(tmp_path, "content")).changed
    assert {"a.md", "x/a.md", "x/y/a.md"} <= set(found)
    assert len(found) < 10


@pytest.mark.parametrize("path", ["a.md", "a.vtt"])
def test_oversized_file_is_reported_and_never_read(tmp_path: Path, path: str) -> None:
    size = 100 * LARGEST_FILE
    with (tmp_path / path).open("wb") as file:
        file.truncate(size)
    suffix = path.removeprefix("a").removesuffix(".md")
    name, data = contents(str(tmp_path), path, 0)
    assert (name, data) == (f"unreadable:oversized {size}{suffix}", b"")
    said = [each.message for each in reading(name, data).diagnostics]
    assert said == ([] if suffix else ["500.0 MB is too large for one file; split it"])


def test_a_device_is_not_opened() -> None:
    assert contents("/dev", "zero", 0) == ("unreadable:special", b"")
