"""Files are parsed on all cores: each once, whatever becomes of a process."""

import subprocess
import sys
from pathlib import Path

import pytest

from ost.project.parsers import parse_all

FILES = 301
SCRIPT = """
import os, signal, sys
from ost.project import parsers

write, first = parsers._write, os.getpid()
def dies(reader, paths, file):
    if os.getpid() == first:
        return write(reader, paths, file)
    write(reader, [next(iter(paths)) for _ in range(int(sys.argv[2]))], file)
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] != "0":
    parsers._write = dies
wanted = {path: 0 for path in os.listdir(sys.argv[1])}
found = list(parsers.parse_all(sys.argv[1], wanted))
print(len(found), len({path for path, *_ in found}))
"""
"""A process of its own: one with threads, such as that of the tests, never forks."""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder with many files."""
    for number in range(FILES):
        text = f"---\nkind: opportunity\n---\n# Number {number}\n"
        (tmp_path / f"o{number}.md").write_text(text)
    return tmp_path


@pytest.mark.parametrize("before_it_dies", [0, 1, 45])
def test_each_file_is_parsed_once(content: Path, before_it_dies: int) -> None:
    command = [sys.executable, "-c", SCRIPT, str(content), str(before_it_dies)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout.split() == [str(FILES), str(FILES)], ran.stderr


def test_one_process_parses_all_and_reports(content: Path) -> None:
    said: list[tuple[str, int, int]] = []
    wanted = {f"o{number}.md": 0 for number in range(FILES)}
    found = [*parse_all(str(content), wanted, lambda *each: said.append(each))]
    assert sorted(path for path, *_ in found) == sorted(wanted)
    assert said == [("reading", done, FILES) for done in (1, 101, 201, 301)]
