"""Runs the commands of a page and inserts their output.

A fence ```` ```markdown title="a/file.md" ```` (any language) is written to that file; in a fence
```` ```console ```` every `$ command` runs, in order. A page has one folder, empty but for
`docs/example`, and what `pip` installs stays in it. A fence ```` ```python ```` runs as well, all
of a page in one interpreter beside a copy of `content`, and a fence ```` ```text ```` right after
it holds what it printed. Fences of other kinds are left alone.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


SESSION = """
import contextlib, io, json, sys
names = {"__name__": "__main__"}
for line in sys.stdin:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(json.loads(line), "page", "exec"), names)
    print(json.dumps(printed.getvalue()), flush=True)
"""
"""Runs the code in each line it reads, and returns the output."""


PLAIN = {
    "NO_COLOR": "1",
    "COLUMNS": "100",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PIP_NO_INDEX": "1",
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # pip's way to say that there is no isolation
    "PIP_QUIET": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_ROOT_USER_ACTION": "ignore",
}
"""A plain terminal. A page's packages are built from their own folder, with the installed tools."""

TOOK = re.compile(r"in \d+\.\d\ds")
"""The run time of tests, which differs each time."""


def renewed(text: str, root: Path) -> str:
    """The page with the current output of its commands."""
    runs = set(re.findall(r"^```(console|python)$", text, re.MULTILINE))
    if not runs:
        return text
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        example = Path("docs") / "example"
        shutil.copytree(root / example, folder / example)
        if "python" in runs:
            shutil.copytree(root / "content", folder / "content")
            shutil.copy(root / "ost.toml", folder)
        with closing(Terminal(folder)) as terminal:
            return FENCE.sub(terminal.fence, text)


class Terminal:
    """The folder in which a page's commands run; `cd` changes it."""

    def __init__(self, home: Path) -> None:
        self.home = self.folder = home
        self.python: subprocess.Popen[str] | None = None
        self.printed: str | None = None

    def fence(self, found: re.Match[str]) -> str:
        """The fence with the output of its commands; a titled one is written to its file."""
        language, title, body = found.groups()
        if title is not None:
            path = self.folder / title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, "utf-8")
            return found[0]
        printed, self.printed = self.printed, None
        if language == "text" and printed is not None:
            return f"```text\n{printed}```"
        if language == "python":
            self.printed = self.execute(body)
        if language != "console":
            return found[0]
        commands = [line[2:] for line in body.split("\n") if line.startswith("$ ")]
        return "```console\n" + "".join(self.run(each) for each in commands) + "```"

    def execute(self, code: str) -> str:
        """The output of Python code, run after the page's earlier code."""
        if self.python is None:
            self.python = subprocess.Popen(
                [sys.executable, "-c", SESSION],
                cwd=self.folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        process = self.python
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise TypeError
        process.stdin.write(json.dumps(code) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            message = f"{code}\n{process.stderr.read()}"
            raise RuntimeError(message)
        return str(json.loads(line))

    def close(self) -> None:
        """Ends the interpreter, if there is one."""
        if self.python is not None:
            self.python.communicate()

    def run(self, command: str) -> str:
        """The command and its output in a plain terminal of 100 columns."""
        if command.startswith("cd "):
            self.folder = (self.folder / command[3:]).resolve()
            return f"$ {command}\n"
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
        packages = f"{self.home}/site-packages"
        ended = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env={
                **kept,
                **PLAIN,
                "PATH": path,
                "PIP_TARGET": packages,
                "PYTHONPATH": packages,
            },
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
        printed = ended.stdout.replace(str(self.home), "")
        return f"$ {command}\n{TOOK.sub('in 0.05s', printed)}"
