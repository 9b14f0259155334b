"""The program's start and its standard streams, whoever starts it."""

import signal
import subprocess
import sys
from pathlib import Path

OUTCOME = "---\nkind: outcome\nmetric: films\n---\n# More films\n"
STOPPED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)

class Interrupt:
    def find_spec(self, name, path, target=None):
        if name == "ost.cli":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
from ost.__main__ import run
run()
"""


def test_ctrl_c_during_the_start_ends_without_a_traceback() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", STOPPED], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (-signal.SIGINT, "")


def test_closed_streams_are_no_error_and_no_file_takes_their_place(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(OUTCOME, "utf-8")
    program = f'"{sys.executable}" -c "from ost.__main__ import run; run()" build --output a.db'
    closed = subprocess.run(
        ["sh", "-c", f"{program} <&- >&-"], cwd=tmp_path, capture_output=True, check=False
    )
    assert (closed.returncode, closed.stderr) == (0, b"")
    assert (tmp_path / "a.db").read_bytes().startswith(b"SQLite format 3\0")
