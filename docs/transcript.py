"""Runs the commands of a page and puts in what they print.

A fence ```` ```markdown title="a/file.md" ```` (any language) is written to that file; in a fence ```` ```console ````
every `$ command` runs, in order, in one folder per page that begins as a copy of `docs/example`.
Fences of other kinds are left alone.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def renewed(text: str, root: Path) -> str:
    """The page with what its commands print now."""
    if not re.search(r"^```console$", text, re.MULTILINE):
        return text
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "tree"
        shutil.copytree(root / "docs" / "example", folder, ignore=shutil.ignore_patterns(".ost"))
        return FENCE.sub(lambda fence: _fence(fence, folder), text)


def _fence(fence: re.Match[str], folder: Path) -> str:
    language, title, body = fence.groups()
    if title is not None:
        path = folder / title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, "utf-8")
    if language != "console":
        return fence[0]
    commands = [line[2:] for line in body.split("\n") if line.startswith("$ ")]
    return "```console\n" + "\n".join(_run(each, folder) for each in commands) + "```"


def _run(command: str, folder: Path) -> str:
    """The command and what it prints, in a plain terminal of 100 columns."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    ended = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**kept, "PATH": path, "NO_COLOR": "1", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=60,
        check=False,
    )
    if ended.returncode not in {0, 1}:
        message = f"{command!r} ended with {ended.returncode}: {ended.stdout}"
        raise RuntimeError(message)
    return f"$ {command}\n{ended.stdout.replace(str(folder), '.')}"
