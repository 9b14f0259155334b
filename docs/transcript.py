"""Runs the commands of a page and puts in what they print.

A fence ```` ```markdown title="a/file.md" ```` (any language) is written to that file; in a fence
```` ```console ```` every `$ command` runs, in order. A page has one folder, empty but for
`docs/example`. Fences of other kinds are left alone.
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
        folder = Path(name).resolve()
        example = Path("docs") / "example"
        shutil.copytree(root / example, folder / example)
        terminal = Terminal(folder)
        return FENCE.sub(terminal.fence, text)


class Terminal:
    """Where a page's commands run: a folder, which `cd` changes."""

    def __init__(self, home: Path) -> None:
        self.home = self.folder = home

    def fence(self, found: re.Match[str]) -> str:
        """The fence with what its commands print; a titled one is written to its file."""
        language, title, body = found.groups()
        if title is not None:
            path = self.folder / title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, "utf-8")
        if language != "console":
            return found[0]
        commands = [line[2:] for line in body.split("\n") if line.startswith("$ ")]
        return "```console\n" + "".join(self.run(each) for each in commands) + "```"

    def run(self, command: str) -> str:
        """The command and what it prints, in a plain terminal of 100 columns."""
        if command.startswith("cd "):
            self.folder = (self.folder / command[3:]).resolve()
            return f"$ {command}\n"
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
        ended = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
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
        return f"$ {command}\n{ended.stdout.replace(str(self.home), '')}"
