"""Field cases beside the checkout: content as people really write it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN = ROOT.parent / "shared" / "cases" / "run.py"


@pytest.mark.skipif(not RUN.is_file(), reason="the cases lie beside the checkout, and do not here")
def test_every_field_case_is_right() -> None:
    ost = Path(sys.executable).with_name("ost")
    command = [sys.executable, str(RUN), "--ost", str(ost), "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout
